"""What the acts refuse to whoever calls them, what the database guards, and where a route goes along."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from cases.course.timeline import timeline
from cases.course.whole import fetch_whole
from cases.disputes import acts
from cases.disputes.models import Dispute
from cases.dossier.access import NotAllowed
from cases.dossier.models import Case
from cases.dossier.rules import NotNow
from cases.page.changes import changes_of
from cases.sight.seats import sight_of
from reporting.papers.left_out import left_out
from reporting.papers.variants import Variant, sight_for
from tests import world
from thuiszitters.core.sealed.secrets import seal


def made(case, lekstroom, who="officer", organisation="nieuwegein", about="De toelating", **fields) -> Dispute:
    about_row = {"route": "klacht", "by_whom": "ouders", "started_on": date(2026, 11, 2)} | fields
    row = Dispute(
        case=case, by=lekstroom.users[who], organisation=lekstroom.organisations[organisation],
        about_sealed=seal(about), **about_row,
    )  # fmt: skip
    acts.save_dispute(row, by=row.by)
    return row


def end(row, by, **change) -> None:
    acts.end_dispute(row, **{"outcome": "gegrond", "on": date(2026, 11, 19), "came_of": "Excuses.", "by": by} | change)


@pytest.fixture
def told(shared_case, lekstroom):
    world.involve(shared_case, lekstroom.organisations["school"], since=date(2026, 11, 1))
    return shared_case


class TestWhoMay:
    @pytest.mark.parametrize("who", ["stranger", "boa", "holder", "region", "admin", "controller"])
    def test_nobody_without_a_place_in_the_dossier(self, told, lekstroom, who):
        row = made(told, lekstroom)
        for act in (lambda by: made(told, lekstroom, who), lambda by: end(row, by)):
            with pytest.raises(NotAllowed):
                act(lekstroom.users[who])
        assert Dispute.objects.get().is_running

    def test_a_partner_leaves_that_of_another(self, told, lekstroom):
        row = made(told, lekstroom)
        with pytest.raises(NotAllowed):
            end(row, lekstroom.teacher)
        end(made(told, lekstroom, "teacher", "school"), lekstroom.officer)  # the gemeente ends that of a partner

    def test_no_partner_makes_it_one_about_an_exemption(self, told, lekstroom):
        row = made(told, lekstroom, "teacher", "school")
        row.route = "bezwaar_leerplicht"
        with pytest.raises(NotAllowed):
            acts.save_dispute(row, by=lekstroom.teacher)

    @pytest.mark.parametrize("change", [{"part": "verloop"}, {"about": "Anders"}])
    def test_who_does_not_read_the_words_leaves_them(self, told, lekstroom, change):
        row = made(told, lekstroom, "teacher", "school", part="gezondheid")
        for name, value in change.items():
            setattr(row, name, value)
        with pytest.raises(NotAllowed):
            acts.save_dispute(row, by=lekstroom.officer)
        acts.save_dispute(row, by=lekstroom.teacher)

    def test_nor_adds_any(self, told, lekstroom):
        row = made(told, lekstroom, "teacher", "school", part="gezondheid")
        with pytest.raises(NotAllowed):
            end(row, lekstroom.officer)


class TestOnce:
    def test_it_ends_once(self, case, lekstroom):
        made(case, lekstroom)
        first, second = (Dispute.objects.get() for _ in range(2))
        end(first, lekstroom.officer)
        with pytest.raises(acts.Ended, match="al vastgelegd"):
            end(second, lekstroom.leader, outcome="ongegrond")
        assert Dispute.objects.get().outcome == "gegrond"

    def test_what_ended_is_not_changed_as_if_it_ran(self, case, lekstroom):
        made(case, lekstroom)
        stale = Dispute.objects.get()
        end(Dispute.objects.get(), lekstroom.officer)
        with pytest.raises(acts.Ended):
            acts.save_dispute(stale, by=lekstroom.officer)

    def test_correcting_asks_a_reason(self, case, lekstroom):
        row = made(case, lekstroom)
        end(row, lekstroom.officer)
        with pytest.raises(NotNow, match="waarom"):
            acts.correct_dispute(row, because=" ", by=lekstroom.officer)

    def test_the_same_words_keep_their_token(self, case, lekstroom):
        row = made(case, lekstroom)
        before = row.about_sealed
        row.about = "De toelating "
        assert row.about_sealed == before
        row.about = "Anders"
        assert row.about_sealed != before

    def test_a_new_key_is_no_change_of_words(self, case, lekstroom):
        row = made(case, lekstroom)
        row.addressed_to = "De commissie"
        acts.save_dispute(row, by=lekstroom.officer)
        row.history.filter(version=1).update(about_sealed=seal("De toelating"))
        (found,) = [c for c in changes_of(case, sight_of(case, lekstroom.officer)) if "geschil" in c.what]
        assert [what for what, _, _ in found.changes] == ["bij wie of welke commissie"]


class TestTheDatabase:
    @pytest.mark.parametrize(
        "change",
        [
            {"outcome": "gegrond"},
            {"outcome": "gegrond", "outcome_on": date(2026, 11, 1)},
            {"outcome": "gestopt", "outcome_on": date(2026, 11, 19)},
            {"outcome_on": date(2026, 11, 19)},
        ],
    )
    def test_no_outcome_that_cannot_be(self, case, lekstroom, change):
        row = made(case, lekstroom)
        by = {"ended_by": lekstroom.officer} if "outcome" in change else {}
        with pytest.raises(IntegrityError), transaction.atomic():
            Dispute.objects.filter(pk=row.pk).update(**change, **by)


def told_to(case, sight) -> str:
    case = Case.objects.get(pk=case.pk)
    fetch_whole([case])
    return " ".join(f"{e.title} {e.text}" for e in timeline(case, sight))


class TestOnPaper:
    def test_of_a_youth_of_16_no_parent_reads_it(self, case, lekstroom, mother):
        made(case, lekstroom, by_whom="jongere", about="Eigen klacht")
        made(case, lekstroom, about="De toelating")
        own = sight_of(case, lekstroom.officer)
        assert "Eigen klacht" in told_to(case, own)
        case.pupil.born = date(2010, 5, 5)
        case.pupil.save()
        sixteen = told_to(case, sight_for(Variant.OUDERS, case, own, guardian=mother))
        assert "Eigen klacht" not in sixteen and "jongere" not in sixteen and "De toelating" in sixteen
        case.pupil.born = date(2014, 5, 5)
        case.pupil.save()
        assert "Eigen klacht" in told_to(case, sight_for(Variant.OUDERS, case, own, guardian=mother))

    def test_what_a_partner_does_not_read_is_named_as_left_out(self, told, lekstroom):
        made(told, lekstroom, part="gezondheid", about="Angst")
        own, school = sight_of(told, lekstroom.officer), lekstroom.organisations["school"]
        sight = sight_for(Variant.PARTNER, told, own, organisation=school)
        assert "Angst" not in told_to(told, sight)
        assert "1 tekst of bijlage over gezondheid" in [left.what for left in left_out(Variant.PARTNER, told, sight)]


def test_what_runs_goes_along_where_the_work_goes_on(case, lekstroom):
    other = world.open_case(world.pupil(), lekstroom.schools["99AA00"])
    runs, ended = made(case, lekstroom), made(case, lekstroom, route="rechter")
    end(ended, lekstroom.officer)
    acts.go_along(case, other)
    assert (list(case.disputes.all()), list(other.disputes.all())) == ([ended], [runs])


def test_a_day_is_judged_by_today(case, lekstroom, friday):
    row = made(case, lekstroom)
    with pytest.raises(NotNow, match="tot en met vandaag"):
        end(row, lekstroom.officer, on=friday + timedelta(days=1))
