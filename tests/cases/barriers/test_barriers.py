"""What blocks the way back: written down, and solved once."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from cases.barriers import acts as barriers
from cases.barriers.models import Barrier
from cases.dossier.rules import NotNow

MONDAY = date(2026, 11, 16)


class TestBarriers:
    @pytest.fixture
    def barrier(self, case, lekstroom) -> Barrier:
        row = Barrier(
            case=case,
            kind="vervoer",
            what="Een busje naar Houten",
            asked_on=date(2026, 11, 2),
            by=lekstroom.officer,
            organisation=lekstroom.organisations["nieuwegein"],
            owner=lekstroom.organisations["nieuwegein"],
        )
        barriers.save_barrier(row, by=lekstroom.officer)
        return row

    def test_it_is_solved_once_with_how(self, barrier, lekstroom):
        other = Barrier.objects.get()
        other.case = barrier.case
        barriers.solve_barrier(barrier, by=lekstroom.officer, on=MONDAY, how="Beschikking is er.")
        with pytest.raises(NotNow, match="net als opgelost"):
            barriers.solve_barrier(other, by=lekstroom.leader, on=MONDAY, how="Nog eens")
        assert Barrier.objects.get().solved_how == "Beschikking is er."
        with pytest.raises(NotNow, match="al opgelost"):
            barriers.save_barrier(barrier, by=lekstroom.officer)

    @pytest.mark.parametrize(
        ("on", "how", "problem"),
        [
            (date(2026, 11, 21), "x", "tot en met vandaag"),
            (date(2026, 11, 1), "x", "Kies een dag"),
            (MONDAY, " ", "hoe"),
        ],
    )
    def test_not_ahead_not_before_it_was_asked_and_not_without_how(self, barrier, lekstroom, on, how, problem):
        with pytest.raises(NotNow, match=problem):
            barriers.solve_barrier(barrier, by=lekstroom.officer, on=on, how=how)

    def test_not_asked_before_the_child_was_born(self, barrier, lekstroom):
        barrier.asked_on = date(2001, 1, 1)
        with pytest.raises(NotNow, match="voor de geboorte"):
            barriers.save_barrier(barrier, by=lekstroom.officer)

    def test_the_database_wants_both(self, barrier):
        with pytest.raises(IntegrityError), transaction.atomic():
            Barrier.objects.filter(pk=barrier.pk).update(solved_on=MONDAY)
