"""What the demonstration region agreed. For care and money nobody may decide yet, so that a gap shows."""

from datetime import date, timedelta

from django.utils import timezone

from cases.ladder import Count, Span
from cases.models import ActionPoint, Covenant, Ladder, LadderRung, Mandate, Signature
from cases.services.ladders import row_of, rungs_of
from thuiszitters.core.models import Organisation, User

TITLE = "Convenant thuiszitters Lekstroom"
CHANGED, SHARPER = 5, Span(1, Count.WEEKS)  # the doorbraakoverleg takes one week and not two
SIGNED = (
    ("Gemeente Nieuwegein", "Wim Wethouder", "wethouder onderwijs"),
    ("Gemeente Houten", "Hilde Houtman", "wethouder jeugd"),
    ("Samenwerkingsverband De Verbinding", "Bob Bestuur", "directeur-bestuurder"),
)
POINTS = (
    ("Spreekuur van de jeugdarts op elke school", "preventie", "loopt", 45),
    ("Plekken met zorg en onderwijs onder één dak", "passende plek", "open", 120),
    ("Elke vrijstelling na een jaar opnieuw bekijken", "minder vrijstellingen", "loopt", -10),
)


def build_agreements(region: Organisation, since: date) -> None:
    """Can run twice."""
    if Covenant.objects.filter(region=region).exists():
        return
    verband = Organisation.objects.get(kind="samenwerkingsverband", code="VO9901")
    covenant = Covenant.objects.create(
        region=region, title=TITLE, signed_on=since, valid_from=since, other_parties="GGD regio Lekstroom"
    )
    covenant.parties.set(Organisation.objects.filter(linked_by__organisation=region))
    for organisation, name, function in SIGNED:
        Signature.objects.create(
            covenant=covenant, organisation=organisation, name=name, function=function, signed_on=since
        )
    holder = User.objects.get(email="houder@voorbeeld.test")
    for scope in (Mandate.Scope.EDUCATION, Mandate.Scope.TRANSPORT):
        Mandate.objects.create(
            region=region, covenant=covenant, organisation=verband, person=holder, scope=scope, valid_from=since,
            source=f"{TITLE}, artikel 4",
        )  # fmt: skip
    _ladder(region, since)
    for title, goal, state, days in POINTS:
        due = timezone.localdate() + timedelta(days=days)
        ActionPoint.objects.create(
            region=region, title=title, goal=goal, state=state, lead=verband, lead_name="Coen Verbinder", due_on=due
        )


def _ladder(region: Organisation, since: date) -> None:
    """The national default with one term changed."""
    ladder = Ladder.objects.create(region=region, valid_from=since, source=f"{TITLE}, bijlage 1")
    rows = [row_of(ladder, rung) for rung in rungs_of(None)]
    rows[CHANGED].term_amount, rows[CHANGED].term_count = SHARPER.amount, SHARPER.count.value
    LadderRung.objects.bulk_create(rows)
