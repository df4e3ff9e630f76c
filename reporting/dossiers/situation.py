"""A dossier in one paragraph: whole sentences from the facts, for somebody who has two minutes."""

from collections.abc import Iterator
from datetime import date

from cases.clock.presentation import is_nowhere_enrolled, last_enrolment
from cases.course.summary import Summary
from cases.work.models import Contact
from thuiszitters.core.dates import age_on
from thuiszitters.core.words import days, hours, long_date


def situation(about: Summary, contacts: list[Contact], *, place_shown: bool) -> list[str]:
    """The sentences. `about`: what `cases.course.summary` says; `contacts`: those the reader may know of, in order of
    day. `place_shown`: whether the reader may know to which school the child goes."""
    sentences = [*_home(about, _enrolled(about) if place_shown else "")]
    return sentences + [s for part in (_spoken, _step, _place, _decided, _ends) for s in part(about, contacts)]


def _home(about: Summary, enrolled: str) -> Iterator[str]:
    case, pupil, clock, today = about.case, about.pupil, about.clock, about.today
    name = pupil.first_names.split(" ")[0] or pupil.last_name
    yield f"{name} is {age_on(today, pupil.born)} jaar{enrolled}."
    if clock:
        yield f"{name} zit sinds {long_date(case.home_since)} thuis, {days(clock.days)}. {clock.words.capitalize()}."
        if about.back_since:
            yield (
                f"Sinds {long_date(about.back_since)} is er weer school; de klok loopt door totdat een hele "
                "lesweek goed gaat."
            )
    else:
        yield f"{name} is nu niet thuis."
    ended = about.before
    if ended and ended.last_day:
        long = (ended.last_day - ended.first_day).days + 1
        yield (
            f"{'Eerder thuis' if clock else 'Thuis'} van {long_date(ended.first_day)} tot en met "
            f"{long_date(ended.last_day)}, {days(long)}."
        )


def _enrolled(about: Summary) -> str:
    """Only what is known."""
    pupil, today = about.pupil, about.today
    if not about.school:
        return " en is nergens ingeschreven" if any(n.covers(today) for n in about.not_enrolled) else ""
    if is_nowhere_enrolled(pupil, today):
        return f" en stond tot en met {long_date(last_enrolment(pupil).last_day)} ingeschreven bij {about.school.name}"
    return f" en staat ingeschreven bij {about.school.name}"


def _spoken(about: Summary, contacts: list[Contact]) -> Iterator[str]:
    parents = [c for c in contacts if c.who == Contact.Who.PARENT and c.is_talk]
    child = [c for c in contacts if c.who == Contact.Who.CHILD and c.is_talk]
    if parents:
        yield f"Met de ouders is {_times(parents)} gesproken, het laatst op {long_date(parents[-1].on)}."
    elif about.sight.course:
        yield "Met de ouders is nog niet gesproken."
    if child:
        yield f"Het kind zelf is {_times(child)} gehoord, het laatst op {long_date(child[-1].on)}."
    elif about.sight.course:
        yield "Het kind zelf is nog niet gehoord."


def _times(rows: list) -> str:
    return "één keer" if len(rows) == 1 else f"{len(rows)} keer"


def _step(about: Summary, contacts: list[Contact]) -> Iterator[str]:
    now = next((s for s in about.ladder if s.now), None)
    if about.paused:
        yield f"Het stappenplan is gepauzeerd tot en met {long_date(about.paused.until)}."
    elif now:
        late = ", te laat" if now.late else ""
        due = f" (uiterlijk {long_date(now.row.due_on)}{late})" if now.row.due_on else ""
        yield f"In het stappenplan is nu aan de beurt: {now.row.name}{due}."
    lead = about.lead
    if lead:
        yield f"{lead.organisation.name} voert de regie sinds {long_date(lead.since)}."


def _place(about: Summary, contacts: list[Contact]) -> Iterator[str]:
    offer = next((o for o in about.offers if not o.is_final), None)
    if offer:
        start = _starts(offer, about.today)
        yield f"Plek: {offer.place}, {hours(offer.hours_start)} per week, {offer.info.word}{start}."
    elif about.sight.course and about.clock:
        yield "Er is nog geen plek gevraagd of aangeboden die nu loopt."


def _decided(about: Summary, contacts: list[Contact]) -> Iterator[str]:
    decision = next((d for d in about.decisions if d.is_taken or d.is_preparing), None)
    if decision and decision.is_taken:
        start = f", vanaf {long_date(decision.start_on)}" if decision.start_on else ""
        yield f"Er is een doorzettingsbesluit: {decision.place}{start}."
    elif decision:
        yield "Er is een doorzettingsbesluit gevraagd."


def _starts(offer, today: date) -> str:
    if offer.started_on:
        return f" sinds {long_date(offer.started_on)}"
    return f", vanaf {long_date(offer.start_on)}" if offer.start_on else ""


def _ends(about: Summary, contacts: list[Contact]) -> Iterator[str]:
    case = about.case
    if not case.is_open:
        result = f" Uitkomst: {about.result}." if about.result else ""
        yield f"Het dossier is afgesloten op {long_date(case.closed_on)}.{result}"
