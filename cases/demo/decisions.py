"""Doorzettingsbesluiten in every state, in dossiers in which the samenwerkingsverband of the holder takes part."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from cases.decisions import prepare as decisions
from cases.decisions import sign as signing
from cases.decisions import tell as telling
from cases.decisions.models import Decision, DecisionCondition, DecisionOption, DecisionParty, DecisionTold
from cases.decisions.preconditions import OPP_HEARD
from cases.decisions.readiness import checks_of
from cases.demo.children import school_day
from cases.dossier.models import Case
from cases.offers import acts as offers
from cases.offers import moves
from cases.offers.models import Offer
from leerplicht.models import School
from thuiszitters.core.people.organisations import Membership, Organisation
from thuiszitters.core.people.roles import Role
from thuiszitters.core.people.users import User

NIEUWEGEIN = "0356"
TRIGGER = "Al weken thuis. Twee overleggen gaven geen plek: de school kan niet meer bieden en een andere school is vol."
QUESTION = "Op welke school begint dit kind, met hoeveel uur, en wanneer?"
BECAUSE = "Een kleine klas met een vaste begeleider, dicht bij huis. Ouders en kind hebben de plek gezien."
OPTIONS = (
    ("Opbouwen op de eigen school", "bekende omgeving", "te druk", "Na acht dagen bleef het kind weer thuis."),
    ("Een plek in een zorgklas", "rustig", "wachtlijst van vijf maanden", "Er is geen plek voor de zomer."),
    ("Kleine klas op een andere school", "plek vrij, vaste begeleider", "reistijd van een half uur", ""),
)
ANSWERS = {
    OPP_HEARD: "ja, in september door de mentor",
    "P5": "OPP van september, met ouders besproken",
    "P8": "vervoer aangevraagd, geen jeugdhulp nodig",
    "P9": "aangeboden, ouders willen dit niet",
    "P10": "overwogen",
    "P11": "geen van beide",
}
WHY = {
    "P3": "Het MDO viel uit door ziekte. Alle partijen zijn apart gehoord.",
    "P1": "Een ouder is schriftelijk gevraagd en gaf geen antwoord; wachten helpt het kind niet.",
    "P2": "Het kind wil nu met niemand praten. De mentor vertelde wat het wil.",
    "P6": "De jeugdarts komt volgende week; het begin is klein genoeg.",
}


@dataclass(frozen=True)
class Path:
    """How far one got. `days`: since the request. `answered`: whether the preconditions were filled in."""

    end: str
    days: int
    start: bool = True
    answered: bool = True


PATHS = (
    Path("request", 1),
    Path("fill", 4, answered=False),
    Path("present", 6),
    Path("present", 9, answered=False),
    Path("back", 5),
    Path("sign", 20),
    Path("sign", 16, start=False),
    Path("begin", 30),
    Path("replace", 40),
    Path("drop", 12),
)


def take_decisions(today: date) -> None:
    """One dossier for each path, along the services, as handler and holder would."""
    seat = Membership.objects.select_related("organisation", "user").get(
        role=Role.HOUDER, organisation__kind="samenwerkingsverband"
    )
    schools = list(School.objects.filter(sector="vo").order_by("code"))
    cases = (
        Case.objects.open()
        .exclude(handler=None)
        .exclude(home_since=None)
        .filter(involvements__organisation=seat.organisation, involvements__ended_at=None)
    )
    found = [c for c in cases.select_related("pupil", "handler").distinct() if not _placed(c)]
    found.sort(key=lambda c: (c.municipality_id != NIEUWEGEIN, c.number))  # where most of the accounts work
    for n, (case, path) in enumerate(zip(found, PATHS, strict=False)):
        _Demo(case, path, seat.user, schools[n % len(schools)], today).run()


def _placed(case: Case) -> bool:
    return case.offers.exclude(state__in=("gevraagd", "aangeboden", "geweigerd", "mislukt")).exists()


class _Demo:
    def __init__(self, case: Case, path: Path, holder: User, school: School, today: date):
        self.case, self.path, self.holder, self.school, self.today = case, path, holder, school, today
        self.by = case.handler
        self.own = Organisation.objects.get(kind="gemeente", code=case.municipality_id)

    def run(self) -> None:
        row = self._request()
        end = self.path.end
        if end != "request":
            self._fill(row, start=self.path.start and end != "replace")
        if end in ("present", "back", "sign", "begin", "replace", "drop"):
            decisions.present(row, by=self.by)
        if end == "back":
            decisions.give_back(row, by=self.holder, reason="Wie regelt het vervoer, en vóór welke dag?")
        elif end == "drop":
            decisions.drop(row, by=self.by, reason="De school vond alsnog zelf een plek.")
        elif end in ("sign", "begin", "replace"):
            self._sign(row)
        if end == "replace":
            again = self._request()
            self._fill(again, start=True)
            decisions.present(again, by=self.by)
            self._sign(again)
        elif end == "begin":
            self._begin(row)

    def _request(self) -> Decision:
        row = Decision(
            case=self.case, organisation=self.own, trigger=TRIGGER, question=QUESTION, scopes=["onderwijs", "vervoer"]
        )
        decisions.request(row, by=self.by)
        row.asked_on = max(self.case.opened_on, self.today - timedelta(days=self.path.days))
        Decision.objects.filter(pk=row.pk).update(asked_on=row.asked_on)
        return row

    def _fill(self, row: Decision, *, start: bool) -> None:
        row.kind, row.school, row.responsible_school = "ANDERE_SCHOOL", self.school, self.school
        row.hours_start, row.hours_full, row.because = 6, 24, BECAUSE
        row.build_up = [{"from": school_day(self.today + timedelta(days=40)).isoformat(), "hours": "12"}]
        row.start_on = school_day(self.today + timedelta(days=10)) if start else None
        row.bridge, row.funding = (
            "Twee keer per week les thuis van de mentor.",
            "School en samenwerkingsverband elk half.",
        )
        row.teller, row.tell_before = self.by.short_name, self.today + timedelta(days=3)
        if self.path.answered:
            row.answers, row.medical = ANSWERS, Decision.Medical.NOT_NEEDED
        decisions.save_content(row, by=self.by)
        if row.replaces_id:
            return
        for what, pro, contra, failed in OPTIONS:
            option = DecisionOption(decision=row, what=what, pro=pro, contra=contra, failed_because=failed)
            decisions.save_row(option, by=self.by)
        for fields in (
            {"who": "school", "name": "S. Mentor", "position": "Bij ons lukt het niet meer; wij dragen warm over."},
            {"who": "kind", "position": "Ik wil wel naar een kleine klas, maar niet meteen hele dagen."},
        ):
            party = DecisionParty(decision=row, how="gesprek", on=self.today - timedelta(days=2), **fields)
            decisions.save_row(party, by=self.by)
        condition = DecisionCondition(
            decision=row,
            kind="vervoer",
            what="busje naar de nieuwe school",
            person="Leerplein vervoer",
            due_on=self.today + timedelta(days=7),
        )
        decisions.save_row(condition, by=self.by)

    def _sign(self, row: Decision) -> None:
        missing = [c.code for c in checks_of(row, self.today) if c.blocking and not c.met]
        signing.sign(row, by=self.holder, passed={code: WHY.get(code, WHY["P3"]) for code in missing})
        if self.path.end == "sign":
            line = DecisionTold(decision=row, on=self.today, teller=row.teller, how="op school, met de mentor erbij")
            telling.tell(line, by=self.by)

    def _begin(self, row: Decision) -> None:
        """Signed two weeks ago; the child was there for the first time last week, unless there was no school then."""
        signed, calendar = self.today - timedelta(days=14), moves.calendar_of(row.offer)
        first = school_day(self.today - timedelta(days=6), back=True, calendar=calendar)
        if first <= max(signed, self.case.home_since):
            return
        at = timezone.now() - timedelta(days=14)
        Decision.objects.filter(pk=row.pk).update(signed_at=at, start_on=first)
        row.signatures.update(at=at)
        Offer.objects.filter(pk=row.offer_id).update(asked_on=signed, start_on=first)
        row.offer.changes.update(on=signed, at=at)
        offer = Offer.objects.get(pk=row.offer_id)
        offer.case = self.case
        offers.move_offer(offer, "gestart", by=self.by, on=first)
