"""Overleg in the demonstration: in some of the dossiers in which others take part an MDO was held and the next one is
planned."""

import random
from collections import Counter
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from cases.demo.children import school_day
from cases.dossier.models import Case, Task
from cases.meetings import acts as meetings
from cases.meetings.models import Attendance, Meeting
from cases.meetings.rules import must_be_asked
from thuiszitters.core.people.organisations import Organisation

PER_GEMEENTE = 5
QUESTION = "Wat heeft dit kind nodig om weer naar school te gaan, en wie doet wat?"
FACTS = (
    "School kan twee uur per dag een rustige plek bieden. Ouders willen dat het rustig begint. "
    "Het kind wil eerst de mentor ontmoeten, zonder de klas."
)
GOALS = "Over zes weken elke dag twee uur op school, met een vaste begeleider."


def hold_meetings(today: date) -> None:
    """The same day gives the same meetings. Own chance, so that the rest of the demonstration stays as it was."""
    draw = random.Random(2018)
    cases = Case.objects.open().exclude(handler=None).filter(involvements__ended_at=None, involvements__isnull=False)
    rows = cases.select_related("pupil", "handler").distinct().order_by("number")
    seen: Counter[str] = Counter()
    for case in rows:
        n = seen[case.municipality_id]
        seen[case.municipality_id] += 1
        if n < PER_GEMEENTE and n % 3 != 2:
            _held(case, today, draw)
        if n < PER_GEMEENTE and n % 3 != 1:
            _planned(case, today, draw)


def _held(case: Case, today: date, draw: random.Random) -> None:
    on = school_day(today - timedelta(days=draw.randint(8, 20)), back=True)
    meeting = _meeting(case, on, draw)
    people = _people(case, on)
    meetings.plan(meeting, people, past=True, by=case.handler)
    Meeting.objects.filter(pk=meeting.pk).update(at=meeting.starts_at - timedelta(days=6))
    for person in people:
        person.present = "nee" if person.role == "kind" and draw.random() < 0.5 else "ja"
    meeting.facts, meeting.goals, meeting.next_on = (
        FACTS,
        GOALS,
        school_day(today + timedelta(days=draw.randint(9, 30))),
    )
    verband = case.involvements.select_related("organisation").earliest("pk").organisation
    agreed = [
        Task(
            title="Arrangement aanvragen voor een rustige start",
            due_on=today + timedelta(days=draw.randint(-2, 9)),
            owner_organisation=verband,
        ),
        Task(
            title="Ouders bellen na de eerste week",
            due_on=today + timedelta(days=draw.randint(2, 12)),
            owner=case.handler,
        ),
    ]
    meetings.record(meeting, people, agreed, by=case.handler)


def _planned(case: Case, today: date, draw: random.Random) -> None:
    on = school_day(today + timedelta(days=draw.randint(2, 12)))
    meetings.plan(_meeting(case, on, draw), _people(case, on), by=case.handler)


def _meeting(case: Case, on: date, draw: random.Random) -> Meeting:
    moment = datetime.combine(on, time(draw.choice([9, 11, 13, 15]), draw.choice([0, 30])))
    own = Organisation.objects.get(kind="gemeente", code=case.municipality_id)
    return Meeting(
        case=case,
        kind=draw.choice(["mdo", "mdo", "mdo", "tafel"]),
        starts_at=timezone.make_aware(moment),
        place=draw.choice(["Online", "Gemeentehuis, zaal 2", "Op school"]),
        question=QUESTION,
        ground="convenant",
        organisation=own,
    )


def _people(case: Case, on: date) -> list[Attendance]:
    roles = {"samenwerkingsverband": "samenwerkingsverband", "school": "school", "zorgpartij": "jeugdhulp"}
    own = Organisation.objects.get(kind="gemeente", code=case.municipality_id)
    people = [Attendance(organisation=own, role="gemeente", name=case.handler.short_name)]
    for row in case.involvements.running().select_related("organisation"):
        if role := roles.get(row.organisation.kind):
            people.append(Attendance(organisation=row.organisation, role=role))
    asked = {key for key, _ in must_be_asked(case, on)}
    people += [Attendance(guardian_id=key[1], role="ouder") for key in sorted(asked) if key[0] == "ouder"]
    return [*people, Attendance(role="kind")] if ("kind",) in asked else people
