"""The letter of a doorzettingsbesluit: what was decided and what somebody can do, nothing that is not for parents."""

import io
from datetime import date

import pikepdf
import pypdf
import pytest

from cases.decisions import prepare as decisions
from cases.decisions import sign as signing
from cases.decisions.models import Decision, DecisionCondition
from cases.dossier.taking_part import Involvement
from tests import world
from tests.cases import besluit
from tests.reporting.dossiers.test_pdf import words
from thuiszitters.core.log.models import AuditEvent

pytestmark = pytest.mark.once


@pytest.fixture
def ready(lekstroom, friday):
    case = world.open_case(world.pupil(first_names="Noor", last_name="Bakker"), lekstroom.schools["99AA00"])
    for key in ("verband", "school"):
        world.involve(case, lekstroom.organisations[key])
    besluit.make_ready(case, lekstroom)
    besluit.mandate(lekstroom, "onderwijs")
    return case


@pytest.fixture
def row(ready, lekstroom) -> Decision:
    made = besluit.fill(
        besluit.a_request(ready, lekstroom),
        lekstroom,
        bridge="Les thuis.",
        funding="Kosten: Kanarie",
        build_up=[{"from": "2027-01-04", "hours": "12"}],
    )
    decisions.save_row(besluit.party(made, position="Wij van school vinden Geelvink."), by=lekstroom.officer)
    condition = DecisionCondition(
        decision=made, kind="tlv", what="de verklaring", person="C. Verbinder", due_on=date(2026, 12, 1)
    )
    decisions.save_row(condition, by=lekstroom.officer)
    decisions.present(made, by=lekstroom.officer)
    signing.sign(made, by=lekstroom.holder, passed={})
    return made


def path(row) -> str:
    return f"/dossiers/{row.case.number}/besluit/{row.pk}/brief.pdf"


def test_what_parents_read(row, as_user):
    response = as_user("officer").get(path(row))
    assert response["Content-Disposition"] == f'attachment; filename="besluit-{row.number}.pdf"'
    said = words(response.content)
    for text in (
        "ouders of verzorgers van Noor Bakker",
        row.number,
        "20 november 2026",
        "Het Kompas",
        "7 december 2026",
        "6 uur per week bij het begin",
        "vanaf 4 januari 2027: 12 uur",
        "24 uur per week",
        "Les thuis.",
        "Kleine klas, dichtbij.",
        "de verklaring",
        "C. Verbinder",
        "21 december 2026",
        "7 maart 2027",
        "Geschillencommissie",
        "toelaatbaarheidsverklaring",
        "Hans Houder",
        "convenant, artikel 4",
        "Het verplicht u als ouder niet",
        "bladzijde 1 van 1",
    ):
        assert text in said, text
    for hidden in ("Kanarie", "Geelvink", "Na twee weken weer thuis", "OPP van mei", row.case.pupil.reveal_pgn()):
        assert hidden not in said, hidden
    assert len(pypdf.PdfReader(io.BytesIO(response.content)).pages) == 1


def test_tagged_in_dutch_and_in_the_log(row, as_user):
    content = as_user("coordinator").get(path(row)).content
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert pdf.Root.MarkInfo.Marked and str(pdf.Root.Lang) == "nl"
        assert row.number in str(pdf.docinfo["/Title"])
    event = AuditEvent.objects.get(action="decision_printed")
    assert (event.pupil_ids, event.role) == ([row.case.pupil_id], "coordinator")


def test_a_provisional_one_says_so(ready, lekstroom, as_user):
    said = words(as_user("officer").get(path(besluit.signed(ready, lekstroom, start_on=None))).content)
    assert "nog voorlopig, want de begindatum is nog niet bekend" in said


def test_one_that_gave_way_says_so(row, lekstroom, as_user):
    again = besluit.fill(besluit.a_request(row.case, lekstroom), lekstroom)
    decisions.present(again, by=lekstroom.officer)
    assert "vervangen door" not in words(as_user("officer").get(path(row)).content)
    signing.sign(again, by=lekstroom.holder, passed={})
    assert f"vervangen door besluit {again.number}" in words(as_user("officer").get(path(row)).content)


@pytest.mark.parametrize(
    ("who", "status"),
    [("officer", 200), ("holder", 200), ("teacher", 403), ("boa", 403), ("stranger", 404), ("partner_elsewhere", 404)],
)
def test_who_takes_it_along(row, as_user, who, status):
    assert as_user(who).get(path(row)).status_code == status


def test_not_without_the_course_of_events(row, as_user):
    Involvement.objects.update(parts=["verzuim"])
    assert as_user("coordinator").get(path(row)).status_code == 404


def test_there_is_no_letter_before_the_signature(ready, lekstroom, as_user):
    assert as_user("officer").get(path(besluit.presented(ready, lekstroom))).status_code == 404


def test_the_dossier_on_paper_names_it(row, as_user):
    said = words(world.take_along(as_user("officer"), row.case).content)
    assert f"Doorzettingsbesluit {row.number}: genomen, Het Kompas vanaf 7 december 2026" in said
