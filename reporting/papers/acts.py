"""The line in the list of papers that leave the building: a number before, a fingerprint after."""

import hashlib
import io
import secrets
from collections.abc import Iterable

import pikepdf
from django.db import transaction
from django.utils import timezone

from cases.dossier.access import seat_in
from cases.dossier.models import Case
from reporting.papers.models import Paper, PaperCase
from thuiszitters.core.jobs.queue import next_numbers
from thuiszitters.core.log.audit import seat_of_the_page
from thuiszitters.core.people.organisations import Membership, Organisation
from thuiszitters.core.people.users import User


@transaction.atomic
def begin_paper(
    kind: str,
    *,
    by: User | None,
    recipient: str,
    purpose: str,
    cases: Iterable[Case] = (),
    variant: str = "",
    parts: Iterable[str] = (),
) -> Paper:
    """A numbered line for a paper that is about to be made. Call after the look was logged: it is made on behalf of the
    membership from which `by` acts now."""
    cases = list(cases)
    seat = _seat(cases, by) if by else None
    organisation = seat.organisation if seat else _gemeente_of(cases)
    year = timezone.localdate().year
    counter = f"papier {organisation.pk if organisation else 'server'} {year}"
    paper = Paper.objects.create(
        number=f"P{year}-{next_numbers(counter)[0]:05}-{_letters()}",
        kind=kind,
        variant=variant,
        recipient=recipient,
        purpose=purpose,
        parts=list(parts),
        by=by,
        organisation=organisation,
    )
    PaperCase.objects.bulk_create(PaperCase(paper=paper, case=case) for case in cases)
    return paper


def _seat(cases: list[Case], by: User) -> Membership | None:
    """Of one dossier the seat that `by` has in it; of several, or of none, that of the page."""
    return (seat_in(cases[0], by) if len(cases) == 1 else None) or seat_of_the_page(by)


def _letters() -> str:
    """Every organisation counts its own papers, so that a number says nothing of what others make; these letters keep
    two of one number apart when a paper is found. No vowels, so no words."""
    return "".join(secrets.choice("BCDFGHJKLMNPRSTVWXZ") for _ in range(4))


def _gemeente_of(cases: list[Case]) -> Organisation | None:
    """For a command on the server: the gemeente of the dossier."""
    codes = {case.municipality_id for case in cases}
    return Organisation.objects.filter(kind=Organisation.Kind.GEMEENTE, code__in=codes).first()


def complete(paper: Paper, content: bytes, *, pages: int | None = None) -> bytes:
    """The paper was made: keep its fingerprint, so that it can be recognised later. Gives the content back."""
    paper.sha256, paper.size = hashlib.sha256(content).hexdigest(), len(content)
    paper.pages = pages if pages is not None else pages_in(content)
    paper.save(update_fields=["sha256", "size", "pages"])
    return content


def pages_in(content: bytes) -> int:
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return len(pdf.pages)
