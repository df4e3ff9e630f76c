"""What is kept about people: the one list of what each room says of its rows (`thuiszitters.core.kept`), and of the
tables of others. A model without a line here fails a test. A history table (`Historical...`) follows its model and goes
with it."""

from types import ModuleType
from typing import Any

from cases.agenda import models as cases_agenda
from cases.agreements import models as cases_agreements
from cases.attachments import models as cases_attachments
from cases.barriers import models as cases_barriers
from cases.claims import models as cases_claims
from cases.clock import models as cases_clock
from cases.closing import models as cases_closing
from cases.decisions import models as cases_decisions
from cases.disputes import models as cases_disputes
from cases.documents import models as cases_documents
from cases.dossier import models as cases_dossier
from cases.dossier import taking_part as cases_dossier_taking_part
from cases.enforcement import models as cases_enforcement
from cases.escalation import models as cases_escalation
from cases.family import models as cases_family
from cases.goals import models as cases_goals
from cases.identity import models as cases_identity
from cases.intake import models as cases_intake
from cases.labels import models as cases_labels
from cases.meetings import models as cases_meetings
from cases.messages import models as cases_messages
from cases.offers import models as cases_offers
from cases.people import models as cases_people
from cases.proposals import models as cases_proposals
from cases.sharing import models as cases_sharing
from cases.steps import models as cases_steps
from cases.stops import models as cases_stops
from cases.takeover import models as cases_takeover
from cases.talks import models as cases_talks
from cases.today import models as cases_today
from cases.work import models as cases_work
from cases.worklist import models as cases_worklist
from leerplicht.models import clock as leerplicht_clock
from leerplicht.models import facts as leerplicht_facts
from leerplicht.models import identity as leerplicht_identity
from leerplicht.models import imports as leerplicht_imports
from leerplicht.models import pupils as leerplicht_pupils
from leerplicht.models import redivisions as leerplicht_redivisions
from leerplicht.models import reports as leerplicht_reports
from leerplicht.models import schools as leerplicht_schools
from reporting.letters import models as reporting_letters
from reporting.packs import models as reporting_packs
from reporting.papers import models as reporting_papers
from thuiszitters.core.files import models as core_files
from thuiszitters.core.jobs import models as core_jobs
from thuiszitters.core.kept import EMPLOYMENT, LOG, OTHERS, SESSION, Kept
from thuiszitters.core.log import models as core_log
from thuiszitters.core.pages import models as core_pages
from thuiszitters.core.people import absences as core_people_absences
from thuiszitters.core.people import organisations as core_people_organisations
from thuiszitters.core.people import users as core_people_users

# By the name under which Django knows the rows of a floor.
ROOMS: dict[str, tuple[ModuleType, ...]] = {
    "leerplicht": (
        leerplicht_clock,
        leerplicht_facts,
        leerplicht_identity,
        leerplicht_imports,
        leerplicht_pupils,
        leerplicht_redivisions,
        leerplicht_reports,
        leerplicht_schools,
    ),
    "cases": (
        cases_agenda,
        cases_agreements,
        cases_attachments,
        cases_barriers,
        cases_claims,
        cases_clock,
        cases_closing,
        cases_decisions,
        cases_disputes,
        cases_documents,
        cases_dossier,
        cases_dossier_taking_part,
        cases_enforcement,
        cases_escalation,
        cases_identity,
        cases_intake,
        cases_labels,
        cases_people,
        cases_family,
        cases_goals,
        cases_meetings,
        cases_messages,
        cases_offers,
        cases_proposals,
        cases_sharing,
        cases_steps,
        cases_stops,
        cases_takeover,
        cases_talks,
        cases_today,
        cases_work,
        cases_worklist,
    ),
    "reporting": (reporting_letters, reporting_packs, reporting_papers),
    "core": (
        core_files,
        core_jobs,
        core_log,
        core_pages,
        core_people_absences,
        core_people_organisations,
        core_people_users,
    ),
}


def _said(name: str) -> dict[str, Any]:
    """What every room says under this name, by the label of the model."""
    return {
        f"{app}.{row}": said
        for app, rooms in ROOMS.items()
        for room in rooms
        for row, said in getattr(room, name, {}).items()
    }


REGISTER: dict[str, Kept] = _said("KEPT") | {
    "sessions.Session": Kept("sessie van een medewerker", SESSION, False, OTHERS),
    "admin.LogEntry": Kept("wijziging op de beheerpagina's", EMPLOYMENT, False, OTHERS),
    "axes.AccessAttempt": Kept("mislukte inlog: e-mailadres en internetadres", SESSION, False, OTHERS),
    "axes.AccessAttemptExpiration": Kept("tot wanneer een mislukte inlog telt", SESSION, False, OTHERS),
    "axes.AccessFailureLog": Kept("mislukte inlog: e-mailadres en internetadres", LOG, False, OTHERS),
    "axes.AccessLog": Kept("inlog: e-mailadres en internetadres", LOG, False, OTHERS),
}

# Models without anything about a person, each with its reason.
NOBODY: dict[str, str] = _said("NOBODY") | {
    "auth.Group": "wordt niet gebruikt; rollen staan in core.Membership",
    "auth.Permission": "lijst van Django",
    "contenttypes.ContentType": "lijst van Django",
}
