"""What people mean by what they type."""

from datetime import date

import pytest

from cases.finding.rules import DossierNumber, meaning_of
from tests import world

TODAY = date(2026, 11, 20)
BORN = date(2013, 3, 12)


@pytest.mark.parametrize(
    "text",
    ["12 maart 2013", "12 mrt 2013", "12 mrt. '13", "12maart2013", "12-3-13", "12-03-2013", "12/3/2013", "12.3.13",
     "12 3 2013", "12032013", "120313", "2013-03-12", "20130312", "Koster 12-3-2013", "12 maart 2013 koster"],
)  # fmt: skip
def test_a_date_as_people_write_it(text):
    assert meaning_of(text, TODAY).born == BORN


@pytest.mark.parametrize("text", ["32-1-2013", "12-13-2013", "12-3-2999", "99999999", "koster", "12 foo 2013", ""])
def test_no_date(text):
    assert meaning_of(text, TODAY).born is None


def test_two_digits_of_a_year_are_never_in_the_future():
    assert meaning_of("1-1-26", TODAY).born == date(2026, 1, 1)
    assert meaning_of("1-1-98", TODAY).born == date(1998, 1, 1)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("107", ("", "", 107)),
        ("0107", ("", "", 107)),
        ("2026-0107", ("", "2026", 107)),
        ("0356-0107", ("0356", "", 107)),
        ("tz0356 2026 0107", ("0356", "2026", 107)),
        ("TZ-0356-2026-0107", ("0356", "2026", 107)),
        ("tz 107", ("", "", 107)),
    ],
)
def test_a_part_of_a_dossier_number(text, number):
    assert meaning_of(text, TODAY).dossier == DossierNumber(*number)


def test_a_name_and_a_date_narrow_together():
    meaning = meaning_of("van der Bohm 12-3-13", TODAY)
    assert (meaning.name.words, meaning.name.light) == (("bohm",), ("van", "der"))
    assert (meaning.born, meaning.words) == (BORN, "naam of geboortedatum")


def test_a_personal_number_is_never_repeated():
    number = world.bsn(905)
    for text in (number, f"{number[:4]}.{number[4:6]} {number[6:]}", "123456789"):
        assert not meaning_of(text, TODAY).may_be_repeated
        assert "BSN" in meaning_of(text, TODAY).words
    assert meaning_of("12032013", TODAY).words == "geboortedatum"


@pytest.mark.parametrize("text", ["%", "_", "'", "\0", "   ", "--"])
def test_signs_mean_nothing(text):
    assert meaning_of(text, TODAY).words == "niets"
