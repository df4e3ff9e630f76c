"""What the law asks: reports of a school that typed them itself, claims on an exemption in every state, routes for who
does not agree, and a few steps of a boa in the gemeente in which one works."""

from datetime import date, timedelta

from cases.claims import acts as claims
from cases.claims.models import ExemptionClaim
from cases.demo.children import Children, school_day
from cases.demo.people import gemeente_of
from cases.disputes.acts import end_dispute, save_dispute
from cases.disputes.models import Dispute
from cases.disputes.rules import Outcome, Route
from cases.dossier.models import Case
from cases.dossier.rules import NotNow
from cases.enforcement import acts as enforcement
from cases.enforcement.models import EnforcementStep
from cases.intake.entering import enter_row, new_number
from cases.intake.models import ReportAnswer
from cases.reports.acts import answer_school, answers_read, set_aside_and_tell, withdraw_report
from leerplicht.law.claims import holds_until
from leerplicht.models import AbsenceReport
from leerplicht.services.calendars import calendars_of_pupils
from thuiszitters.core.people.organisations import Membership, Organisation
from thuiszitters.core.people.roles import Role
from thuiszitters.core.people.users import User

EXPERT = {"expert": "Jeugdarts GGD", "expert_kind": "arts", "designated": True}
JUDGED = {
    "geldig": "Alles wat de wet vraagt is er.",
    "niet_geldig": "De verklaring is van de behandelend arts.",
    "afgewezen": "Het plan van de school is nog niet af.",
    "ingetrokken": "Ouders zien ervan af.",
}
CLAIMS = (
    ("art-5a", "", {**EXPERT, "statement_days": 40}),
    ("art-5a", "geldig", {**EXPERT, "statement_days": 20}),
    ("art-5a", "niet_geldig", {**EXPERT, "treats": True, "statement_days": 10}),
    ("art-3a", "afgewezen", {}),
    ("verlof", "", {"days": 4, "granted": 8}),
    ("art-5b", "ingetrokken", {}),
)
STEPS: tuple[tuple[str, dict, bool | None], ...] = (
    ("waarschuwing", {}, None),
    ("halt", {"hours": 16, "late": 3, "youth_agrees": True, "parents_agree": True, "own_choice": True}, True),
    ("pv", {"about": "ouders", "convicted_before": True}, None),
    ("svb", {}, None),
    ("hulp", {}, False),
)
WARNED = "Twee gesprekken en een brief; ouders en jongere kwamen niet."


def take_in_claims(today: date) -> None:
    """The newest dossiers of each gemeente, one claim each, along the service."""
    rows = Case.objects.open().exclude(handler=None).filter(decisions=None).select_related("pupil", "handler")
    for case, (ground, outcome, about) in zip(rows.order_by("-opened_on", "number"), CLAIMS, strict=False):
        fields = dict(about)
        received = max(case.opened_on, today - timedelta(days=12))
        if "days" in fields:
            fields["asked_until"] = _last_of(case, received, fields["days"])
        if "statement_days" in fields:
            fields["statement_on"] = received - timedelta(days=fields.pop("statement_days"))
        row = ExemptionClaim(
            case=case, ground=ground, received_on=received, first_day=received, by=case.handler, **fields
        )
        claims.save_claim(row, by=case.handler)
        if outcome:
            last = holds_until(received) if outcome == "geldig" else None
            claims.judge(
                row,
                outcome,
                by=case.handler,
                because=JUDGED[outcome],
                last_day=last,
                come_back="Een kleine klas, en een begin van een uur per dag.",
            )


# Route, by whom, with whom, about what; what came of it, and in which words.
ROUTES: tuple[tuple[Route, str, str, str, Outcome | None, str], ...] = (
    (
        Route.COMMITTEE,
        Dispute.ByWhom.PARENTS,
        "Geschillencommissie passend onderwijs",
        "De ouders zijn het niet eens met het ontwikkelingsperspectief van de school.",
        None,
        "",
    ),
    (
        Route.CONSULTANT,
        Dispute.ByWhom.PARENTS,
        "M. Terpstra",
        "Hulp bij het overleg tussen ouders en school over een andere plek.",
        Outcome.ADVISED,
        "De consulent adviseert een kleinere klas. Ouders en school bespreken dat in het volgende overleg.",
    ),
    (
        Route.TRANSPORT,
        Dispute.ByWhom.PARENTS,
        "Gemeente, team leerlingenvervoer",
        "Het vervoer naar een school buiten de gemeente is geweigerd.",
        Outcome.SETTLED,
        "Ouders brengen het kind de eerste maand. Daarna rijdt er een busje mee.",
    ),
)


def do_not_agree(today: date) -> None:
    """One route in each of a few dossiers that are open for longest."""
    cases = Case.objects.open().exclude(handler=None).filter(claims=None).select_related("pupil", "handler")
    for case, (route, whom, where, about, outcome, came_of) in zip(
        cases.order_by("opened_on", "number"), ROUTES, strict=False
    ):
        row = Dispute(case=case, route=route, by_whom=whom, addressed_to=where, by=case.handler)
        row.started_on, row.organisation, row.about = case.opened_on, gemeente_of(case), about
        save_dispute(row, by=case.handler)
        if outcome:
            end_dispute(row, outcome=outcome, on=today, came_of=came_of, by=case.handler)


def _last_of(case: Case, first: date, days: int) -> date:
    """The last of so many school days from the first day on."""
    calendar, day = calendars_of_pupils([case.pupil])[case.pupil_id], first
    while calendar.school_days(first, day) < days:
        day += timedelta(days=1)
    return day


def enforce(today: date) -> None:
    """One step of each kind, in the first dossier of the gemeente in which the law allows it."""
    seat = Membership.objects.filter(role=Role.BOA).select_related("user", "organisation").first()
    if not seat:
        return
    cases = list(
        Case.objects.open()
        .filter(municipality=seat.organisation.code, decisions=None, claims=None)
        .select_related("pupil")
        .order_by("number")
    )
    for kind, fields, positive in STEPS:
        _first_that_can(cases, kind, fields, positive, seat, today)


def _first_that_can(cases: list[Case], kind: str, fields: dict, positive: bool | None, seat, today: date) -> None:
    for case in cases:
        on = max(case.opened_on, today - timedelta(days=8))
        heard = {"heard_on": on, "days_from": case.opened_on, "days_until": on} if kind == "pv" else {}
        row = EnforcementStep(
            case=case, kind=kind, on=on, because=WARNED, by=seat.user, organisation=seat.organisation, **fields, **heard
        )
        try:
            enforcement.save_step(row, by=seat.user)
        except NotNow:  # too young, too old
            continue
        cases.remove(case)
        if positive is not None:
            outcome = "De afspraken zijn nagekomen." if positive else "Het hielp niet; een zwaardere route volgt."
            enforcement.end_step(row, by=seat.user, on=today, positive=positive, outcome=outcome)
        return


# Kind, missed hours, what the gemeente answers; the last one was a mistake and is taken back.
TYPED = (
    ("LRV", "", ReportAnswer.What.TAKEN_UP, "Wij spreken de ouders deze week. U hoort maandag meer."),
    ("O", "5", ReportAnswer.What.NO_ACTION, "Wij spraken de ouders. Belt u als het weer gebeurt?"),
    ("O", "6", None, ""),
    ("L", "", None, ""),
)


def report_by_form(children: Children, today: date) -> None:
    """What the school with an account typed itself, and what it heard of it: one answer is still to be read."""
    school = User.objects.get(email="school@voorbeeld.test")
    officer = User.objects.get(email="leerplichtambtenaar@voorbeeld.test")
    place = Organisation.objects.get(memberships__user=school)
    for n, (kind, hours, what, told) in enumerate(TYPED):
        first = school_day(today - timedelta(days=45 - 10 * n), back=True)
        row = {
            "gemeentecode": "0356",
            "brin": place.code[:4],
            "vestiging": place.code[4:],
            "meldingsnummer": new_number(place, today.year),
            "datum_mutatie": f"{min(today, first + timedelta(days=2))} 09:00:00",
            "verzuimsoort": kind,
            "alle_lessen_gemist": "J" if kind == "LRV" else "N",
            "verzuimuren": f"{first}={hours}" if hours else "",
            "melder_naam": str(school),
            "melder_email": school.email,
        }
        report = enter_row(children.report_of(first, row), by=school)
        if report and what == ReportAnswer.What.NO_ACTION:
            set_aside_and_tell(report.intake, because="Een losse dag, al opgelost.", told=told, by=officer)
        elif report and what:
            answer_school(ReportAnswer(intake=report.intake, what=what, text=told, phone="06 000 00 011"), by=officer)
        elif report and n == len(TYPED) - 1:
            withdraw_report(report, because="Het was de verkeerde leerling.", by=school)
    answers_read(AbsenceReport.objects.current().get(intake__answers__what=ReportAnswer.What.NO_ACTION), by=school)
