"""Makes the demonstration region along the same path as real work: files read in week by week, a round after each."""

import io
from collections import Counter
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from cases.demo.agreements import build_agreements
from cases.demo.children import Children, as_file, school_day
from cases.demo.course import Course
from cases.demo.decisions import take_decisions
from cases.demo.law import do_not_agree, enforce, report_by_form, take_in_claims
from cases.demo.meetings import answer_invitations, hold_meetings, plan_talks, put_in_files
from cases.demo.people import PIN, code_of_parent, look_along, stand_around
from cases.demo.region import ACCOUNTS, PASSWORD, SINCE, build_region
from cases.demo.stops import plan_stops
from cases.dossier.models import Case, Task
from cases.facts.acts import register_not_enrolled
from cases.intake.uploads import read_in
from cases.load.acts import be_away
from cases.nightly import run_due
from leerplicht.law.identifiers import parse_pgn
from leerplicht.models import NotEnrolled, Pupil
from thuiszitters.core.jobs.models import Counter as Number
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.users import User

AT_HOME, WAITING, NOWHERE = 290, 46, 14
MADE = "demo-leerlingen"


class Refused(ValueError):
    """The demonstration region cannot be made here."""


def is_made() -> bool:
    return Number.objects.filter(name=MADE).exists()


def foreign_pupils() -> bool:
    """Whether pupils exist that the demonstration did not make."""
    made = Number.objects.filter(name=MADE).first()
    return Pupil.objects.filter(pk__gt=made.last if made else 0).exists()


def build(today: date) -> Counter:
    """Region, accounts and a few hundred dossiers. Refused where pupils exist that this did not make."""
    if foreign_pupils() or is_made():
        raise Refused("Er staan al leerlingen in deze database. De demonstratie wordt alleen in een lege gemaakt.")
    with transaction.atomic():
        build_region()
        build_agreements(today, SINCE)
        children = Children(today)
        _read_in(children.reports(AT_HOME, WAITING), today)
        for _ in range(NOWHERE):
            _nowhere(children, today)
        run_due(today)
        Course(today).run()
        stand_around(today)
        hold_meetings(today)
        answer_invitations()
        take_decisions(today)
        take_in_claims(today)
        do_not_agree(today)
        enforce(today)
        report_by_form(children, today)
        plan_stops(today)
        _looked_after(today)
        _somebody_is_away(today)
        plan_talks(today)
        put_in_files(today)
        look_along(today)
        counts = run_due(today)
        _one_bad_line(children, today)
        Number.objects.create(name=MADE, last=Pupil.objects.order_by("-pk").values_list("pk", flat=True).first())
    return counts


def _read_in(rows: list[dict[str, str]], today: date) -> None:
    """Week by week, so that dossiers open and flags are raised on the days they would have been."""
    week = date.fromisoformat(rows[0]["datum_mutatie"])
    while rows:
        week = min(today, week + timedelta(days=7))
        batch = [r for r in rows if r["datum_mutatie"] <= week.isoformat()]
        rows = [r for r in rows if r["datum_mutatie"] > week.isoformat()]
        if batch:
            read_in(io.BytesIO(as_file(batch)), name="demonstratie.csv", today=week)
        run_due(week)


def _nowhere(children: Children, today: date) -> None:
    row = children.child()
    child = Pupil(
        first_names=row["voornamen"],
        last_name=row["achternaam"],
        born=date.fromisoformat(row["geboortedatum"]),
        municipality_id=row["gemeentecode"],
    )
    child.set_pgn(parse_pgn(row["persoonsgebonden_nummer"]))
    since = school_day(today - timedelta(days=children.random.randint(3, 100)), back=True)
    fact = NotEnrolled(first_day=since, how_known="lijst absoluut verzuim van DUO")
    register_not_enrolled(child, fact, by=User.objects.get(email="teamleider@voorbeeld.test"))


def _looked_after(today: date) -> None:
    """Who is back for longer was called on the days that were planned."""
    for step in Task.objects.filter(kind=Task.Kind.AFTERCARE, done_on=None, due_on__lt=today - timedelta(days=2)):
        step.done_on, step.outcome = step.due_on, "Gebeld met de mentor: het gaat goed."
        step.save()


def _somebody_is_away(today: date) -> None:
    """One colleague is on leave, and another stands in."""
    away, instead = (User.objects.get(email=f"{name}@voorbeeld.test") for name in ("j.wagenaar", "leerplichtambtenaar"))
    be_away(away, first_day=today - timedelta(days=3), last_day=today + timedelta(days=11), stand_in=instead, by=away)


def _one_bad_line(children: Children, today: date) -> None:
    """Two lines in quarantine, to show what happens with them."""
    bad = children.reports(2, 0)
    bad[0]["geboortedatum"], bad[1]["verzuimsoort"] = "31-02-2014", "XX"
    nieuwegein = Organisation.objects.get(kind="gemeente", code="0356")
    read_in(io.BytesIO(as_file(bad)), name="demonstratie.csv", today=today, organisation=nieuwegein)


def logins() -> str:
    """The demonstration accounts, one per role, their password, and the way in of a parent."""
    width = max(len(a[0]) for a in ACCOUNTS) + len("@voorbeeld.test")
    lines = [f"  {a[0] + '@voorbeeld.test':<{width}}  {a[3].label}" for a in ACCOUNTS]
    code = code_of_parent()
    along = [f"Meekijken als ouder: /meekijken/ met code {code} en pincode {PIN}"] if code else []
    return "\n".join([f"Inloggen kan met (wachtwoord voor allemaal: {PASSWORD}):", *lines, *along])


def tally() -> str:
    return f"{Pupil.objects.count()} leerlingen, {Case.objects.count()} dossiers ({timezone.localdate()})"
