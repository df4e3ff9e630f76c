"""Letters from before they named their claim: joined where it is certain (migration 0019)."""

from datetime import UTC, date, datetime
from importlib import import_module

import pytest
from django.apps import apps

from cases.claims.models import ExemptionClaim
from cases.documents.models import Document
from tests.cases.claims.test_claims import a_claim, valid
from tests.cases.claims.test_told import a_letter

MOVED = import_module("cases.migrations.0021_claims_by_the_law")


def of_before(row, lekstroom, **fields) -> Document:
    letter = a_letter(row, lekstroom, **fields)
    Document.objects.filter(pk=letter.pk).update(claim=None, at=datetime(2026, 11, 20, 9, tzinfo=UTC))
    return letter


def claim_of(letter: Document) -> int | None:
    return Document.objects.get(pk=letter.pk).claim_id


def test_with_one_claim_it_is_certain(case, lekstroom):
    row = valid(a_claim(case, lekstroom, "art-3a"), lekstroom, "afgewezen")
    letters = [of_before(row, lekstroom, sent_on=date(2026, 11, 20)), of_before(row, lekstroom, kind="ontvangst")]
    MOVED.letters_to_their_claim(apps, None)
    assert [claim_of(letter) for letter in letters] == [row.pk, row.pk]
    assert ExemptionClaim.objects.get().told_on == date(2026, 11, 20)


def test_with_two_it_is_not_nor_before_it_was_judged(case, lekstroom):
    row = a_claim(case, lekstroom, "art-3a")
    letter = of_before(row, lekstroom)
    MOVED.letters_to_their_claim(apps, None)
    assert claim_of(letter) is None
    valid(row, lekstroom, "afgewezen")
    a_claim(case, lekstroom, "art-15")
    MOVED.letters_to_their_claim(apps, None)
    assert claim_of(letter) is None


@pytest.mark.parametrize("numbers", [[1, 1, 2], [1, 2, 1]])
def test_on_the_way_back_versions_count_per_reader(case, lekstroom, numbers):
    rows = [a_claim(case, lekstroom, ground) for ground in ("art-3a", "art-15")]
    of = [rows[0], rows[1], rows[1]] if numbers == [1, 1, 2] else [rows[0], rows[0], rows[1]]
    letters = [a_letter(row, lekstroom, version=n) for row, n in zip(of, numbers, strict=True)]
    MOVED.number_through(apps, None)
    assert [Document.objects.get(pk=letter.pk).version for letter in letters] == [1, 2, 3]
