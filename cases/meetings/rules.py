"""Overleg: which rules hold, who has to be asked, and whether an MDO was held that a decision can rest on."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from cases.acting.access import Owned, owned_by
from cases.dossier.models import Case
from cases.dossier.rules import YOUTH_JOINS_AT, NotNow
from cases.meetings.models import Attendance, Meeting
from cases.sight.seats import owner_of
from leerplicht.models import Guardian
from thuiszitters.core.dates import age_on
from thuiszitters.core.people.organisations import Organisation

Role = Attendance.Role
Key = tuple[str] | tuple[str, int]  # of an Attendance
ROLE_OF_KIND: dict[str, str] = {
    Organisation.Kind.GEMEENTE: Role.GEMEENTE,
    Organisation.Kind.REGIONAAL_BUREAU: Role.GEMEENTE,
    Organisation.Kind.SAMENWERKINGSVERBAND: Role.SAMENWERKINGSVERBAND,
    Organisation.Kind.SCHOOL: Role.SCHOOL,
    Organisation.Kind.ZORGPARTIJ: Role.CARE,
}
# As what somebody who works with the child comes, by what people call it; the first that fits. Whoever fits none is
# "iemand anders", and counts for no side (P3).
ROLE_WORDS: tuple[tuple[str, str], ...] = (
    ("arts", Role.DOCTOR),
    ("onderwijsconsulent", Role.CONSULTANT),
    ("jeugd", Role.CARE),
    ("gezin", Role.CARE),
    ("mentor", Role.SCHOOL),
    ("leerkracht", Role.SCHOOL),
    ("docent", Role.SCHOOL),
    ("intern begeleider", Role.SCHOOL),
    ("zorgcoördinator", Role.SCHOOL),
    ("directeur", Role.SCHOOL),
)
# P3 of domain 4.5: of each of these somebody was there.
FULL: tuple[frozenset[str], ...] = (
    frozenset({Role.SCHOOL}),
    frozenset({Role.SAMENWERKINGSVERBAND}),
    frozenset({Role.GEMEENTE, Role.CARE}),
)


def role_in_words(words: str) -> str:
    """The role of somebody who is called this at work."""
    told = words.casefold()
    return next((role for part, role in ROLE_WORDS if part in told), Role.OTHER)


def last_full_mdo(case: Case, *, doctor: bool = False) -> Meeting | None:
    """The newest MDO that was held with school, samenwerkingsverband, and gemeente or jeugdhulp there, and a jeugdarts
    where one is asked for (P3 of domain 4.5). Two queries."""
    rows = case.meetings.filter(kind=Meeting.Kind.MDO, state=Meeting.State.HELD).order_by("-starts_at", "-pk")
    return next((m for m in rows.prefetch_related("people") if is_full(m.people.all(), doctor=doctor)), None)


def held_within(case: Case, today: date, weeks: int = 8, *, doctor: bool = False) -> bool:
    """Whether the last full MDO lies in the `weeks` before `today`; the day itself counts, and so does the day exactly
    that many weeks ago."""
    last = last_full_mdo(case, doctor=doctor)
    return last is not None and today - timedelta(weeks=weeks) <= last.on <= today


def is_full(people: Iterable[Attendance], *, doctor: bool = False) -> bool:
    there = {p.role for p in people if p.was_there}
    return all(there & roles for roles in FULL) and (not doctor or Role.DOCTOR in there)


def sides_present(people: Iterable[Attendance]) -> set[int | str]:
    """The different organisations that were there; the gemeente and the bureau that acts for it are one."""
    return {side for p in people if p.was_there and (side := _side(p)) is not None}


def _side(person: Attendance) -> int | str | None:
    if person.organisation:
        return owner_of(person.organisation)
    return person.organisation_name.strip().casefold() or None


def must_be_asked(case: Case, on: date) -> list[tuple[Key, str]]:
    """Who is asked for every overleg, unless somebody writes why not: each parent with gezag, and the child from 12.
    As (key of an Attendance, name)."""
    parents = case.pupil.guardians.running(on).filter(gezag=Guardian.Gezag.YES)
    found: list[tuple[Key, str]] = [(("ouder", g.pk), f"{g.name} ({g.relation})") for g in parents]
    if age_on(on, case.pupil.born) >= YOUTH_JOINS_AT:
        found.append((("kind",), "het kind zelf"))
    return found


def not_asked(case: Case, people: Iterable[Attendance], on: date) -> list[str]:
    asked = {p.key for p in people if p.invited}
    return [name for key, name in must_be_asked(case, on) if key not in asked]


def check_ground(case: Case, ground: str) -> None:
    """Consent as a ground rests on a consent that was recorded and still holds."""
    if ground == "toestemming" and not case.consents.filter(withdrawn_at=None).exists():
        raise NotNow("Er is geen toestemming vastgelegd. Leg die eerst vast, of kies een andere grond.")


def check_people(case: Case, people: Sequence[Attendance], on: date, because: str) -> None:
    if not people:
        raise NotNow("Kies wie u uitnodigt.")
    if (missing := not_asked(case, people, on)) and not because.strip():
        raise NotNow(f"Niet uitgenodigd: {', '.join(missing)}. Nodig hen uit, of schrijf op waarom niet.")


def check_minutes(meeting: Meeting, people: Iterable[Attendance], *, agreements: int) -> None:
    """What the record of an overleg needs at least (domain 5.2)."""
    if meeting.state == Meeting.State.CANCELLED:
        raise NotNow("Dit overleg is afgezegd. Er is geen verslag van.")
    if not meeting.has_begun:
        raise NotNow("Dit overleg is nog niet geweest. U kunt het vastleggen vanaf het moment dat het begint.")
    if not meeting.question.strip():
        raise NotNow("Schrijf op welke vraag voorlag.")
    if len(sides_present(people)) < 2:
        raise NotNow("Kruis aan wie erbij was: bij een overleg zijn er mensen van ten minste twee organisaties.")
    if not agreements and not meeting.no_agreements_because.strip():
        raise NotNow("Leg ten minste één afspraak vast, of schrijf op waarom er geen afspraken zijn.")


def owner_of_meeting(meeting: Meeting) -> Owned:
    """Whose overleg it is: of who planned it."""
    return owned_by(meeting.case, meeting.organisation)


def recorded_by(meeting: Meeting) -> Owned:
    """Who may write the record: who planned it, and every organisation that was asked or came."""
    people = [p.organisation for p in meeting.people.all()]
    return owned_by(meeting.case, meeting.organisation, *people)
