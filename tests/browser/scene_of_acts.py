"""What the small region went through: stops, escalations, claims and decisions."""

from datetime import date

from django.utils import timezone

from cases.claims import acts as claims
from cases.claims.models import ExemptionClaim
from cases.decisions import prepare as decisions
from cases.decisions import sign as signing
from cases.decisions import tell as telling
from cases.decisions.models import DecisionCondition, DecisionTold
from cases.decisions.readiness import checks_of
from cases.documents.acts import keep_letter
from cases.dossier.models import Case, Task
from cases.enforcement import acts as enforcement
from cases.enforcement.models import EnforcementStep
from cases.escalation import acts as reviews
from cases.escalation.models import Review
from cases.stops import acts as stops
from cases.stops.models import Stop
from reporting.packs import acts as packs
from reporting.packs.models import Pack
from reporting.papers.variants import Variant
from tests import world
from tests.cases import besluit
from thuiszitters.core.files import keeping as files
from thuiszitters.core.people.organisations import Membership, Organisation
from thuiszitters.core.people.users import User

TODAY = date(2026, 11, 20)
PV_DAYS = {"days_from": date(2026, 11, 2), "days_until": date(2026, 11, 13)}


def make_stop(lekstroom, *on_it: Case) -> Stop:
    """A Thuiszitterstop of an hour ago, with an agreement, and packs that are ready and that failed. And a letter."""
    officer, nieuwegein = lekstroom.officer, lekstroom.organisations["nieuwegein"]
    row = Stop.objects.create(
        region=lekstroom.organisations["regio"],
        starts_at="2026-11-20T08:00:00Z",
        place="Raadzaal",
        by=officer,
        organisation=nieuwegein,
        agenda="1. Cijfers",
        guests="A. Jansen, OCW",
    )
    stops.add_cases(row, on_it, by=officer)
    Task.objects.create(case=on_it[0], title="Plek vragen", owner=officer, due_on=TODAY, by=officer, stop=row)
    for state in ("klaar", "mislukt"):
        pack = packs.ask(row, level=Variant.PSEUDONIEM, recipient="de wethouder", purpose="x", by=officer)
        if state == "klaar":
            Pack.objects.filter(pk=pack.pk).update(made_at=timezone.now(), file=files.keep(b"%PDF", "stapels"))
        else:
            Pack.objects.filter(pk=pack.pk).update(problem="Het duurde te lang.")
    keep_letter(
        on_it[0],
        kind="gesprek",
        part="verloop",
        title="uitnodiging voor een gesprek",
        recipient="F. Bakker",
        guardians=(),
        number="P2026-00009",
        docx=b"x",
        pdf=b"%PDF",
        organisation=nieuwegein,
        by=officer,
    )
    return row


def make_coming_stop(lekstroom, on_it: Case) -> Stop:
    row = Stop.objects.create(
        region=lekstroom.organisations["regio"],
        starts_at="2026-12-10T12:30:00Z",
        place="Online",
        by=lekstroom.officer,
        organisation=lekstroom.organisations["nieuwegein"],
    )
    stops.add_cases(row, [on_it], by=lekstroom.officer)
    return row


def make_stop_of_region(lekstroom, *on_it: Case) -> Stop:
    """Planned by the coordinator of the region; the gemeente put dossiers on it."""
    region = lekstroom.organisations["regio"]
    row = Stop.objects.create(
        region=region, starts_at="2026-12-11T12:30:00Z", place="Stadhuis", by=lekstroom.region, organisation=region
    )
    stops.add_cases(row, on_it, by=lekstroom.officer)
    return row


def make_reviews(lekstroom, case: Case) -> None:
    """An escalation in each state that waits for somebody, of three samenwerkingsverbanden in one dossier."""
    coordinator, officer = lekstroom.coordinator, lekstroom.officer
    for n, act in enumerate(
        (
            None,
            lambda row, by: reviews.ask_back(row, by=by, question="Wat vindt de jeugdarts?"),
            lambda row, by: reviews.accept(row, by=by, owner=by, due_on=date(2026, 12, 4), lead=True),
        )
    ):
        verband = lekstroom.organisations["verband"]
        if n:
            verband = Organisation.objects.create(kind="samenwerkingsverband", name=f"Verband {n}", code=f"VO991{n}")
            Membership.objects.create(
                user=coordinator, organisation=verband, role="coordinator", valid_from=world.START
            )
            world.involve(case, verband, since=TODAY)
        row = Review(
            case=case,
            from_organisation=lekstroom.organisations["nieuwegein"],
            to_organisation=verband,
            question="Is er een plek met weinig prikkels?",
            tried="Drie gesprekken, een opbouwrooster.",
            step=case.steps.filter(stopped_on=None, planned_on__lte=TODAY).last(),
        )
        reviews.propose(row, by=officer)
        if act:
            act(row, User.objects.get(pk=coordinator.pk))  # as after signing in again, with the membership of just now


def make_claims(lekstroom, case: Case) -> None:
    """One that waits with something missing, one that was decided, with an objection; and two steps of a boa."""
    about = {"case": case, "received_on": date(2026, 11, 2), "first_day": date(2026, 11, 30), "by": lekstroom.officer}
    claims.save_claim(ExemptionClaim(ground="art-5a", treats=True, **about), by=lekstroom.officer)
    claims.save_claim(ExemptionClaim(ground="art-3a", **about), by=lekstroom.officer)
    row = case.claims.get(ground="art-3a")
    row.case = case
    claims.judge(row, "afgewezen", by=lekstroom.officer, because="Nog geen 14 jaar.")
    claims.object_to(row, by=lekstroom.officer, on=TODAY, outcome="")
    for kind, fields in (
        ("waarschuwing", {}),
        ("pv", {"about": "ouders", "heard_on": TODAY, "convicted_before": True, **PV_DAYS}),
    ):
        step = EnforcementStep(
            case=case,
            kind=kind,
            on=TODAY,
            because="Na twee gesprekken.",
            by=lekstroom.boa,
            organisation=lekstroom.organisations["nieuwegein"],
            **fields,
        )
        enforcement.save_step(step, by=lekstroom.boa)


def make_decisions(lekstroom, case: Case) -> None:
    """One that was signed, with what was passed, and a next one in preparation with rows of each kind."""
    besluit.mandate(lekstroom, "geld")
    build_up = [{"from": "2027-01-11", "hours": "12"}]
    row = besluit.a_request(case, lekstroom, scopes=["geld"])
    besluit.fill(row, lekstroom, bridge="Les thuis.", funding="School", build_up=build_up)
    decisions.save_row(besluit.party(row, disagrees=True), by=lekstroom.officer)
    condition = DecisionCondition(
        decision=row, kind="vervoer", what="busje", person="Leerplein", due_on=date(2026, 12, 1)
    )
    decisions.save_row(condition, by=lekstroom.officer)
    decisions.present(row, by=lekstroom.officer)
    missing = [c.code for c in checks_of(row, TODAY) if c.blocking and not c.met]
    signing.sign(row, by=lekstroom.holder, passed=dict.fromkeys(missing, "Alle partijen zijn apart gehoord."))
    told = DecisionTold(decision=row, on=TODAY, teller="M. Officier", how="op school")
    telling.tell(told, by=lekstroom.officer)
    again = besluit.a_request(case, lekstroom, scopes=["geld"])
    decisions.save_row(besluit.party(again, who="kind", name=""), by=lekstroom.officer)
