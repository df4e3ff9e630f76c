"""Who takes part, and the facts about the child itself."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from cases.events.event import Event, day_of
from cases.models import Case
from cases.sight import Sight
from thuiszitters.core.words import long_date


def involvements(case: Case, sight: Sight) -> Iterator[Event]:
    for i in case.involvements.all():
        ground = f"Grond: {i.get_ground_display()}. Ziet: {', '.join(i.part_words)}."
        yield Event(i.since, "stappen", f"{i.organisation.name} is betrokken", ground)
        if i.ended_at:
            because = i.ended_because if sight.officer else ""
            yield Event(day_of(i.ended_at), "stappen", f"{i.organisation.name} is niet meer betrokken", because,
                        order=i.ended_at)  # fmt: skip


def emergencies(case: Case, sight: Sight) -> Iterator[Event]:
    """Who opened the dossier in an emergency; the reason is for the owner."""
    if not sight.officer:
        return
    for e in case.emergencies.all():
        title = f"Noodtoegang door {e.user.short_name}, {e.organisation.name}"
        yield Event(day_of(e.started_at), "stappen", title, e.reason, marker="f", order=e.started_at)


def facts(case: Case, sight: Sight) -> Iterable[Event]:
    if not sight.absence:
        return
    pupil = case.pupil
    for r in pupil.returns.all():
        title = "Wendag op school" if r.trial else "Weer op school"
        yield Event(r.first_day, "stappen", title, r.source if sight.officer else "", order=r.recorded_at)
    for p in pupil.permitted.all():
        until = f" tot en met {long_date(p.last_day)}" if p.last_day else ""
        reason = p.get_reason_display().capitalize() if sight.officer else "Met een geldige reden"
        text = f"{reason}, vanaf {long_date(p.first_day)}{until}."
        yield Event(p.first_day, "stappen", "Geoorloofd thuis", text, order=p.recorded_at)


def exemptions(case: Case, sight: Sight) -> Iterable[Event]:
    if not sight.exemption:
        return
    for c in case.claims.all() if sight.exemption == "write" else ():
        link, what = ("claim", c.pk), c.get_ground_display()
        yield Event(c.received_on, "stappen", f"Ontvangen: {what}", link=link, order=c.at)
        if c.judged_on:
            yield Event(c.judged_on, "stappen", f"{c.get_state_display().capitalize()}: {what}", c.because,
                        by=c.judged_by.short_name, link=link, order=c.at + timedelta(seconds=1))  # fmt: skip
        if c.objected_on:
            yield Event(c.objected_on, "stappen", f"Bezwaar: {what}", c.objection, link=link)
    for e in case.pupil.exemptions.all():
        until = f" tot en met {long_date(e.last_day)}" if e.last_day else ""
        article = f" {e.get_article_display()}" if sight.exemption != "until" else ""
        text = f"Vanaf {long_date(e.first_day)}{until}."
        yield Event(e.first_day, "stappen", f"Vrijstelling{article}", text, order=e.recorded_at)
