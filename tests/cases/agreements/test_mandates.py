"""Doorzettingsmacht: who holds it on a day, for what nobody does, and who may sign."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from cases.agreements import acts as agreements
from cases.agreements.mandates import Held, Scope, gaps_on, holders_on
from cases.agreements.models import Mandate
from cases.dossier.access import NotAllowed
from cases.dossier.rules import NotNow
from thuiszitters.core.log.models import AuditEvent
from thuiszitters.core.people.organisations import Membership, OrganisationLink
from thuiszitters.core.people.roles import Role
from thuiszitters.core.people.users import User

TODAY = date(2026, 11, 20)
ALL = ["onderwijs", "zorg", "vervoer", "geld"]


def may_sign(user, gemeente: str, on: date, scopes) -> bool:
    """Whether this user holds a mandate for each of the scopes: what a signature asks, apart from the dossier."""
    return bool(scopes) and set(scopes) <= Held(user, on).of(gemeente).keys()


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.fixture
def deputy(lekstroom) -> User:
    user = User.objects.create_user("deputy@voorbeeld.test", "x", first_name="Vera", last_name="Vervanger")
    Membership.objects.create(
        user=user, organisation=lekstroom.organisations["verband"], role=Role.HOUDER, valid_from=date(2020, 8, 1)
    )
    return user


@pytest.fixture
def mandate(lekstroom, friday):
    """`mandate(scope, since, until)`: one of Hans Houder at the verband; not saved."""

    def make(scope="onderwijs", since="2026-01-01", until=None, **fields) -> Mandate:
        about = {
            "region": lekstroom.organisations["regio"],
            "organisation": lekstroom.organisations["verband"],
            "person": lekstroom.holder,
            "source": "convenant, artikel 4",
        }
        return Mandate(scope=scope, valid_from=day(since), valid_until=day(until), **(about | fields))

    return make


@pytest.mark.parametrize(
    ("on", "held", "gaps"),
    [
        ("2025-12-31", [], ALL),
        ("2026-01-01", ["onderwijs"], ["zorg", "vervoer", "geld"]),
        ("2026-03-01", ["onderwijs", "vervoer"], ["zorg", "geld"]),
        ("2026-06-30", ["onderwijs", "vervoer"], ["zorg", "geld"]),
        ("2026-07-01", ["onderwijs"], ["zorg", "vervoer", "geld"]),
    ],
)
def test_who_holds_what_on_a_day(lekstroom, mandate, on, held, gaps):
    mandate("onderwijs").save()
    mandate("vervoer", "2026-03-01", "2026-06-30").save()
    region = lekstroom.organisations["regio"].pk
    found = holders_on(region, day(on))
    assert list(found) == ALL
    assert [scope for scope, rows in found.items() if rows] == held
    assert gaps_on(region, day(on)) == gaps
    assert gaps_on(lekstroom.organisations["regio_elders"].pk, day(on)) == ALL


def test_a_holder_who_left_leaves_a_gap(lekstroom, mandate):
    mandate("onderwijs").save()
    role = Membership.objects.get(user=lekstroom.holder)
    role.valid_until = TODAY
    role.save()
    region = lekstroom.organisations["regio"].pk
    assert "onderwijs" not in gaps_on(region, TODAY)
    assert "onderwijs" in gaps_on(region, TODAY + timedelta(days=1))


# who, gemeente, day, scopes: the holder has onderwijs all year and vervoer until July, with a deputy.
SIGNING = [
    ("holder", "0356", "2026-03-01", {"onderwijs"}, True),
    ("holder", "0356", "2026-03-01", {"onderwijs", "vervoer"}, True),
    ("holder", "0321", "2026-03-01", {"onderwijs"}, True),
    ("holder", "0356", "2026-07-01", {"onderwijs", "vervoer"}, False),
    ("holder", "0356", "2026-03-01", {"onderwijs", "zorg"}, False),
    ("holder", "0356", "2025-12-31", {"onderwijs"}, False),
    ("holder", "0193", "2026-03-01", {"onderwijs"}, False),
    ("holder", "0356", "2026-03-01", set(), False),
    ("deputy", "0356", "2026-03-01", {"onderwijs"}, True),
    ("deputy", "0356", "2026-03-01", {"vervoer"}, False),
    ("officer", "0356", "2026-03-01", {"onderwijs"}, False),
    ("region", "0356", "2026-03-01", {"onderwijs"}, False),
    ("stranger", "0193", "2026-03-01", {"onderwijs"}, False),
]


@pytest.mark.parametrize(("who", "gemeente", "on", "scopes", "may"), SIGNING)
def test_who_may_sign(lekstroom, mandate, deputy, who, gemeente, on, scopes, may):
    mandate("onderwijs", deputy=deputy).save()
    mandate("vervoer", "2026-01-01", "2026-06-30").save()
    user = deputy if who == "deputy" else lekstroom.users[who]
    assert may_sign(user, gemeente, day(on), scopes) is may


def test_who_lost_the_role_or_the_account_signs_no_more(lekstroom, mandate, deputy):
    mandate("onderwijs", deputy=deputy).save()
    Membership.objects.filter(user=lekstroom.holder).update(valid_until=date(2026, 11, 19))
    User.objects.filter(pk=deputy.pk).update(is_active=False)
    deputy.refresh_from_db()
    assert not may_sign(lekstroom.holder, "0356", TODAY, ["onderwijs"])
    assert not may_sign(deputy, "0356", TODAY, ["onderwijs"])


def test_the_region_is_that_of_the_gemeente_on_that_day(lekstroom, mandate):
    mandate("onderwijs").save()
    OrganisationLink.objects.filter(other__code="0356", kind="has_member").update(valid_until=date(2026, 10, 31))
    assert may_sign(lekstroom.holder, "0356", date(2026, 10, 31), ["onderwijs"])
    assert not may_sign(lekstroom.holder, "0356", date(2026, 11, 1), ["onderwijs"])


# What stands there is 2026-03-01 until 2026-06-30 for onderwijs.
OVERLAPS = [
    ("onderwijs", "2026-01-01", "2026-02-28", True),
    ("onderwijs", "2026-01-01", "2026-03-01", False),
    ("onderwijs", "2026-01-01", None, False),
    ("onderwijs", "2026-04-01", "2026-05-01", False),
    ("onderwijs", "2026-06-30", None, False),
    ("onderwijs", "2026-07-01", None, True),
    ("zorg", "2026-04-01", None, True),
]


@pytest.mark.parametrize(("scope", "since", "until", "fine"), OVERLAPS)
def test_no_two_holders_of_a_scope_on_one_day(lekstroom, mandate, scope, since, until, fine):
    agreements.add_mandate(mandate("onderwijs", "2026-03-01", "2026-06-30"), by=lekstroom.region)
    new = mandate(scope, since, until)
    if fine:
        agreements.add_mandate(new, by=lekstroom.region)
        assert Mandate.objects.count() == 2
    else:
        with pytest.raises(NotNow, match="Voor onderwijs is al iemand aangewezen: Hans Houder, vanaf 01-03-2026"):
            agreements.add_mandate(new, by=lekstroom.region)
        assert Mandate.objects.count() == 1


def test_another_region_has_its_own_holder(lekstroom, mandate):
    agreements.add_mandate(mandate(), by=lekstroom.region)
    elsewhere = mandate(region=lekstroom.organisations["regio_elders"])
    with pytest.raises(NotAllowed):
        agreements.add_mandate(elsewhere, by=lekstroom.region)
    agreements.add_mandate(elsewhere, by=lekstroom.region_elsewhere)
    assert Mandate.objects.count() == 2


def test_the_database_refuses_two_open_mandates_and_a_deputy_who_is_the_holder(lekstroom, mandate):
    mandate().save()
    for wrong in (
        mandate(since="2027-01-01"),
        mandate("zorg", deputy=lekstroom.holder),
        mandate("geld", "2026-02-02", "2026-02-01"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong.save()


def test_only_a_holder_of_that_organisation_is_appointed(lekstroom, mandate, deputy):
    wrong = [
        mandate(person=lekstroom.coordinator),
        mandate(organisation=lekstroom.organisations["nieuwegein"]),
        mandate(deputy=lekstroom.officer),
    ]
    for row in wrong:
        with pytest.raises(NotNow, match="rol van houder"):
            agreements.add_mandate(row, by=lekstroom.region)
    agreements.add_mandate(mandate(deputy=deputy), by=lekstroom.region)


@pytest.mark.parametrize(
    ("last_day", "sentence"),
    [
        ("2025-12-31", "voor de begindatum"),
        ("2026-11-18", "gisteren zijn of later"),
        ("2027-06-01", "eindigt al eerder"),
        ("2026-11-19", ""),
        ("2026-12-31", ""),
    ],
)
def test_a_mandate_ends_early_and_keeps_its_history(lekstroom, mandate, last_day, sentence):
    row = mandate(until="2027-01-31")
    row.save()
    if sentence:
        with pytest.raises(NotNow, match=sentence):
            agreements.end(row, day(last_day), by=lekstroom.region)
        assert Mandate.objects.get().valid_until == date(2027, 1, 31)
        return
    agreements.end(row, day(last_day), by=lekstroom.region)
    assert Mandate.objects.get().valid_until == day(last_day)
    assert [h.valid_until for h in row.history.all()] == [day(last_day), date(2027, 1, 31)]
    assert AuditEvent.objects.latest("pk").action == "agreement_ended"


def test_of_two_who_end_it_the_second_is_told(lekstroom, mandate):
    row = mandate()
    row.save()
    read_before = Mandate.objects.get()
    agreements.end(row, date(2026, 12, 31), by=lekstroom.region)
    with pytest.raises(NotNow, match="intussen aangepast"):
        agreements.end(read_before, date(2027, 12, 31), by=lekstroom.region)


def test_what_held_is_not_taken_away_and_what_has_not_begun_is(lekstroom, mandate):
    held, later = mandate(), mandate("zorg", "2026-11-21")
    held.save()
    later.save()
    with pytest.raises(NotNow, match="geldt al"):
        agreements.withdraw(held, by=lekstroom.region)
    agreements.withdraw(later, by=lekstroom.region)
    assert Mandate.objects.get() == held
    assert Mandate.history.filter(scope="zorg", history_type="-").exists()


def test_every_scope_has_a_word():
    assert [s.value for s in Scope] == ALL == [s.label for s in Scope]
