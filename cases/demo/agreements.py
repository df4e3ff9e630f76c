"""What the demonstration region agreed: convenant, mandaten with a gap, actiepunten and a stappenplan."""

from datetime import date, timedelta

from cases.agreements import acts as agreements
from cases.agreements.models import ActionPoint, Covenant, Mandate, Signature
from cases.ladders import acts as ladders
from cases.steps.models import Ladder
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.roles import Role
from thuiszitters.core.people.users import User

SIGNERS = (
    ("Gemeente Nieuwegein", "W. van Rijn", "wethouder"),
    ("Gemeente Houten", "A. de Boer", "wethouder"),
    ("Samenwerkingsverband De Verbinding", "H. Besluit", "directeur"),
)
POINTS = (
    ("Bellen na drie dagen", "preventie", "Elke school belt ouders na drie dagen.", 40),
    ("Twee plekken in een onderwijs-zorgklas", "passende plek", "Met jeugdhulp en school.", 90),
    ("Samen kijken bij een beroep op art. 5 onder a", "minder vrijstellingen", "Jeugdarts en verband lezen mee.", -6),
)


def build_agreements(today: date, since: date) -> None:
    """Made along the services, as the regional coordinator would. For zorg and geld nobody is named: gaps show."""
    region = Organisation.objects.get(kind="regio", code="LEK")
    verband = Organisation.objects.get(kind="samenwerkingsverband", code="VO9901")
    by = User.objects.get(memberships__organisation=region, memberships__role=Role.REGIO)
    covenant = Covenant(region=region, title="Convenant thuiszitters Lekstroom", signed_on=since, valid_from=since)
    agreements.save_covenant(covenant, [verband, *Organisation.objects.filter(kind="gemeente")[:5]], by=by)
    for organisation, name, function in SIGNERS:
        row = Signature(covenant=covenant, organisation=organisation, name=name, function=function, signed_on=since)
        agreements.add_signature(row, by=by)
    holder = User.objects.get(memberships__organisation=verband, memberships__role=Role.HOUDER)
    for scope in (Mandate.Scope.EDUCATION, Mandate.Scope.TRANSPORT):
        mandate = Mandate(
            region=region,
            covenant=covenant,
            organisation=verband,
            person=holder,
            scope=scope,
            valid_from=since,
            source="Convenant, artikel 6",
        )
        agreements.add_mandate(mandate, by=by)
    for title, goal, what, days in POINTS:
        point = ActionPoint(
            region=region,
            title=title,
            goal=goal,
            what=what,
            lead=verband,
            lead_name="C. Verbinder",
            due_on=today + timedelta(days=days),
        )
        agreements.save_action_point(point, by=by)
    _next_ladder(region, today, by)


def _next_ladder(region: Organisation, today: date, by: User) -> None:
    """The default with a shorter MDO, from the first of January on; nothing changes for who is at home now."""
    row = Ladder(region=region, valid_from=date(today.year + 1, 1, 1), source="Kerngroep, overleg van deze maand")
    ladders.start_draft(row, by=by)
    rung = row.rungs.get(position=3)
    rung.ladder, rung.term_amount = row, 5
    ladders.save_rung(rung, 3, by=by)
    ladders.agree(row, confirmed=False, by=by)
