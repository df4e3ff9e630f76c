"""Halt, SVB and proces-verbaal: the conditions as tables (domain 4.8, test vectors of section 10)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leerplicht.law.enforcement import (
    HaltFacts,
    benefit_revives_on,
    halt_requirements,
    pv_requirements,
    svb_requirements,
)
from leerplicht.law.obligation import Obligation

D = date.fromisoformat
FIFTEEN = HaltFacts(
    on=D("2026-11-20"),
    born=D("2011-05-05"),
    obligation=Obligation.LEERPLICHT,
    hours=14,
    late=0,
    youth_agrees=True,
    parents_agree=True,
    own_choice=True,
    untreated=False,
    earlier=False,
    with_om=False,
)


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        pytest.param({}, [], id="14 hours, 15 years, first time, consent"),
        pytest.param({"hours": 61}, ["Niet te veel verzuim"], id="61 hours: with the officier van justitie"),
        pytest.param({"hours": 61, "with_om": True}, [], id="61 hours, decided together"),
        pytest.param({"earlier": True}, ["Niet eerder naar Halt voor verzuim"], id="second time"),
        pytest.param({"hours": 60, "late": 60}, [], id="just not too much"),
        pytest.param({"hours": 8, "late": 11}, ["Genoeg verzuim"], id="not enough"),
        pytest.param({"hours": 0, "late": 12}, [], id="late is enough"),
        pytest.param({"hours": 9}, [], id="nine hours is enough"),
        pytest.param({"born": D("2014-11-20")}, [], id="twelve today"),
        pytest.param({"born": D("2014-11-21")}, ["12 tot en met 17 jaar"], id="twelve tomorrow"),
        pytest.param(
            {"born": D("2008-11-21"), "obligation": Obligation.KWALIFICATIEPLICHT}, [], id="eighteen tomorrow"
        ),
        pytest.param({"born": D("2008-11-20")}, ["12 tot en met 17 jaar"], id="eighteen today"),
        pytest.param({"parents_agree": False}, ["De ouders willen, onder 16 jaar"], id="parents under 16"),
        pytest.param({"born": D("2010-11-20"), "parents_agree": False}, [], id="sixteen today: the youth alone"),
        pytest.param({"youth_agrees": False}, ["De jongere wil"], id="never against the youth"),
        pytest.param({"untreated": True}, ["Geen ernstige problemen zonder hulp"], id="help first"),
        pytest.param({"own_choice": False}, ["Eigen keuze van de jongere"], id="not the youth's choice"),
        pytest.param({"obligation": Obligation.RELEASED}, ["Leerplichtig of kwalificatieplichtig"], id="released"),
    ],
)
def test_halt(changes: dict[str, Any], missing: list[str]) -> None:
    assert [r.label for r in halt_requirements(replace(FIFTEEN, **changes)) if not r.met] == missing


@pytest.mark.parametrize(
    ("born", "qualified", "exempt", "missing"),
    [
        ("2010-11-20", False, False, []),
        ("2010-11-21", False, False, ["16 of 17 jaar"]),
        ("2008-11-20", False, False, ["16 of 17 jaar"]),
        ("2009-05-05", True, False, ["Geen startkwalificatie"]),
        ("2009-05-05", False, True, ["Geen vrijstelling"]),
    ],
)
def test_svb(born: str, qualified: bool, exempt: bool, missing: list[str]) -> None:
    found = svb_requirements(D("2026-11-20"), D(born), startkwalificatie=qualified, exempt=exempt)
    assert [r.label for r in found if not r.met] == missing


@pytest.mark.parametrize(
    ("complies", "quarter"),
    [
        ("2026-11-20", "2026-10-01"),
        ("2026-10-01", "2026-10-01"),
        ("2026-12-31", "2026-10-01"),
        ("2027-01-01", "2027-01-01"),
        ("2027-06-30", "2027-04-01"),
    ],
)
def test_child_benefit_revives_from_the_quarter(complies: str, quarter: str) -> None:
    assert benefit_revives_on(D(complies)) == D(quarter)


@given(st.dates())
def test_never_later_and_never_a_quarter_earlier(day: date) -> None:
    start = benefit_revives_on(day)
    assert start <= day and (day - start).days < 92 and start.day == 1 and start.month in (1, 4, 7, 10)


@pytest.mark.parametrize(
    ("born", "about_youth", "heard", "missing"),
    [
        ("2011-05-05", True, True, []),
        ("2011-05-05", True, False, ["Gehoord"]),
        ("2014-11-21", True, True, ["Jongere is 12 jaar of ouder"]),
        ("2014-11-20", True, True, []),  # twelve today
        ("2014-11-21", False, True, []),
    ],
)
def test_proces_verbaal(born: str, about_youth: bool, heard: bool, missing: list[str]) -> None:
    found = pv_requirements(D("2026-11-20"), D(born), about_youth=about_youth, heard=heard)
    assert [r.label for r in found if not r.met] == missing
