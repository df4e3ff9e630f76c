"""What a region agreed: seen and edited by its own coordinator, by nobody else; nothing that held is changed."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from cases.agreements.models import ActionPoint, Covenant, CovenantFile, Mandate, RegionTerm, Signature
from cases.steps.models import Ladder
from tests import world
from tests.cases.test_hostile_forms import HOSTILE, send
from thuiszitters.core.log.models import AuditEvent
from thuiszitters.core.people.organisations import Membership

HOME = "/regio/afspraken/"
OTHERS = ("officer", "leader", "coordinator", "holder", "teacher", "stranger", "admin", "controller")
TERM = {"replaces": "", "amount": "8", "unit": "weeks", "warn_days": "10", "valid_from": "2026-12-01", "source": "x"}
COVENANT = {
    "title": "Convenant Lekstroom",
    "other_parties": "Jeugdhulp Zuid",
    "signed_on": "2026-01-10",
    "valid_from": "2026-01-10",
    "valid_until": "",
}
SIGNED = {"organisation": "Gemeente Houten", "name": "Wim Wit", "function": "wethouder", "signed_on": "2026-01-10"}


@pytest.fixture
def regio(lekstroom, friday):
    return lekstroom.organisations["regio"]


@pytest.fixture
def covenant(regio) -> Covenant:
    return Covenant.objects.create(region=regio, title="Convenant", valid_from=date(2026, 1, 1))


@pytest.fixture
def point(regio, lekstroom) -> ActionPoint:
    return ActionPoint.objects.create(
        region=regio,
        title="Jeugdarts",
        goal="preventie",
        lead=lekstroom.organisations["verband"],
        due_on=date(2026, 11, 1),
    )


def mandate_form(lekstroom, **changed) -> dict:
    role = Membership.objects.get(user=lekstroom.holder)
    return {
        "scope": "onderwijs",
        "holder": role.pk,
        "stand_in": "",
        "valid_from": "2026-11-01",
        "valid_until": "",
        "covenant": "",
        "source": "artikel 4",
    } | changed


def point_form(lekstroom, **changed) -> dict:
    return {
        "title": "Jeugdarts op school",
        "what": "Een spreekuur",
        "goal": "preventie",
        "state": "open",
        "lead": lekstroom.organisations["verband"].pk,
        "lead_name": "Coen",
        "due_on": "2027-01-01",
        "version": "1",
    } | changed


class TestOverview:
    def test_says_what_is_missing_and_what_then_is_there(self, as_user, lekstroom, regio):
        client = as_user("region")
        page = client.get(HOME).content.decode()
        for scope in ("onderwijs", "zorg", "vervoer", "geld"):
            assert f"Voor {scope} is nu geen houder van doorzettingsmacht." in page
        assert "geen eigen stappenplan" in page and "nog geen convenant" in page
        client.post(f"{HOME}mandaat/", mandate_form(lekstroom))
        client.post(f"{HOME}convenant/", COVENANT)
        Ladder.objects.create(region=regio, valid_from=date(2026, 1, 1), source="x")
        page = client.get(HOME).content.decode()
        assert "Voor onderwijs is nu geen" not in page and "Voor zorg is nu geen" in page
        assert "geen eigen stappenplan" not in page and "nog geen convenant" not in page
        assert "Hans Houder" in page and "Convenant Lekstroom" in page and "geldt nu" in page

    def test_is_not_for_another_role(self, as_user, regio):
        for who in OTHERS:
            assert as_user(who).get(HOME).status_code == 403, who

    def test_shows_nothing_of_another_region(self, as_user, lekstroom, covenant, point):
        page = as_user("region_elsewhere").get(HOME).content.decode()
        assert "Regio Elders" in page and "Convenant</a>" not in page and "<b>6 weken" not in page
        assert "Jeugdarts" not in as_user("region_elsewhere").get("/regio/actiepunten/").content.decode()

    def test_a_row_of_another_region_is_not_there(self, as_user, covenant, point):
        client, term = as_user("region_elsewhere"), RegionTerm.objects.get()
        for path in (
            f"{HOME}convenant/{covenant.pk}/",
            f"{HOME}convenant/{covenant.pk}/convenant.pdf",
            f"{HOME}convenant/{covenant.pk}/wijzigen/",
            f"{HOME}termijn/{term.pk}/einde/",
            f"/regio/actiepunten/{point.pk}/",
            f"/regio/actiepunten/{point.pk}/klaar/",
        ):
            assert client.get(path).status_code == 404, path
            event = AuditEvent.objects.latest("pk")
            assert (event.action, event.result) == ("refused", "geweigerd")
        assert client.post(f"{HOME}termijn/{term.pk}/einde/", {"last_day": "2026-12-31"}).status_code == 404
        assert RegionTerm.objects.get().valid_until is None

    def test_the_way_there_stands_on_the_page_of_the_region(self, as_user, regio):
        assert f'href="{HOME}"' in as_user("region").get("/regio/").content.decode()


class TestTerms:
    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            ({"valid_from": "2026-11-19"}, "Kies vandaag of een latere dag"),
            ({"amount": "0"}, "Een termijn van 0 kan niet"),
            ({"amount": "6"}, "geldt al vanaf 01-08-2020"),
            ({"amount": "3", "unit": "months"}, "geldt al in het hele land"),
            ({"amount": "4", "unit": "lesson_weeks"}, "geldt al in het hele land"),
            ({"amount": ""}, "Vul dit in"),
            ({"warn_days": "900"}, "Hoogstens 365"),
            ({"valid_from": "31-02-2027"}, "datum in die bestaat"),
        ],
    )
    def test_a_wrong_one_comes_back_with_a_sentence(self, as_user, regio, wrong, sentence):
        answer = as_user("region").post(f"{HOME}termijn/", TERM | wrong)
        assert answer.status_code == 422 and sentence in answer.content.decode()
        assert RegionTerm.objects.count() == 1

    def test_a_new_one_ends_what_it_replaces_the_day_before(self, as_user, regio):
        old = RegionTerm.objects.get()
        assert as_user("region").post(f"{HOME}termijn/", TERM | {"replaces": old.pk}).status_code == 302
        old.refresh_from_db()
        new = RegionTerm.objects.exclude(pk=old.pk).get()
        assert old.valid_until == date(2026, 11, 30) and old.amount == 6
        assert (new.code, new.amount, new.region) == ("8-weken", 8, regio)
        assert old.history.count() == 2

    def test_four_calendar_weeks_are_not_those_of_the_law(self, as_user, regio):
        assert as_user("region").post(f"{HOME}termijn/", TERM | {"amount": "4"}).status_code == 302
        assert RegionTerm.objects.filter(code="4-kalenderweken", unit="weeks").exists()

    def test_one_that_held_ends_and_one_to_come_is_taken_away(self, as_user, regio):
        client, held = as_user("region"), RegionTerm.objects.get()
        client.post(f"{HOME}termijn/", TERM)
        coming = RegionTerm.objects.exclude(pk=held.pk).get()
        assert client.post(f"{HOME}termijn/{held.pk}/einde/", {"last_day": "2026-10-01"}).status_code == 422
        assert client.post(f"{HOME}termijn/{held.pk}/einde/", {"last_day": "2026-12-31"}).status_code == 302
        assert client.post(f"{HOME}termijn/{coming.pk}/einde/", {"csrfmiddlewaretoken": "x"}).status_code == 302
        assert RegionTerm.objects.get().valid_until == date(2026, 12, 31)


class TestMandateForm:
    def test_offers_only_holders_of_the_own_region(self, as_user, lekstroom, regio):
        elsewhere = Membership.objects.create(
            user=lekstroom.partner_elsewhere,
            role="houder",
            valid_from=world.START,
            organisation=lekstroom.organisations["verband_elders"],
        )
        client = as_user("region")
        offered = client.get(f"{HOME}mandaat/").context["form"].fields["holder"].queryset
        assert [m.user for m in offered] == [lekstroom.holder]
        for who in (elsewhere.pk, Membership.objects.get(user=lekstroom.officer).pk):
            answer = client.post(f"{HOME}mandaat/", mandate_form(lekstroom, holder=who))
            assert answer.status_code == 422 and "holder" in answer.context["form"].errors
        assert not Mandate.objects.exists()

    @pytest.mark.parametrize("field", ["holder", "stand_in"])
    def test_the_deputy_is_another_than_the_holder(self, as_user, lekstroom, regio, field):
        role = Membership.objects.get(user=lekstroom.holder)
        answer = as_user("region").post(f"{HOME}mandaat/", mandate_form(lekstroom, stand_in=role.pk))
        assert "De vervanger is een ander dan de houder." in answer.content.decode()

    def test_a_second_holder_is_refused_with_the_name_of_the_first(self, as_user, lekstroom, regio):
        client = as_user("region")
        assert client.post(f"{HOME}mandaat/", mandate_form(lekstroom)).status_code == 302
        answer = client.post(f"{HOME}mandaat/", mandate_form(lekstroom, valid_from="2027-01-01"))
        assert answer.status_code == 422 and "al iemand aangewezen: Hans Houder" in answer.content.decode()
        assert Mandate.objects.get().organisation == lekstroom.organisations["verband"]

    def test_it_ends_by_the_form(self, as_user, lekstroom, regio):
        client = as_user("region")
        client.post(f"{HOME}mandaat/", mandate_form(lekstroom))
        path = f"{HOME}mandaat/{Mandate.objects.get().pk}/einde/"
        assert client.post(path, {"last_day": "2026-11-30"}).status_code == 302
        assert Mandate.objects.get().valid_until == date(2026, 11, 30)


class TestCovenant:
    def test_is_kept_with_its_parties_and_who_signed(self, as_user, lekstroom, regio):
        client = as_user("region")
        parties = [lekstroom.organisations[k].pk for k in ("nieuwegein", "verband")]
        assert client.post(f"{HOME}convenant/", COVENANT | {"parties": parties}).status_code == 302
        row = Covenant.objects.get()
        client.post(f"{HOME}convenant/{row.pk}/ondertekenaar/", SIGNED)
        page = client.get(f"{HOME}convenant/{row.pk}/").content.decode()
        for words in ("Gemeente Nieuwegein", "Verband De Verbinding", "Jeugdhulp Zuid", "Wim Wit", "wethouder"):
            assert words in page
        signature = Signature.objects.get()
        client.post(f"{HOME}convenant/ondertekenaar/{signature.pk}/weg/", {"x": "1"})
        assert not Signature.objects.exists() and Signature.history.filter(history_type="-").exists()

    @pytest.mark.parametrize(
        ("wrong", "sentence"),
        [
            ({"valid_until": "2025-12-31"}, "De einddatum ligt voor de begindatum."),
            ({"signed_on": "2026-11-21"}, "nog niet geweest"),
            ({"title": ""}, "Vul dit in"),
        ],
    )
    def test_a_wrong_one_comes_back(self, as_user, regio, wrong, sentence):
        answer = as_user("region").post(f"{HOME}convenant/", COVENANT | wrong)
        assert answer.status_code == 422 and sentence in answer.content.decode()
        assert "Jeugdhulp Zuid" in answer.content.decode()

    def test_a_party_elsewhere_is_not_offered(self, as_user, lekstroom, regio):
        sent = COVENANT | {"parties": [lekstroom.organisations["zwolle"].pk]}
        assert as_user("region").post(f"{HOME}convenant/", sent).status_code == 422

    def test_of_two_who_change_it_the_second_is_told(self, as_user, covenant):
        client, path = as_user("region"), f"{HOME}convenant/{covenant.pk}/wijzigen/"
        assert client.post(path, COVENANT | {"version": "1", "title": "Eerste"}).status_code == 302
        second = client.post(path, COVENANT | {"version": "1", "title": "Tweede"})
        assert second.status_code == 422 and "Tweede" in second.content.decode()
        assert Covenant.objects.get().title == "Eerste"
        assert client.post(path, COVENANT | {"version": "2", "title": "Tweede"}).status_code == 302


class TestFile:
    @pytest.mark.parametrize(
        ("name", "content", "fine"),
        [
            ("convenant.pdf", world.pdf(), True),
            ("convenant", world.pdf(), True),
            ("convenant.pdf", b"<html><script>alert(1)</script></html>", False),
            ("convenant.pdf", b"%PDF-1.7 halverwege gestopt", False),
            ("convenant.pdf", b"MZ" + world.pdf(), False),
            ("convenant.pdf", b"", False),
            ("convenant.pdf", b"%PDF-1.7" + b"0" * (10 * 1024 * 1024) + b"%%EOF", False),
        ],
        ids=["pdf", "any-name", "html", "half", "before", "empty", "large"],
    )
    def test_what_is_in_it_decides(self, as_user, covenant, name, content, fine):
        file = SimpleUploadedFile(name, content, content_type="application/pdf")
        answer = as_user("region").post(f"{HOME}convenant/{covenant.pk}/bestand/", {"file": file})
        assert answer.status_code == (302 if fine else 422)
        assert CovenantFile.objects.count() == fine

    def test_it_comes_back_as_it_was_to_save_only(self, as_user, covenant):
        client, content = as_user("region"), world.pdf()
        assert client.get(f"{HOME}convenant/{covenant.pk}/convenant.pdf").status_code == 404
        for body in (b"%PDF-1.4 oud %%EOF", content):
            client.post(f"{HOME}convenant/{covenant.pk}/bestand/", {"file": SimpleUploadedFile("c.pdf", body)})
        answer = client.get(f"{HOME}convenant/{covenant.pk}/convenant.pdf")
        assert answer.content == content and answer["Content-Type"] == "application/pdf"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Disposition"] == f'attachment; filename="convenant-{covenant.pk}.pdf"'

    @pytest.mark.parametrize("who", ["region_elsewhere", *OTHERS])
    def test_it_is_for_the_own_region_only(self, as_user, lekstroom, covenant, who):
        CovenantFile.objects.create(covenant=covenant, name="c", content=b"x", size=1, added_by=lekstroom.region)
        assert as_user(who).get(f"{HOME}convenant/{covenant.pk}/convenant.pdf").status_code in (403, 404)


class TestActionPoints:
    def test_are_counted_per_goal_and_state(self, as_user, lekstroom, point):
        client = as_user("region")
        client.post("/regio/actiepunten/nieuw/", point_form(lekstroom, goal="passende plek", state="loopt"))
        page = client.get("/regio/actiepunten/")
        counted = {str(r["goal"]): [n for _, n in r["counts"]] for r in page.context["table"]}
        assert counted["preventie"] == [1, 0, 0, 0] and counted["passende plek"] == [0, 1, 0, 0]
        assert "te laat" in page.content.decode()
        only = client.get("/regio/actiepunten/?doel=passende plek").content.decode()
        assert "Jeugdarts op school" in only and "<b>Jeugdarts</b>" not in only

    def test_are_settled_once_with_what_came_of_it(self, as_user, lekstroom, point):
        client, path = as_user("region"), f"/regio/actiepunten/{point.pk}/klaar/"
        assert client.post(path, {"state": "klaar", "result": " "}).status_code == 422
        assert client.post(path, {"state": "open", "result": "x"}).status_code == 422
        assert client.post(path, {"state": "klaar", "result": "Het spreekuur is er"}).status_code == 302
        client.post(path, {"state": "gestopt", "result": "toch niet"})
        client.post(f"/regio/actiepunten/{point.pk}/", point_form(lekstroom, title="Anders"))
        point.refresh_from_db()
        assert (point.state, point.result, point.title) == ("klaar", "Het spreekuur is er", "Jeugdarts")
        assert point.settled_on == date(2026, 11, 20)

    def test_of_two_who_change_one_the_second_is_told(self, as_user, lekstroom, point):
        client, path = as_user("region"), f"/regio/actiepunten/{point.pk}/"
        assert client.post(path, point_form(lekstroom, title="Eerste")).status_code == 302
        assert client.post(path, point_form(lekstroom, title="Tweede")).status_code == 422
        point.refresh_from_db()
        assert (point.title, point.version) == ("Eerste", 2)

    def test_the_database_wants_a_result(self, point):
        for wrong in ({"state": "klaar"}, {"result": "x"}, {"state": "gestopt", "settled_on": date(2026, 1, 1)}):
            with pytest.raises(IntegrityError), transaction.atomic():
                ActionPoint.objects.filter(pk=point.pk).update(**wrong)


def every_form(lekstroom, covenant, point) -> dict[str, dict]:
    draft = Ladder.objects.create(region=covenant.region, valid_from=date(2028, 1, 1), draft=True, source="x")
    rung = {
        "name": "x",
        "trigger": "x",
        "owner": "school",
        "after_amount": "1",
        "after_count": "weken",
        "term_amount": "1",
        "term_count": "weken",
        "actions": "x",
        "place": "0",
        "version": "1",
    }
    dates = {"valid_from": "2027-05-01", "source": "x", "version": "1"}
    return {
        f"{HOME}termijn/": TERM,
        f"{HOME}mandaat/": mandate_form(lekstroom),
        f"{HOME}convenant/": COVENANT | {"parties": [lekstroom.organisations["verband"].pk]},
        f"{HOME}convenant/{covenant.pk}/wijzigen/": COVENANT | {"version": "1"},
        f"{HOME}convenant/{covenant.pk}/ondertekenaar/": SIGNED,
        f"{HOME}stappenplan/": dates,
        f"{HOME}stappenplan/{draft.pk}/wijzigen/": dates,
        f"{HOME}stappenplan/{draft.pk}/stap/": rung,
        f"{HOME}termijn/{RegionTerm.objects.get().pk}/einde/": {"last_day": "2026-12-01"},
        "/regio/actiepunten/nieuw/": point_form(lekstroom),
        f"/regio/actiepunten/{point.pk}/": point_form(lekstroom),
        f"/regio/actiepunten/{point.pk}/klaar/": {"state": "klaar", "result": "x"},
    }


def test_no_value_in_any_field_gives_an_error_of_the_server(as_user, lekstroom, covenant, point):
    client, wrong = as_user("region"), {}
    for path, values in every_form(lekstroom, covenant, point).items():
        assert send(client, path, values) == 302, path
        for name in values:
            for value in HOSTILE:
                status = send(client, path, values | {name: value})
                if not isinstance(status, int) or status >= 500:
                    wrong[path, name, value[:20]] = status
    assert wrong == {}
