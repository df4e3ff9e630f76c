"""Halt, SVB and proces-verbaal: the conditions as tables (domain 4.8, test vectors of section 10)."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leerplicht.law.enforcement import (
    HaltFacts,
    PvFacts,
    benefit_revives_on,
    duty_article,
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
    ("born", "obligation", "qualified", "exempt", "missing"),
    [
        ("2010-11-20", Obligation.LEERPLICHT, False, False, []),
        ("2010-11-21", Obligation.LEERPLICHT, False, False, ["16 of 17 jaar"]),
        ("2008-11-20", Obligation.DOORSTROOM, False, False, ["16 of 17 jaar"]),
        ("2009-05-05", Obligation.KWALIFICATIEPLICHT, False, False, []),
        ("2009-05-05", Obligation.STARTKWALIFICATIE, True, False, ["Geen startkwalificatie"]),
        ("2009-05-05", Obligation.KWALIFICATIEPLICHT, False, True, ["Geen vrijstelling"]),
        # F6.5: praktijkonderwijs (art. 4a lid 2) breaks no duty.
        ("2009-05-05", Obligation.RELEASED, False, False, ["Leerplichtig of kwalificatieplichtig"]),
    ],
)
def test_svb(born: str, obligation: Obligation, qualified: bool, exempt: bool, missing: list[str]) -> None:
    about = {"obligation": obligation, "startkwalificatie": qualified, "exempt": exempt}
    found = svb_requirements(D("2026-11-20"), D(born), **about)  # type: ignore[arg-type]
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


OBLIGED_THEN = frozenset({Obligation.LEERPLICHT})
PV = PvFacts(
    born=D("2011-05-05"),
    about_youth=True,
    heard=True,
    first=D("2026-11-02"),
    last=D("2026-11-13"),
    obligations=OBLIGED_THEN,
    exempt=False,
)
NO_DUTY = "Leerplichtig of kwalificatieplichtig op die dagen"


@pytest.mark.parametrize(
    ("changes", "missing"),
    [
        pytest.param({}, [], id="a youth of 15 who was heard"),
        pytest.param({"heard": False}, ["Gehoord"], id="not heard"),
        pytest.param({"born": D("2014-11-03")}, ["Jongere is 12 jaar of ouder"], id="12 on the second day"),
        pytest.param({"born": D("2014-11-02")}, [], id="12 on the first day"),
        pytest.param({"born": D("2014-11-03"), "about_youth": False}, [], id="about the parents of a child of 11"),
        pytest.param({"first": None, "last": None}, ["Dagen waarover het gaat"], id="the days are not written down"),
        pytest.param({"obligations": OBLIGED_THEN | {Obligation.KWALIFICATIEPLICHT}}, [], id="over the summer of 16"),
        pytest.param({"obligations": frozenset({Obligation.DOORSTROOM})}, [NO_DUTY], id="F6.5 a youth of 19"),
        pytest.param(
            {"obligations": frozenset({Obligation.NOT_YET}), "about_youth": False}, [NO_DUTY], id="F6.5 a child of 4"
        ),
        pytest.param({"obligations": frozenset({Obligation.RELEASED})}, [NO_DUTY], id="released by art. 4a lid 2"),
        pytest.param({"obligations": frozenset({Obligation.STARTKWALIFICATIE})}, [NO_DUTY], id="with a diploma"),
        pytest.param({"obligations": OBLIGED_THEN | {Obligation.NOT_YET}}, [NO_DUTY], id="not on all of the days"),
        pytest.param({"exempt": True}, ["Geen vrijstelling op die dagen"], id="an exemption ran"),
    ],
)
def test_proces_verbaal(changes: dict[str, Any], missing: list[str]) -> None:
    assert [r.label for r in pv_requirements(replace(PV, **changes)) if not r.met] == missing


@pytest.mark.parametrize(
    ("obligation", "born", "parents", "youth"),
    [
        pytest.param(Obligation.LEERPLICHT, "2011-05-05", "2", "2 lid 3", id="leerplichtig, 15"),
        pytest.param(Obligation.LEERPLICHT, "2014-11-20", "2", "2 lid 3", id="12 today"),
        pytest.param(Obligation.LEERPLICHT, "2014-11-21", "2", "", id="12 tomorrow: the parents alone"),
        pytest.param(Obligation.KWALIFICATIEPLICHT, "2009-05-05", "4a", "4c", id="kwalificatieplichtig"),
        pytest.param(Obligation.RELEASED, "2009-05-05", "", "", id="released by art. 4a lid 2"),
        pytest.param(Obligation.STARTKWALIFICATIE, "2009-05-05", "", "", id="has a startkwalificatie"),
        pytest.param(Obligation.DOORSTROOM, "2007-05-05", "", "", id="19 years"),
        pytest.param(Obligation.NOT_YET, "2022-05-05", "", "", id="4 years"),
    ],
)
def test_in_which_article_the_duty_stands(obligation: Obligation, born: str, parents: str, youth: str) -> None:
    about = {"on": D("2026-11-20"), "born": D(born)}
    assert duty_article(obligation, youth=False, **about) == parents
    assert duty_article(obligation, youth=True, **about) == youth
