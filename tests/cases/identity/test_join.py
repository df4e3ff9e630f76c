"""Two rows of one child become one, by hand: nothing is lost, what protects counts, and it can be undone until somebody
wrote in it."""

from datetime import date

import pytest

from cases.clock.acts import facts_changed, keep_time
from cases.dossier.models import Case
from cases.dossier.rules import NotNow
from cases.facts.acts import save_fact, save_guardian
from cases.identity import join
from cases.identity.models import Joining
from cases.work.models import Note
from leerplicht.models import Enrolment, Exemption, Guardian, IdentityQuestion, Pupil, SchoolReturn
from leerplicht.services.merging import merge_pupils
from tests import world
from tests.cases.overleg import TODAY
from thuiszitters.core.log.models import AuditEvent

BRP = "nagekeken in de BRP"


@pytest.fixture
def other(case, lekstroom) -> Pupil:
    """Noor once more, entered without a number, at a secret address, with a dossier of her own."""
    child = world.pupil(
        first_names="Noor",
        last_name="Bakker",
        pgn_hash="",
        secret_address=True,
        address="Schuilplaats 1",
        twelve_years_done=date(2025, 7, 31),
    )
    world.open_case(child, lekstroom.schools["99AB00"], first_day=date(2026, 9, 7))
    Guardian.objects.create(pupil=child, name="Fatima Bakker", relation="Moeder", phone="0612345678")
    Guardian.objects.create(pupil=child, name="Joost Bakker", relation="vader", gezag="ja", gezag_source="register")
    Exemption.objects.create(
        pupil=child, article="art_11", letter="d", first_day=date(2026, 9, 1), last_day=date(2026, 9, 4)
    )
    for pupil, school, since in (
        (child, "99AB00", date(2024, 8, 1)),
        (child, "99AA00", date(2025, 8, 1)),
        (case.pupil, "99AA00", None),
    ):
        Enrolment.objects.create(pupil=pupil, school=lekstroom.schools[school], first_day=since)
    facts_changed([child.pk, case.pupil_id], TODAY)
    return child


@pytest.fixture
def joined(case, other, mother, lekstroom) -> Joining:
    return join.join(other, case, by=lekstroom.officer, because=BRP)


def test_nothing_is_lost(joined, case, other, mother):
    keep = Pupil.objects.get()
    assert keep == case.pupil and keep.pgn_hash
    assert keep.secret_address and keep.twelve_years_done == date(2025, 7, 31)
    assert [(e.school.code, e.first_day.year) for e in keep.enrolments.all()] == [("99AB00", 2024), ("99AA00", 2025)]
    assert (keep.reports.count(), keep.exemptions.count(), keep.cases.count()) == (2, 1, 2)
    assert sorted(g.name for g in keep.guardians.all()) == ["Fatima Bakker", "Joost Bakker"]
    mother.refresh_from_db()
    assert (mother.phone, mother.gezag) == ("0612345678", "ja")


def test_the_other_dossier_closes_as_double_and_the_clock_follows(joined, case):
    case.refresh_from_db()
    closed = joined.closed_case
    assert (closed.state, closed.result, case.state) == ("afgesloten", "DUBBEL", "nieuw")
    assert case.number in closed.status_changes.last().because and BRP in closed.status_changes.last().because
    assert case.home_since == date(2026, 9, 1)  # from the days with a valid reason of the other row
    event = AuditEvent.objects.get(action="pupils_joined")
    assert event.pupil_ids == sorted([joined.pupil_id, joined.gone_id])


class TestUndo:
    def state(self) -> dict:
        rows = (Pupil, Guardian, Enrolment, Exemption)
        found = {m.__name__: list(m.objects.order_by("pk").values()) for m in rows}
        for pupil in found["Pupil"]:
            del pupil["version"], pupil["facts_changed_at"]
        fields = ("number", "pupil", "state", "result", "home_since", "closed_on")
        return found | {"cases": list(Case.objects.order_by("pk").values(*fields))}

    def test_all_is_as_it_was(self, case, other, mother, lekstroom, friday):
        Case.objects.filter(pupil=other).update(state="onderzoek")  # reopened it is in that state
        before = self.state()
        row = join.join(other, case, by=lekstroom.officer, because=BRP)
        assert self.state() != before
        join.undo(row, case, by=lekstroom.officer)
        assert self.state() == before
        assert AuditEvent.objects.filter(action="joining_undone").exists()
        with pytest.raises(NotNow, match="Ongedaan maken kan niet meer"):
            join.undo(Joining.objects.get(), case, by=lekstroom.officer)

    def test_a_look_and_a_night_are_no_writing(self, joined, case, lekstroom, friday, as_user):
        as_user("officer").get(f"/dossiers/{case.number}/")
        keep_time(friday)
        assert [u.possible for u in join.joinings_of(case)] == [True]
        join.undo(joined, case, by=lekstroom.officer)

    @pytest.mark.parametrize("what", ["fact", "guardian", "note", "report"])
    def test_after_writing_it_is_too_late(self, joined, case, lekstroom, as_user, what):
        keep = Pupil.objects.get()
        if what == "fact":
            fact = SchoolReturn(pupil=keep, first_day=date(2026, 11, 16), trial=True, source="school")
            save_fact(fact, by=lekstroom.officer, case=case)
        elif what == "guardian":
            save_guardian(Guardian.objects.first(), by=lekstroom.officer, case=case)
        elif what == "note":
            as_user("officer").post(
                f"/dossiers/{case.number}/notitie/", {"text": "Gebeld", "part": "verloop", "kind": "algemeen"}
            )
            assert Note.objects.exists()
        else:
            world.report(keep, lekstroom.schools["99AA00"])
        assert [u.possible for u in join.joinings_of(case)] == [False]
        with pytest.raises(NotNow, match="in gewerkt"):
            join.undo(joined, case, by=lekstroom.officer)
        assert Pupil.objects.count() == 1


class TestWhatIsNotJoined:
    def test_two_numbers(self, case, lekstroom):
        other = world.pupil(first_names="Noor", last_name="Bakker")
        with pytest.raises(NotNow, match="eigen nummer"):
            join.join(other, case, by=lekstroom.officer, because=BRP)

    def test_another_gemeente(self, case, lekstroom):
        other = world.pupil(municipality_id="0321", pgn_hash="")
        with pytest.raises(NotNow, match="ander kind"):
            join.join(other, case, by=lekstroom.leader, because=BRP)

    def test_without_a_reason(self, case, other, lekstroom):
        with pytest.raises(NotNow, match="waaruit blijkt"):
            join.join(other, case, by=lekstroom.officer, because=" ")

    def test_two_open_dossiers_are_not_joined_behind_somebodys_back(self, case, other):
        with pytest.raises(ValueError, match="twee open dossiers"):
            merge_pupils(other, case.pupil)
        assert Pupil.objects.filter(pk=other.pk).exists() and other.reports.exists()


def test_a_question_between_the_two_needs_no_answer_any_more(case, other, lekstroom):
    asked = {"sent_first_names": "Noor", "sent_last_name": "Bakker", "sent_born": other.born}
    between = IdentityQuestion.objects.create(kind="nummer", pupil=case.pupil, known=other, **asked)
    about = IdentityQuestion.objects.create(kind="naam", pupil=other, known=other, **asked)
    Case.objects.filter(pupil=other).update(state="afgesloten", result="DUBBEL", closed_on=TODAY)
    merge_pupils(other, case.pupil)
    between.refresh_from_db()
    about.refresh_from_db()
    assert (between.answer, about.answer, about.known) == ("vervallen", "", case.pupil)


class TestThePage:
    def test_it_is_offered_and_shows_every_field_before(self, case, other, as_user):
        client, path = as_user("officer"), f"/dossiers/{case.number}/samenvoegen/{other.pk}/"
        assert path in client.get(f"/dossiers/{case.number}/").content.decode()
        assert path in client.get(f"/dossiers/{case.number}/samenvoegen/").content.decode()
        shown = client.get(path).content.decode()
        closes = Case.objects.get(pupil=other).number
        for text in (
            "Geheim adres",
            "31 juli 2025",
            "Vrijstellingen",
            "Dossiers",
            closes,
            "wordt afgesloten als dubbel",
        ):
            assert text in shown, text
        assert "Schuilplaats" not in shown and Pupil.objects.count() == 2

    def test_by_number_joined_and_undone(self, case, other, as_user):
        client, number = as_user("officer"), Case.objects.get(pupil=other).number.lower()
        chosen = client.post(f"/dossiers/{case.number}/samenvoegen/", {"number": f" {number} "})
        assert client.post(chosen["Location"], {"because": ""}).status_code == 422
        assert client.post(chosen["Location"], {"because": BRP})["Location"] == f"/dossiers/{case.number}/"
        page = client.get(f"/dossiers/{case.number}/").content.decode()
        assert BRP in page and "Samenvoeging ongedaan maken" in page
        undone = client.post(f"/dossiers/{case.number}/samenvoeging/{Joining.objects.get().pk}/ongedaan/", follow=True)
        assert join.UNDONE in undone.content.decode() and Pupil.objects.count() == 2

    @pytest.mark.parametrize("number", ["TZ-0193-2026-0001", "x", "TZ-0356-2026-9999"])
    def test_a_number_that_is_not_there_or_not_theirs(self, case, lekstroom, as_user, number):
        world.open_case(world.pupil(municipality_id="0193"), lekstroom.schools["99AC00"])
        refused = as_user("officer").post(f"/dossiers/{case.number}/samenvoegen/", {"number": number})
        assert refused.status_code == 422 and "Kijk het nummer na" in refused.content.decode()

    def test_a_child_of_another_gemeente_is_not_there(self, case, as_user):
        elsewhere = world.pupil(municipality_id="0193", pgn_hash="")
        assert as_user("officer").get(f"/dossiers/{case.number}/samenvoegen/{elsewhere.pk}/").status_code == 404


def test_taking_over_shows_what_differs_before(case, lekstroom, as_user):
    """Houten knows the child already, at an address of which Nieuwegein does not know that it is secret."""
    known = world.pupil(
        first_names="Noor", last_name="Bakker", municipality_id="0321", pgn_hash="x", secret_address=True
    )
    Pupil.objects.filter(pk=known.pk).update(pgn_hash=case.pupil.pgn_hash)
    client = as_user("officer")
    client.post(
        f"/dossiers/{case.number}/overdragen/",
        {"to_organisation": lekstroom.organisations["houten"].pk, "question": "Verhuisd"},
    )
    asked = case.referrals.get()
    shown = as_user("colleague").get(f"/verzoeken/{asked.pk}/").content.decode()
    assert "U kent dit kind al" in shown and "Geheim adres" in shown
    as_user("colleague").post(f"/verzoeken/{asked.pk}/", {"ja": "1"})
    known.refresh_from_db()
    assert known.secret_address and Pupil.objects.count() == 1
