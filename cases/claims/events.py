"""Claims and exemptions in the course of events."""

from collections.abc import Iterable
from datetime import timedelta

from cases.dossier.models import Case
from cases.sight.event import Event, day_of
from cases.sight.fetching import fetched
from cases.sight.seats import Sight
from cases.sight.signing import signed
from thuiszitters.core.words import long_date


def exemptions(case: Case, sight: Sight) -> Iterable[Event]:
    if not sight.exemption:
        return
    for c in case.claims.all() if sight.exemption == "write" else ():
        link, what = ("claim", c.pk), c.get_ground_display()
        by = signed(case, c.by, day_of(c.at))
        yield Event(c.received_on, "stappen", f"Ontvangen: {what}", by=by, link=link, order=c.at)
        if c.judged_on:
            yield Event(
                c.judged_on,
                "stappen",
                f"{c.get_state_display().capitalize()}: {what}",
                c.because,
                by=signed(case, c.judged_by, c.judged_on),
                link=link,
                order=c.at + timedelta(seconds=1),
            )
        if c.sent_on and not c.outcome_sent:
            yield Event(
                c.sent_on, "stappen", f"Besluit verzonden: {what}", by=signed(case, c.sent_by, c.sent_on), link=link
            )
        if c.objected_on:
            by = signed(case, c.objected_by, c.objected_on)
            yield Event(c.objected_on, "stappen", f"Bezwaar: {what}", c.objection, by=by, link=link)
    for e in case.pupil.exemptions.all():
        until = f" tot en met {long_date(e.last_day)}" if e.last_day else ""
        article = f" {e.told}" if sight.exemption != "until" else ""
        text = f"Vanaf {long_date(e.first_day)}{until}."
        by = signed(case, e.recorded_by, day_of(e.recorded_at))
        yield Event(e.first_day, "stappen", f"Vrijstelling{article}", text, by=by, order=e.recorded_at)


EVENTS = (exemptions,)
FETCHED = (
    fetched("claims", "by", "judged_by", "sent_by", "objected_by"),
    "claims__letters",
    fetched("pupil__exemptions", "recorded_by"),
)
