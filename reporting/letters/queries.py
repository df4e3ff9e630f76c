"""What letters must say about the organisation that sends them: as it was filled in, and what is missing."""

from dataclasses import dataclass

from cases.dossier.models import Case
from reporting.letters.models import DETAILS, LetterDetails
from thuiszitters.core.people.access import looked_after_by
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.users import User

# An organisation that shares a dossier writes no decision and opens no investigation.
WITH_DETAILS = (Organisation.Kind.GEMEENTE, Organisation.Kind.REGIONAAL_BUREAU)


def details_for(case: Case, organisation: Organisation) -> dict[str, str]:
    """The details by field: of the gemeente of the dossier, which decides and answers for the data; what it left empty,
    of the bureau that sends the letter. What nobody filled in is not there."""
    gemeente = Organisation.objects.filter(kind=Organisation.Kind.GEMEENTE, code=case.municipality_id)
    pks = [*gemeente.values_list("pk", flat=True), organisation.pk]
    rows = sorted(LetterDetails.objects.filter(organisation__in=pks), key=lambda row: pks.index(row.organisation_id))
    found = {name: next((value for row in rows if (value := getattr(row, name))), "") for name in DETAILS}
    return {name: value for name, value in found.items() if value}


@dataclass(frozen=True)
class Filled:
    """The details of an organisation, with what is missing; those that nobody filled in are an empty row."""

    organisation: Organisation
    row: LetterDetails


def details_of(user: User) -> list[Filled]:
    """Of each organisation that the user looks after and that sends such letters."""
    organisations = looked_after_by(user).filter(kind__in=WITH_DETAILS)
    rows = {row.organisation_id: row for row in LetterDetails.objects.visible_to(user)}
    return [Filled(o, rows.get(o.pk) or LetterDetails(organisation=o)) for o in organisations]
