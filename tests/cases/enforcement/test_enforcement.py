"""Handhaving: for the boa alone, written down only when the law allows it, ended once; others learn that it runs."""

from datetime import date

import pytest

from cases.closing import acts
from cases.dossier.rules import NotNow
from cases.enforcement import acts as enforcement
from cases.enforcement.models import EnforcementStep
from cases.work import acts as work
from cases.work.models import Note
from leerplicht.models import Exemption
from tests import world
from tests.cases.overleg import TODAY
from tests.cases.test_hostile_forms import HOSTILE
from tests.house.scene import EVERYTHING

YOUNG, OLDER = date(2011, 5, 5), date(2009, 5, 5)  # 15 and 17 years
DAYS = {"days_from": date(2026, 11, 2), "days_until": date(2026, 11, 13)}
HALT = {"hours": 14, "late": 0, "youth_agrees": True, "parents_agree": True, "own_choice": True}


@pytest.fixture
def youth(shared_case):
    shared_case.pupil.born = YOUNG
    shared_case.pupil.save()
    return shared_case


def a_step(case, lekstroom, kind, **fields) -> EnforcementStep:
    values = {"on": TODAY, "because": "Kanarie"} | fields
    row = EnforcementStep(
        case=case, kind=kind, by=lekstroom.boa, organisation=lekstroom.organisations["nieuwegein"], **values
    )
    enforcement.save_step(row, by=lekstroom.boa)
    return row


class TestTheEnd:
    @pytest.mark.parametrize("on", [date(2026, 11, 18), date(2026, 11, 21)])
    def test_lies_between_the_first_day_and_today(self, youth, lekstroom, on):
        row = a_step(youth, lekstroom, "hulp", on=date(2026, 11, 19))
        with pytest.raises(NotNow, match="Kies een dag vanaf 19-11-2026"):
            enforcement.end_step(row, by=lekstroom.boa, on=on, positive=True, outcome="Klaar.")
        enforcement.end_step(row, by=lekstroom.boa, on=date(2026, 11, 19), positive=True, outcome="Klaar.")


class TestRules:
    def test_halt(self, youth, lekstroom):
        assert a_step(youth, lekstroom, "halt", **HALT).pk
        with pytest.raises(NotNow, match="tweede keer"):
            a_step(youth, lekstroom, "halt", **HALT, earlier=True)
        with pytest.raises(NotNow, match="officier van justitie"):
            a_step(youth, lekstroom, "halt", **(HALT | {"hours": 61}))

    def test_proces_verbaal_only_after_hearing(self, youth, lekstroom):
        with pytest.raises(NotNow, match="gehoord"):
            a_step(youth, lekstroom, "pv", about="ouders", **DAYS)
        row = a_step(youth, lekstroom, "pv", about="ouders", heard_on=TODAY, convicted_before=True, **DAYS)
        assert row.needs_copy
        row.copy_sent_on = TODAY
        assert not row.needs_copy

    @pytest.mark.parametrize(
        ("born", "fields", "sentence"),
        [
            (date(2007, 5, 5), {}, "Niet op al die dagen"),  # F6.5: a youth of 19
            (date(2022, 5, 5), {"about": "ouders"}, "Niet op al die dagen"),  # F6.5: a child of 4
            (date(2008, 11, 10), {}, "Niet op al die dagen"),  # 18 on one of the days
            (YOUNG, {"days_from": None, "days_until": None}, "over welke dagen"),
            (YOUNG, {"days_until": None}, "Vul beide dagen in"),
            (YOUNG, {"days_from": date(2026, 11, 14)}, "kloppen niet"),
            (YOUNG, {"days_until": date(2026, 11, 21)}, "kloppen niet"),
            (YOUNG, {"days_from": date(2025, 11, 1)}, "kloppen niet"),
        ],
    )
    def test_proces_verbaal_asks_a_duty_on_those_days(self, youth, lekstroom, born, fields, sentence):
        youth.pupil.born = born
        youth.pupil.save()
        about = DAYS | {"about": "jongere", "heard_on": TODAY} | fields
        with pytest.raises(NotNow, match=sentence):
            a_step(youth, lekstroom, "pv", **about)

    def test_nor_of_who_is_released_or_exempt(self, youth, lekstroom):
        about = DAYS | {"about": "jongere", "heard_on": TODAY}
        exempt = Exemption.objects.create(
            pupil=youth.pupil, article="art_5_onder_a", first_day=date(2026, 8, 1), last_day=date(2026, 11, 2)
        )
        with pytest.raises(NotNow, match="loopt een vrijstelling"):
            a_step(youth, lekstroom, "pv", **about)
        exempt.delete()
        youth.pupil.born, youth.pupil.released = OLDER, True
        youth.pupil.save()
        with pytest.raises(NotNow, match="Niet op al die dagen"):
            a_step(youth, lekstroom, "pv", **about)
        with pytest.raises(NotNow, match="geen leer- of kwalificatieplicht"):
            a_step(youth, lekstroom, "svb")
        youth.pupil.released = False
        youth.pupil.save()
        assert a_step(youth, lekstroom, "pv", **about).pk and a_step(youth, lekstroom, "svb").pk

    def test_the_days_are_asked_and_shown(self, youth, as_user):
        boa, here = as_user("boa"), f"/dossiers/{youth.number}/handhaving/"
        sent = {"on": "2026-11-20", "because": "Mijn tekst", "about": "jongere", "heard_on": "2026-11-20"}
        answer = boa.post(f"{here}pv/", sent | {"version": "1"})
        assert answer.status_code == 422 and "Mijn tekst" in answer.content.decode()
        days = {"days_from": "2026-11-02", "days_until": "2026-11-13", "version": "1"}
        assert boa.post(f"{here}pv/", sent | days).status_code == 302
        assert "over 2 november 2026 tot en met 13 november 2026" in boa.get(here).content.decode()

    def test_svb_for_16_and_17_without_startkwalificatie_or_exemption(self, youth, lekstroom):
        with pytest.raises(NotNow, match="16 en 17 jaar"):
            a_step(youth, lekstroom, "svb")
        youth.pupil.born = OLDER
        youth.pupil.save()
        Exemption.objects.create(pupil=youth.pupil, article="art_15", first_day=TODAY)
        with pytest.raises(NotNow, match="vrijstelling"):
            a_step(youth, lekstroom, "svb")
        Exemption.objects.all().delete()
        assert a_step(youth, lekstroom, "svb").pk

    @pytest.mark.parametrize(
        "fields", [{"on": date(2026, 11, 21)}, {"heard_on": date(2026, 11, 21)}, {"on": date(2010, 1, 1)}]
    )
    def test_days_that_cannot_be(self, youth, lekstroom, fields):
        with pytest.raises(NotNow, match="nog niet geweest"):
            a_step(youth, lekstroom, "waarschuwing", **fields)

    def test_ended_once_and_then_it_stays(self, youth, lekstroom):
        row = a_step(youth, lekstroom, "waarschuwing")
        late = EnforcementStep.objects.get(pk=row.pk)
        about = {"by": lekstroom.boa, "on": TODAY, "positive": True, "outcome": "Gaat weer."}
        enforcement.end_step(row, **about)
        with pytest.raises(NotNow, match="net afgerond"):
            enforcement.end_step(late, **about)
        with pytest.raises(NotNow, match="afgerond"):
            enforcement.save_step(row, by=lekstroom.boa)

    def test_not_in_a_closed_dossier(self, youth, lekstroom):
        row = a_step(youth, lekstroom, "waarschuwing")
        acts.close(youth, result="VERHUISD", by=lekstroom.officer, because="Verhuisd.")
        row.case.refresh_from_db()
        with pytest.raises(NotNow, match="afgesloten"):
            enforcement.end_step(row, by=lekstroom.boa, on=TODAY, positive=True, outcome="x")


class TestTheCompartment:
    def test_who_reads_it(self, youth, lekstroom, as_user):
        for key in ("school", "jeugdteam"):
            world.involve(youth, lekstroom.organisations[key], parts=EVERYTHING)
        youth.involvements.update(parts=EVERYTHING)
        a_step(youth, lekstroom, "pv", about="ouders", heard_on=TODAY, **DAYS)
        here = f"/dossiers/{youth.number}/"
        assert "Kanarie" in as_user("boa").get(f"{here}handhaving/").content.decode()
        for who in ("officer", "leader", "coordinator", "holder", "teacher", "nurse"):
            client = as_user(who)
            assert client.get(f"{here}handhaving/").status_code == 403, who
            shown = client.get(here).content.decode()
            assert "Kanarie" not in shown and "proces-verbaal" not in shown, who
            assert ("Handhaving: <b>loopt</b>" in shown) == (who in ("officer", "leader", "holder")), who

    @pytest.mark.parametrize("name", ["on", "hours", "because", "version"])
    def test_bad_input_gets_a_sentence(self, youth, as_user, name):
        boa, sent = as_user("boa"), {"on": "2026-11-20", "because": "x", **HALT, "version": "1"}
        for value in HOSTILE:
            assert boa.post(f"/dossiers/{youth.number}/handhaving/halt/", sent | {name: value}).status_code in (
                302,
                422,
            )

    def test_nothing_runs_any_more_when_it_ended(self, youth, lekstroom, as_user):
        row = a_step(youth, lekstroom, "waarschuwing")
        enforcement.end_step(row, by=lekstroom.boa, on=TODAY, positive=True, outcome="x")
        assert "Handhaving: <b>loopt niet</b>" in as_user("officer").get(f"/dossiers/{youth.number}/").content.decode()

    def test_not_on_paper(self, youth, lekstroom, as_user):
        a_step(youth, lekstroom, "waarschuwing")
        assert world.take_along(as_user("boa"), youth).status_code == 403

    def test_the_whole_path(self, youth, lekstroom, as_user):
        boa, here = as_user("boa"), f"/dossiers/{youth.number}/handhaving/"
        sent = {
            "on": "2026-11-20",
            "because": "Twee keer gewaarschuwd.",
            "hours": "14",
            "late": "0",
            "youth_agrees": "on",
            "own_choice": "on",
            "version": "1",
        }
        answer = boa.post(f"{here}halt/", sent)
        assert answer.status_code == 422 and "ook de ouders" in answer.content.decode()
        assert "Twee keer gewaarschuwd." in answer.content.decode()
        assert boa.post(f"{here}halt/", sent | {"parents_agree": "on"}).status_code == 302
        row = EnforcementStep.objects.get()
        assert row.organisation == lekstroom.organisations["nieuwegein"]
        ended = {"on": "2026-11-20", "positive": "nee", "outcome": "Kwam niet."}
        assert boa.post(f"{here}{row.pk}/einde/", ended).status_code == 302
        shown = boa.get(here).content.decode()
        assert "negatief afgerond" in shown and "daarna volgt een proces-verbaal" in shown
        assert boa.post(f"{here}{row.pk}/einde/", ended | {"outcome": "Mijn tekst"}).status_code == 409
        late = boa.post(f"{here}{row.pk}/", sent | {"because": "Mijn andere tekst"})
        assert late.status_code == 409 and "Mijn andere tekst" in late.content.decode()
        assert boa.get(f"{here}onzin/").status_code == 404


class TestSafety:
    """That nothing goes on is never said: it is known only what was written down."""

    def test_nothing_is_said_without_anything(self, case, as_user):
        for who in ("officer", "leader"):
            assert "Veiligheid" not in as_user(who).get(f"/dossiers/{case.number}/").content.decode()

    def test_a_note_that_a_colleague_cannot_read_is_there(self, case, lekstroom, as_user):
        row = Note(
            case=case, by=lekstroom.officer, organisation=lekstroom.organisations["nieuwegein"],
            part="veiligheid", text="Veilig Thuis gebeld",
        )  # fmt: skip
        work.save_entry(row, by=lekstroom.officer)
        for who in ("officer", "leader"):
            shown = as_user(who).get(f"/dossiers/{case.number}/").content.decode()
            assert "Veiligheid: <b>er is iets vastgelegd</b>" in shown and "loopt niet</b>" in shown
        assert "Veilig Thuis" not in shown
