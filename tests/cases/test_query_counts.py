"""No page costs more queries with more rows."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cases.agreements.models import ActionPoint, Covenant, Mandate, RegionTerm
from cases.barriers.models import Barrier
from cases.decisions.models import Decision
from cases.disputes.models import Dispute
from cases.dossier.models import Task
from cases.offers.models import Offer, OfferChange
from cases.sharing.models import Referral
from cases.steps.models import Ladder
from cases.work.models import Contact, Note
from leerplicht.models import Exemption, Guardian, RejectedLine
from tests import world
from thuiszitters.core.log.seals import seal_log
from thuiszitters.core.sealed.secrets import seal

# How many there are does not depend on the database.
pytestmark = pytest.mark.once


def queries(client, path: str, data=None) -> int:
    seal_log()  # the page of the controller does what a worker did not get to yet
    with CaptureQueriesContext(connection) as caught:
        response = client.post(path, data) if data else client.get(path)
    assert response.status_code == 200, path
    # Releasing and setting savepoints is bookkeeping of the transaction, not reading.
    return sum("SAVEPOINT" not in q["sql"] for q in caught.captured_queries)


def grow(lekstroom, friday, count: int) -> None:
    """More dossiers, waiting reports and refused lines, each with an own child and handler."""
    school, nieuwegein = lekstroom.schools["99AA00"], lekstroom.organisations["nieuwegein"]
    people = [lekstroom.officer, lekstroom.leader]
    full = [world.report(world.pupil(last_name="Jansen"), school) for _ in range(count)]
    other = [world.report(r.pupil, school, all_lessons=False, kind="L") for r in full]
    world.take_in(full + other, today=friday)
    for n, report in enumerate(full):
        case = report.intake.case
        type(case).objects.filter(pk=case.pk).update(handler=people[n % 2])
        Task.objects.create(case=case, title="Bel", due_on=friday, owner=people[n % 2])
        world.involve(case, lekstroom.organisations["verband"])
        Exemption.objects.create(pupil=case.pupil, article="art_5_onder_b", first_day=friday, last_day="2027-07-31")
        Decision.objects.create(
            number=case.number,
            case=case,
            asked_by=people[0],
            trigger="x",
            question="x",
            scopes=["vervoer"],
            organisation=nieuwegein,
            asked_on=friday,
            state="voorgelegd",
            presented_by=people[0],
            presented_at="2026-11-19T12:00:00Z",
            kind="VSO",
            hours_start=6,
            hours_full=24,
        )
        Referral.objects.create(
            case=case,
            kind="verwijzing",
            from_municipality=case.municipality,
            from_organisation=nieuwegein,
            to_organisation=lekstroom.organisations["verband"],
            question="Doet u mee?",
            asked_by=people[0],
        )
    _agreed(lekstroom, friday, count)
    RejectedLine.objects.bulk_create(
        RejectedLine(file_name="f", organisation=nieuwegein, line=n, field="brin", reason="leeg", sealed_row=seal("{}"))
        for n in range(count)
    )


def _agreed(lekstroom, friday, count: int) -> None:
    """More of everything that a region agrees."""
    region, verband = lekstroom.organisations["regio"], lekstroom.organisations["verband"]
    first = Covenant.objects.filter(region=region).count()
    for day in (friday + timedelta(days=first + n) for n in range(count)):
        about = {"region": region, "valid_from": day}
        covenant = Covenant.objects.create(title="Convenant", **about)
        Ladder.objects.create(source="x", valid_until=day, **about)
        RegionTerm.objects.create(code="8-weken", amount=8, unit="weeks", warn_days=1, source="x", **about)
        Mandate.objects.create(
            scope="zorg",
            valid_until=day,
            covenant=covenant,
            organisation=verband,
            person=lekstroom.holder,
            source="x",
            **about,
        )
        ActionPoint.objects.create(region=region, title="x", goal="preventie", lead=verband, due_on=day)


@pytest.mark.parametrize(
    ("who", "path", "data"),
    [
        ("officer", "/werkvoorraad/?lijst=alle", None),
        ("coordinator", "/werkvoorraad/?lijst=alle", None),
        ("officer", "/vandaag/", None),
        ("coordinator", "/vandaag/", None),
        ("officer", "/werkvoorraad/export.csv", None),
        ("officer", "/meldingen/?stand=", None),
        ("officer", "/meldingen/?stand=wacht", None),
        ("officer", "/zoeken/", {"q": "jansen"}),
        ("officer", "/vrijstellingen/", None),
        ("officer", "/meldingen/afgekeurd/", None),
        ("region", "/regio/", None),
        ("region", "/regio/besluiten/", None),
        ("holder", "/besluiten/", None),
        ("holder", "/vandaag/", None),
        ("region", "/regio/afspraken/", None),
        ("region", "/regio/actiepunten/", None),
        ("controller", "/inzagelogboek/", None),
        ("controller", "/inzagelogboek/opvallend/", None),
        ("coordinator", "/verzoeken/", None),
    ],
)
def test_a_list_costs_as_much_with_60_rows_as_with_5(lekstroom, friday, as_user, who, path, data):
    grow(lekstroom, friday, 5)
    client = as_user(who)
    queries(client, path, data)
    few = queries(client, path, data)
    grow(lekstroom, friday, 55)
    assert queries(client, path, data) == few


@pytest.mark.parametrize("who", ["officer", "coordinator"])
def test_the_dossier_costs_as_much_with_60_events_as_with_3(shared_case, lekstroom, as_user, who):
    path, by = f"/dossiers/{shared_case.number}/?alles=1", lekstroom.officer
    own = {"case": shared_case, "by": by, "organisation": lekstroom.organisations["nieuwegein"]}

    def more(count):
        for n in range(count):
            guardian = Guardian.objects.create(pupil=shared_case.pupil, name=f"Ouder {n}", relation="moeder")
            Contact.objects.create(on="2026-11-01", who="ouder", channel="telefoon", guardian=guardian, **own)
            Note.objects.create(text="x", shared=bool(n % 2), **own)
            Task.objects.create(case=shared_case, title="Bel", due_on="2026-12-01", owner=by)
            world.report(shared_case.pupil, lekstroom.schools["99AA00"])
            asked = own | {"asked_on": "2026-11-02"}
            Dispute.objects.create(
                route="klacht", by_whom="ouders", started_on="2026-11-02", outcome="gegrond", outcome_on="2026-11-19",
                ended_by=by, about_sealed=seal("x"), **own,
            )  # fmt: skip
            Barrier.objects.create(kind="plek", what="x", owner=own["organisation"], **asked)
            offer = Offer.objects.create(kind="VSO", provider=f"Plek {n}", hours_start=6, hours_full=24, **asked)
            OfferChange.objects.create(offer=offer, target="gevraagd", on="2026-11-02", by=by)

    client = as_user(who)
    more(3)
    client.get(path)
    few = queries(client, path)
    more(57)
    assert queries(client, path) == few
