"""Offers of a place in every state, and what is in the way, for the demonstration dossiers."""

from datetime import date, timedelta
from random import Random

from cases.barriers.acts import save_barrier, solve_barrier
from cases.barriers.models import Barrier
from cases.demo.children import school_day
from cases.demo.region import SPECIAL
from cases.dossier.models import Case
from cases.offers.acts import move_offer, save_offer
from cases.offers.models import Offer
from leerplicht.models import School
from thuiszitters.core.people.organisations import Membership

PROVIDERS = ("Zorgboerderij De Haver", "Onderwijs-zorgklas De Regenboog", "Dagbehandeling Het Anker")
BARRIERS = (
    ("zorg", "Behandeling begint over twaalf weken", "Intake bij de wachtlijst"),
    ("vervoer", "Een busje naar de nieuwe school", "Leerplein vervoer"),
    ("plek", "Een kleine klas met weinig prikkels", "Zorgcoördinator"),
    ("tlv", "De verklaring voor het speciaal onderwijs", "Commissie toelaatbaarheid"),
    ("geld", "Wie betaalt de begeleiding op school", "Beleid jeugd"),
    ("conflict", "Ouders willen niet terug naar deze school", "Onderwijsconsulent"),
)
# How far an offer got: the moves after the question, each with the days before today.
PATHS = (
    (),
    ("aangeboden",),
    ("aangeboden", "geweigerd"),
    ("geweigerd",),
    ("aangeboden", "aangekondigd"),
    ("aangeboden", "aangekondigd", "gestart"),
    ("aangeboden", "aangekondigd", "mislukt"),
    ("aangeboden", "aangekondigd", "gestart", "mislukt"),
    ("aangeboden", "aangekondigd", "gestart", "volledig"),
    ("aangeboden", "aangekondigd", "gestart", "volledig", "geborgd"),
)
WHY = {"geweigerd": "De reistijd is te lang voor dit kind.", "mislukt": "Na een paar dagen durfde het kind niet meer."}


class Places:
    """Draws offers and barriers for a dossier. The same random numbers give the same rows."""

    def __init__(self, today: date, random: Random):
        self.today, self.random, self.turn = today, random, 0
        self.schools: dict[str, list[School]] = {}
        for school in School.objects.order_by("code"):
            self.schools.setdefault(school.sector, []).append(school)

    def draw(self, case: Case, member: Membership) -> None:
        if self.random.random() < 0.5:
            self._barrier(case, member)
        if self.random.random() < 0.45:
            self.turn += 1
            self._offer(case, member, PATHS[self.turn % len(PATHS)])

    def _barrier(self, case: Case, member: Membership) -> None:
        kind, what, who = self.random.choice(BARRIERS)
        asked = self._back(self.random.randint(4, 60), case)
        promised = asked + timedelta(days=self.random.choice([21, 42, 90])) if self.random.random() < 0.6 else None
        row = Barrier(
            case=case,
            kind=kind,
            what=what,
            owner_name=who,
            asked_on=asked,
            promised_on=promised,
            owner=member.organisation if kind in ("vervoer", "geld") else None,
            **self._by(member),
        )
        save_barrier(row, by=member.user)
        if self.random.random() < 0.25:
            solve_barrier(row, by=member.user, on=self.today, how="Het is geregeld.")

    def _offer(self, case: Case, member: Membership, path: tuple[str, ...]) -> None:
        securing = "geborgd" in path
        asked = self._back(75 if securing else self.random.randint(10, 40), case)
        row = Offer(case=case, asked_on=asked, **self._place(case), **self._by(member))
        save_offer(row, by=member.user)
        days = self._days(asked, case, len(path), securing)
        for target, day in zip(path, days, strict=True):
            if target == "aangekondigd" and path[-1] == target:
                day = school_day(self.today + timedelta(days=self.random.randint(2, 20)))
            if target == "gestart" and case.home_since and day <= case.home_since:
                return
            try:
                move_offer(row, target, by=member.user, on=day, because=WHY.get(target, ""))
            except ValueError:  # the weeks of following are not over, or the child came home later than this path
                return

    def _place(self, case: Case) -> dict:
        enrolment = case.pupil.enrolments.select_related("school").first()
        sector = enrolment.school.sector if enrolment else "vo"
        hours = {"hours_start": self.random.choice([3, 6, 10]), "hours_full": self.random.choice([20, 24, 26])}
        if self.random.random() < 0.25:
            return hours | {"kind": "ONDERWIJS_ZORGKLAS", "provider": self.random.choice(PROVIDERS)}
        kinds = ["ANDERE_SCHOOL", "SO", "SBO"] if sector == "po" else ["ANDERE_SCHOOL", "VSO", "PRO", "OPDC"]
        kind, school = self.random.choice(kinds), self.random.choice(self.schools[sector])
        # A place in special education is at a school for it.
        special = [s for s in self.schools.get(kind.lower(), []) if s.code in SPECIAL]
        return hours | {"kind": kind, "school": special[0] if special else school}

    def _days(self, asked: date, case: Case, count: int, securing: bool) -> list[date]:
        """School days between the question and today, one per move; early ones where weeks must have passed."""
        until = asked + timedelta(days=14) if securing else self.today
        gap = max(1, (until - asked).days // (count + 1))
        days = [asked + timedelta(days=gap * (n + 1)) for n in range(count)]
        last = school_day(self.today, back=True)
        if securing:
            days[-1] = last
        return [min(last, school_day(day)) for day in days]

    def _back(self, days: int, case: Case) -> date:
        return max(case.opened_on, self.today - timedelta(days=days))

    @staticmethod
    def _by(member: Membership) -> dict:
        return {"by": member.user, "organisation": member.organisation}
