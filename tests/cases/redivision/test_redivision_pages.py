"""An administrator prepares a herindeling in two steps and sees numbers; an officer chooses for children."""

import html
import re

import pytest
from django.urls import reverse

from cases.nightly import run_due
from cases.redivision import acts
from cases.worklist.waiting import waiting_for
from leerplicht.models import Municipality, Pupil, Redivision
from tests import world
from tests.cases.redivision.conftest import DAY, fresh, gemeente, part
from thuiszitters.core.log.models import AuditEvent

pytestmark = pytest.mark.django_db
NEW, ALL, CHILDREN = reverse("redivision-new"), reverse("redivisions"), reverse("redivision-children")
TYPED = {"old": "0356", "day": "1-1-2027", "code": "1999", "name": "Nieuwstad", "postcodes": "", "others": ""}


def text(answer) -> str:
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


class TestPreparing:
    def test_first_the_numbers_then_yes(self, login, lekstroom, case):
        client = login(lekstroom.admin)
        seen = client.post(NEW, TYPED)
        assert "Nieuwegein gaat op 1 januari 2027 op in: Nieuwstad (1999)" in text(seen)
        assert "open dossiers 1" in text(seen) and case.pupil.last_name not in text(seen)
        assert not Redivision.objects.exists()
        again = client.post(NEW, TYPED | {"terug": "1"})
        assert 'value="Nieuwstad"' in again.content.decode() and "Bekijken wat er meegaat" in text(again)
        done = client.post(NEW, TYPED | {"doen": "1"}, follow=True)
        assert "De herindeling van Nieuwegein staat klaar." in text(done)
        row = Redivision.objects.get()
        assert (row.day, row.state, row.prepared_by) == (DAY, "voorbereid", lekstroom.admin)
        assert AuditEvent.objects.filter(action="redivision_prepared", pupil_ids=[]).exists()

    def test_it_is_withdrawn_with_one_click(self, login, lekstroom, case):
        row = acts.prepare(gemeente("0356"), DAY, [part("1999")], by=lekstroom.admin)
        answer = login(lekstroom.admin).post(reverse("redivision-cancel", args=[row.pk]), follow=True)
        row.refresh_from_db()
        assert row.state == "ingetrokken" and "gaat niet door" in text(answer)

    def test_a_split_over_several(self, login, lekstroom, case):
        others = "0193; ; 3438, 3439\n\n1998;Derdestad;3440"
        login(lekstroom.admin).post(NEW, TYPED | {"postcodes": "3431 3432", "others": others, "doen": "1"})
        parts = Redivision.objects.get().parts.values_list("code", "name", "main", "postcodes")
        assert list(parts) == [
            ("1999", "Nieuwstad", True, ["3431", "3432"]),
            ("1998", "Derdestad", False, ["3440"]),
            ("0193", "Zwolle", False, ["3438", "3439"]),
        ]

    @pytest.mark.parametrize(
        ("change", "sentence"),
        [
            ({"old": ""}, "Maak een keuze."),
            ({"day": "31-2-2027"}, "Vul een datum in die bestaat"),
            ({"day": "1-1-2062"}, "Deze dag ligt meer dan drie jaar vooruit."),
            ({"day": "1-1-2020"}, "Deze dag is langer dan een jaar geleden."),
            ({"code": "x"}, "Een gemeentecode heeft 1 tot 4 cijfers"),
            ({"code": "0356"}, "Een gemeente kan niet opgaan in zichzelf."),
            ({"name": ""}, "Gemeente 1999 is hier nog niet bekend. Vul ook de naam in."),
            ({"postcodes": "343"}, "“343” is geen postcode van vier cijfers."),
            ({"others": "0193"}, "“0193” moet drie delen hebben: code; naam; postcodes."),
            ({"others": "1997;;3431"}, "Gemeente 1997 is hier nog niet bekend."),
            ({"others": "1999;Nieuwstad;3431"}, "Een gemeente staat er twee keer."),
            ({"postcodes": "3431", "others": "0193;;3431"}, "Postcode 3431 staat bij twee gemeenten."),
            ({"name": "N\0ieuw"}, "een teken dat niet bewaard kan worden"),
        ],
    )
    def test_bad_input_gets_a_sentence_and_loses_nothing(self, login, lekstroom, change, sentence):
        for extra in ({}, {"doen": "1"}):
            answer = login(lekstroom.admin).post(NEW, TYPED | change | extra)
            assert answer.status_code == 422 and sentence in text(answer)
        assert not Redivision.objects.exists()
        if "name" not in change:
            assert 'value="Nieuwstad"' in answer.content.decode()

    def test_what_failed_is_told(self, login, lekstroom, case, new_year, monkeypatch):
        acts.prepare(gemeente("0356"), DAY, [part("1999")], by=lekstroom.admin)
        monkeypatch.setattr(acts, "_move_schools", lambda *_: 1 / 0)
        with new_year:
            run_due(DAY)
            assert acts.NOT_DONE in text(login(lekstroom.admin).get(ALL))

    @pytest.mark.parametrize("who", ["officer", "leader", "coordinator", "region", "controller"])
    def test_it_is_for_administrators(self, login, lekstroom, who):
        client = login(lekstroom.users[who])
        assert {client.get(path).status_code for path in (ALL, NEW)} == {403}


class TestChoosing:
    @pytest.fixture
    def split(self, lekstroom, friday) -> Redivision:
        parts = [part("0321", "Houten", postcodes=["3431"]), part("0193", "Zwolle")]
        return acts.prepare(gemeente("0356"), DAY, parts, by=lekstroom.admin)

    def test_what_waits_is_said_and_chosen(self, login, lekstroom, split, new_year):
        child = world.pupil(first_names="Fatima")
        sentence = "Voor 1 kind kiest u de nieuwe gemeente, omdat de gemeente wordt opgeheven."
        assert sentence in [w.sentence for w in waiting_for(fresh(lekstroom.officer), DAY)]
        client = login(lekstroom.officer)
        assert child.name in text(client.get(CHILDREN)) and "Er is geen adres bekend." in text(client.get(CHILDREN))
        assert AuditEvent.objects.filter(action="redivision_children_viewed", pupil_ids=[child.pk]).exists()
        with new_year:
            run_due(DAY)
            client = login(lekstroom.officer)
            wrong = client.post(reverse("redivision-choose", args=[child.pk]), {"part": "0"}, follow=True)
            assert "Kies een gemeente." in text(wrong)
            zwolle = split.parts.get(code="0193")
            done = client.post(reverse("redivision-choose", args=[child.pk]), {"part": zwolle.pk}, follow=True)
            assert f"{child.name} gaat naar Zwolle." in text(done)
        assert Pupil.objects.get(pk=child.pk).municipality == Municipality.objects.get(code="0193")

    def test_an_administrator_reads_how_many(self, login, lekstroom, split):
        child = world.pupil(first_names="Fatima")
        page = text(login(lekstroom.admin).get(ALL))
        assert "Voor 1 kind moet een leerplichtambtenaar van deze gemeente nog kiezen." in page
        assert child.last_name not in page and login(lekstroom.admin).get(CHILDREN).status_code == 403

    @pytest.mark.parametrize(("who", "status"), [("stranger", 404), ("colleague", 404), ("coordinator", 403)])
    def test_others_do_not_see_the_children(self, login, lekstroom, split, who, status):
        child = world.pupil(first_names="Fatima")
        client = login(lekstroom.users[who])
        houten = split.parts.get(code="0321")
        answer = client.post(reverse("redivision-choose", args=[child.pk]), {"part": houten.pk})
        assert answer.status_code == status
        assert child.last_name not in text(client.get(CHILDREN))
        assert Redivision.objects.get().parts.filter(chosen=[]).count() == 2

    def test_rows_that_differ_stand_beside_each_other(self, login, lekstroom, case, new_year):
        child = case.pupil
        twin = Pupil(municipality_id="0321", pgn_hash=child.pgn_hash, last_name="Anders", born="2012-01-01")
        twin.save()
        acts.prepare(gemeente("0356"), DAY, [part("0321", "Houten")], by=lekstroom.admin)
        with new_year:
            run_due(DAY)
            client = login(lekstroom.officer)
            page = text(client.get(CHILDREN))
            assert child.name in page and "De nieuwe gemeente kent onder hetzelfde nummer: Anders" in page
            houten = Redivision.objects.get().parts.get()
            path = reverse("redivision-choose", args=[child.pk])
            assert "zeg dan ook dat het hetzelfde is" in text(client.post(path, {"part": houten.pk}, follow=True))
            client.post(path, {"part": houten.pk, "same": "on"})
        assert Pupil.objects.get(pgn_hash=child.pgn_hash) == twin
