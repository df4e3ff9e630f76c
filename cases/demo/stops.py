"""Thuiszitterstops in the demonstration: one that was held six weeks ago, with agreements, and the next one with forty
dossiers on its agenda."""

import random
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from cases.demo.children import school_day
from cases.dossier.models import Task
from cases.stops import queries as stops
from cases.stops.models import Stop, StopCase
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.users import User

THEN, NEXT = 18, 40
ASKS = (
    "Welke school biedt een rustige plek voor de kerst?",
    "Wie regelt het vervoer naar de nieuwe plek?",
    "Kan de hulp beginnen terwijl het kind nog thuis is?",
    "Wie betaalt de begeleiding in de eerste weken?",
    "Is een besluit van de houder nodig?",
)
LESSONS = (
    "Klein beginnen hielp: twee uur per dag met een vaste begeleider.",
    "Vervoer regelen voor de eerste dag, niet erna.",
    "Het kind zelf liet zien in welk lokaal het lukt.",
    "",
)
AGREED = ("Plek vragen bij drie scholen", "Arrangement aanvragen", "Ouders en kind uitnodigen voor een kennismaking")


def plan_stops(today: date) -> None:
    """The same day gives the same Thuiszitterstops."""
    draw = random.Random(2016)
    leader = User.objects.get(email="teamleider@voorbeeld.test")
    before = _stop(school_day(today - timedelta(days=42), back=True), leader)
    cases = list(stops.candidates(leader).exclude(home_since=None).select_related("handler"))
    _put(before, [c for c in cases if c.opened_on <= before.on][:THEN], leader, draw)
    for row in before.cases.select_related("case__handler"):
        _discussed(row, before, draw)
    Stop.objects.filter(pk=before.pk).update(state=Stop.State.HELD)
    _put(_stop(school_day(today + timedelta(days=15)), leader), cases[:NEXT], leader, draw)


def _stop(on: date, leader: User) -> Stop:
    region = Organisation.objects.get(kind=Organisation.Kind.REGIO, name__startswith="Lekstroom")
    bureau = leader.memberships.get().organisation
    return Stop.objects.create(
        region=region,
        starts_at=timezone.make_aware(datetime.combine(on, time(13, 30))),
        minutes=150,
        by=leader,
        place="Raadzaal, gemeentehuis Nieuwegein",
        organisation=bureau,
        guests="A. Jansen, ministerie van OCW\nB. de Wit, VNG\nC. Bos, onderwijsconsulent",
        agenda="1. Opening\n2. Hoe staat het ervoor in de regio\n3. De kinderen\n4. Afspraken en afsluiting",
    )


def _put(stop: Stop, cases: list, leader: User, draw: random.Random) -> None:
    for position, case in enumerate(cases, start=1):
        StopCase.objects.create(
            stop=stop,
            case=case,
            position=position,
            added_by=leader,
            ask=draw.choice(ASKS) if draw.random() < 0.7 else "",
            lesson=LESSONS[position // 13] if position % 13 == 0 else "",
        )


def _discussed(row: StopCase, stop: Stop, draw: random.Random) -> None:
    """What was said, and an agreement that is done in two of three."""
    row.discussed = "School, gemeente en samenwerkingsverband willen dat het voor de kerst begint."
    row.save()
    due = stop.on + timedelta(days=draw.randint(10, 50))
    done = due if draw.random() < 0.66 and due < timezone.localdate() else None
    Task.objects.create(
        case=row.case,
        title=draw.choice(AGREED),
        owner=row.case.handler,
        due_on=due,
        done_on=done,
        outcome="Gedaan." if done else "",
        stop=stop,
        by=row.added_by,
    )
