"""Claims and exemptions in the course of events."""

from collections.abc import Iterable
from datetime import timedelta

from cases.dossier.models import Case
from cases.sight.event import Event
from cases.sight.fetching import fetched
from cases.sight.seats import Sight
from thuiszitters.core.words import long_date


def exemptions(case: Case, sight: Sight) -> Iterable[Event]:
    if not sight.exemption:
        return
    for c in case.claims.all() if sight.exemption == "write" else ():
        link, what = ("claim", c.pk), c.get_ground_display()
        yield Event(c.received_on, "stappen", f"Ontvangen: {what}", link=link, order=c.at)
        if c.judged_on:
            yield Event(
                c.judged_on,
                "stappen",
                f"{c.get_state_display().capitalize()}: {what}",
                c.because,
                by=c.judged_by.short_name if c.judged_by else "",
                link=link,
                order=c.at + timedelta(seconds=1),
            )
        if c.sent_on and not c.outcome_sent:
            yield Event(c.sent_on, "stappen", f"Besluit verzonden: {what}", link=link)
        if c.objected_on:
            yield Event(c.objected_on, "stappen", f"Bezwaar: {what}", c.objection, link=link)
    for e in case.pupil.exemptions.all():
        until = f" tot en met {long_date(e.last_day)}" if e.last_day else ""
        article = f" {e.told}" if sight.exemption != "until" else ""
        text = f"Vanaf {long_date(e.first_day)}{until}."
        yield Event(e.first_day, "stappen", f"Vrijstelling{article}", text, order=e.recorded_at)


EVENTS = (exemptions,)
FETCHED = (fetched("claims", "judged_by"), "claims__letters", "pupil__exemptions")
