"""What the tests of a doorzettingsbesluit share: a dossier in which everything is there to decide, and its decision."""

from datetime import date, timedelta

from cases.agreements.models import Mandate
from cases.decisions import prepare as decisions
from cases.decisions import sign as signing
from cases.decisions.models import Decision, DecisionOption, DecisionParty
from cases.decisions.readiness import checks_of
from cases.dossier.models import Case
from cases.work.models import Contact
from leerplicht.models import Guardian
from tests.cases.overleg import TODAY, at, draft, sides

START = date(2026, 12, 7)
ANSWERS = {
    "P5": "OPP van mei",
    "P5H": "op 12 mei",
    "P8": "niet nodig",
    "P9": "aangeboden",
    "P10": "overwogen",
    "P11": "geen van beide",
}


def mandate(lekstroom, *scopes, **fields) -> list[Mandate]:
    """Hans Houder of the verband may sign, since January."""
    about = {
        "region": lekstroom.organisations["regio"],
        "organisation": lekstroom.organisations["verband"],
        "person": lekstroom.holder,
        "source": "convenant, artikel 4",
        "valid_from": date(2026, 1, 1),
    } | fields
    return [Mandate.objects.create(scope=scope, **about) for scope in scopes]


def make_ready(case: Case, lekstroom) -> None:
    """Parents and child were heard and a full MDO was held: what the dossier itself has to hold."""
    mother = Guardian.objects.get_or_create(
        pupil=case.pupil, name="Fatima Bakker", defaults={"relation": "moeder", "gezag": "ja"}
    )[0]
    own = {"by": lekstroom.officer, "organisation": lekstroom.organisations["nieuwegein"], "on": date(2026, 11, 10)}
    case.contacts.create(who=Contact.Who.PARENT, guardian=mother, channel="gesprek", own_words="Het lukt niet.", **own)
    case.contacts.create(who=Contact.Who.CHILD, channel="gesprek", own_words="Ik wil wel.", **own)
    meeting = draft(case, lekstroom, at(TODAY - timedelta(days=7)), state="gehouden")
    meeting.save()
    for person in sides(lekstroom, "nieuwegein", "verband", "school"):
        person.meeting = meeting
        person.save()


def a_request(case: Case, lekstroom, **fields) -> Decision:
    """Asked for by the officer, about onderwijs."""
    values = {"trigger": "Al zes weken thuis.", "question": "Welke plek?", "scopes": ["onderwijs"]} | fields
    row = Decision(case=case, organisation=lekstroom.organisations["nieuwegein"], **values)
    decisions.request(row, by=lekstroom.officer)
    return row


CONTENT = {
    "kind": "ANDERE_SCHOOL",
    "hours_start": 6,
    "hours_full": 24,
    "start_on": START,
    "because": "Kleine klas, dichtbij.",
    "teller": "Mila Officier",
    "answers": ANSWERS,
    "medical": "niet nodig",
}


def fill(row: Decision, lekstroom, **changes) -> Decision:
    """All there is to decide: Het Kompas, from 7 December, and two options that failed."""
    school = lekstroom.schools["99AB00"]
    for name, value in (CONTENT | {"school": school, "responsible_school": school} | changes).items():
        setattr(row, name, value)
    decisions.save_content(row, by=lekstroom.officer)
    if not row.options.exists():
        for what in ("Opbouwen op de eigen school", "Plek in een zorgklas"):
            option = DecisionOption(decision=row, what=what, failed_because="Na twee weken weer thuis.")
            decisions.save_row(option, by=lekstroom.officer)
    return row


def presented(case: Case, lekstroom, **changes) -> Decision:
    row = fill(a_request(case, lekstroom, scopes=changes.pop("scopes", ["onderwijs"])), lekstroom, **changes)
    decisions.present(row, by=lekstroom.officer)
    return row


def signed(case: Case, lekstroom, **changes) -> Decision:
    row = presented(case, lekstroom, **changes)
    assert signing.sign(row, by=lekstroom.holder, passed={})
    return row


def party(row: Decision, **fields) -> DecisionParty:
    values = {"who": "school", "name": "S. Mentor", "how": "gesprek", "on": TODAY, "position": "Mee eens."} | fields
    return DecisionParty(decision=row, **values)


def fresh(row: Decision) -> Decision:
    """The row as it stands in the database."""
    return Decision.objects.get(pk=row.pk)


def unmet(row: Decision) -> list[str]:
    """Codes of the preconditions that are not met today."""
    return [c.code for c in checks_of(row, TODAY) if not c.met]


def sign(row: Decision, user, **passed) -> bool:
    return signing.sign(row, by=user, passed=passed)
