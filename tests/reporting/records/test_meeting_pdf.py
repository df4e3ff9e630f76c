"""The record of an overleg as a paper: one page, no BSN, only of one that was held, only for who reads the course."""

import io
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pikepdf
import pypdf
import pytest

import reporting.records.views
from cases.dossier.models import Case, Task
from cases.dossier.taking_part import Involvement
from cases.meetings.models import Attendance, Meeting, Outsider
from cases.sharing import acts as sharing
from leerplicht.models import Guardian
from reporting.pdf import render
from tests import world
from tests.reporting.dossiers.test_pdf import words
from thuiszitters.core.log.models import AuditEvent

pytestmark = pytest.mark.once

FACTS = "School kan twee uur per dag een rustige plek bieden. Ouders willen dat het rustig begint. " * 6


@pytest.fixture
def meeting(lekstroom, friday) -> Meeting:
    case = world.open_case(world.pupil(first_names="Noor", last_name="Bakker"), lekstroom.schools["99AA00"])
    for key in ("verband", "school"):
        world.involve(case, lekstroom.organisations[key])
    own = {"case": case, "by": lekstroom.officer, "organisation": lekstroom.organisations["nieuwegein"]}
    made = Meeting.objects.create(
        kind="mdo",
        starts_at=datetime(2026, 11, 12, 13, tzinfo=ZoneInfo("Europe/Amsterdam")),
        place="Zaal 2",
        question="Wat heeft Noor nodig?",
        facts=FACTS,
        goals="Over zes weken elke dag.",
        ground="convenant",
        state="gehouden",
        next_on=date(2026, 12, 10),
        **own,
    )
    mother = Guardian.objects.create(pupil=case.pupil, name="Fatima Bakker", relation="moeder", gezag="ja")
    people = (
        {"role": "gemeente", "organisation": own["organisation"], "name": "M. Officier", "present": "ja"},
        {"role": "samenwerkingsverband", "organisation": lekstroom.organisations["verband"], "present": "ja"},
        {"role": "school", "organisation": lekstroom.organisations["school"], "present": "nee"},
        {"role": "ouder", "guardian": mother, "present": "ja"},
        {"role": "kind"},
    )
    for fields in people:
        Attendance.objects.create(meeting=made, **fields)
    for n in range(4):
        Task.objects.create(
            case=case,
            meeting=made,
            title=f"Afspraak {n}",
            due_on=date(2026, 12, 1) + timedelta(days=n),
            owner_organisation=lekstroom.organisations["verband"],
            by=lekstroom.officer,
        )
    return made


def path(meeting) -> str:
    return f"/dossiers/{meeting.case.number}/overleg/{meeting.pk}/verslag.pdf"


def test_everything_on_one_page(meeting, as_user):
    response = as_user("officer").get(path(meeting))
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'attachment; filename="overleg-{meeting.case.number}.pdf"'
    said = words(response.content)
    for text in (
        "Verslag van het overleg",
        "Noor Bakker",
        meeting.case.number,
        "donderdag 12 november 2026",
        "13.00 tot 14.00",
        "Zaal 2",
        "M. Officier, Gemeente Nieuwegein",
        "Fatima Bakker (moeder)",
        "Niet erbij: School, De Lindeboom",
        "Het kind zelf (niet bekend)",
        "convenant",
        "Wat heeft Noor nodig?",
        "rustige plek",
        "Over zes weken",
        "Afspraak 3",
        "Verband De Verbinding",
        "4 december 2026",
        "10 december 2026",
        "vertrouwelijk",
        "bladzijde 1 van 1",
    ):
        assert text in said, text
    assert len(pypdf.PdfReader(io.BytesIO(response.content)).pages) == 1


def test_what_was_asked_and_who_does_it_outside(meeting, as_user):
    meeting.asks = "School: welke plek is er?"
    meeting.save()
    Outsider.objects.create(
        task=meeting.tasks.first(), what="Afspraak 0", name="S. Amrani", works_at="GGD", phone="030 1"
    )
    said = words(as_user("officer").get(path(meeting)).content)
    assert "Wat er vooraf is gevraagd" in said and "welke plek is er?" in said
    assert "gaat na; uitvoering: S. Amrani (GGD)" in said and "030 1" not in said


def test_no_bsn_and_tagged_in_dutch(meeting, as_user):
    content = as_user("officer").get(path(meeting)).content
    pgn = meeting.case.pupil.reveal_pgn()
    assert pgn not in words(content) and f"••{meeting.case.pupil.pgn_end}" not in words(content)
    with pikepdf.open(io.BytesIO(content)) as pdf:
        assert pdf.Root.MarkInfo.Marked and str(pdf.Root.Lang) == "nl"
        assert meeting.case.number in str(pdf.docinfo["/Title"])


def test_stands_in_the_log(meeting, as_user):
    as_user("coordinator").get(path(meeting))
    event = AuditEvent.objects.get(action="meeting_printed")
    assert (event.pupil_ids, event.role) == ([meeting.case.pupil_id], "coordinator")


@pytest.mark.parametrize(
    ("who", "status"),
    [("officer", 200), ("holder", 200), ("teacher", 403), ("boa", 403), ("stranger", 404), ("partner_elsewhere", 404)],
)
def test_who_takes_it_along(meeting, as_user, who, status):
    assert as_user(who).get(path(meeting)).status_code == status


def test_not_without_the_course_of_events(meeting, as_user):
    Involvement.objects.update(parts=["verzuim"])
    assert as_user("coordinator").get(path(meeting)).status_code == 404


@pytest.mark.parametrize("fields", [{"state": "gepland"}, {"state": "afgezegd", "cancelled_because": "ziek"}])
def test_there_is_no_record_of_one_that_was_not_held(meeting, as_user, fields):
    Meeting.objects.update(**fields)
    assert as_user("officer").get(path(meeting)).status_code == 404
    assert "Verslag als PDF" not in as_user("officer").get(path(meeting).replace("verslag.pdf", "")).content.decode()


def test_not_through_another_dossier(meeting, lekstroom, as_user):
    other = world.open_case(world.pupil(), lekstroom.schools["99AA00"])
    assert as_user("officer").get(f"/dossiers/{other.number}/overleg/{meeting.pk}/verslag.pdf").status_code == 404


def test_what_was_lost_while_it_was_made_counts(meeting, lekstroom, as_user, monkeypatch):
    made = reporting.records.views.meeting_pdf

    def slow(*args, **kwargs):
        paper = made(*args, **kwargs)
        share = Involvement.objects.get(organisation=lekstroom.organisations["verband"])
        sharing.end_involvement(share, by=lekstroom.officer)
        return paper

    monkeypatch.setattr(reporting.records.views, "meeting_pdf", slow)
    response = as_user("coordinator").get(path(meeting))
    assert response.status_code == 404 and b"%PDF" not in response.content


def test_when_it_takes_too_long_there_is_a_sentence(meeting, as_user, monkeypatch):
    monkeypatch.setattr(render, "SECONDS", 0.001)
    shown = as_user("officer").get(path(meeting), follow=True).content.decode()
    assert "duurde te lang" in shown


def test_what_people_wrote_is_text(meeting, as_user):
    Meeting.objects.update(facts="<img src=http://127.0.0.1/x> & <b>vet</b>")
    assert "<b>vet</b>" in words(as_user("officer").get(path(meeting)).content)


def test_the_dossier_on_paper_tells_of_it_too(meeting, as_user):
    said = words(world.take_along(as_user("officer"), Case.objects.get()).content)
    assert "MDO gehouden" in said and "Afspraak 0" in said
