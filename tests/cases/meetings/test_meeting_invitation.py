"""The invitation: read back as an agenda reads it; nothing in it says who the child is or what it is about."""

from datetime import UTC, date, datetime
from urllib.parse import unquote

import pytest
from icalendar import Calendar

from cases.meetings import acts as meetings
from cases.meetings.invitation import invitation_file, invitation_text
from cases.meetings.models import Meeting
from cases.talks.calendar_file import names_child
from leerplicht.models import Guardian, Pupil
from tests.cases.overleg import at, child, draft, sides


@pytest.fixture
def meeting(case, lekstroom) -> Meeting:
    Guardian.objects.create(pupil=case.pupil, name="Fatima Bakker", relation="moeder", gezag="nee")
    made = draft(
        case, lekstroom, at(date(2026, 12, 1), 13), place="Zaal 2, Nieuwegein", question="Waarom eet Noor niet?"
    )
    meetings.plan(made, [*sides(lekstroom, "nieuwegein", "school"), child()], by=lekstroom.officer)
    return made


def read(meeting: Meeting):
    calendar = Calendar.from_ical(invitation_file(meeting))
    assert not calendar.errors
    (event,) = calendar.walk("VEVENT")
    return calendar, event


class TestTheFile:
    def test_what_an_agenda_reads(self, meeting, case):
        calendar, event = read(meeting)
        assert (calendar["method"], calendar["version"]) == ("REQUEST", "2.0")
        assert event["summary"] == f"MDO {case.number}"
        assert event.decoded("dtstart") == datetime(2026, 12, 1, 12, tzinfo=UTC)
        assert event.decoded("dtend") == datetime(2026, 12, 1, 13, tzinfo=UTC)
        assert (event["uid"], event["sequence"], event["status"]) == (str(meeting.uid), 0, "CONFIRMED")
        assert event["location"] == "Zaal 2, Nieuwegein" and event["class"] == "CONFIDENTIAL"
        assert event["organizer"].params["cn"] == "Gemeente Nieuwegein"

    @pytest.mark.parametrize(("day", "hour"), [(date(2026, 12, 1), 8), (date(2027, 6, 1), 7), (date(2027, 3, 29), 7)])
    def test_nine_in_the_morning_is_that_in_winter_and_in_summer(self, meeting, day, hour):
        meeting.starts_at = at(day, 9)
        assert read(meeting)[1].decoded("dtstart").hour == hour

    def test_the_lines_are_as_the_standard_wants_them(self, meeting):
        lines = invitation_file(meeting).split(b"\r\n")
        assert lines[0] == b"BEGIN:VCALENDAR" and lines[-2:] == [b"END:VCALENDAR", b""]
        assert all(len(line) <= 75 and b"\n" not in line for line in lines)
        names = {line.split(b":")[0].split(b";")[0] for line in lines}
        assert {b"PRODID", b"VERSION", b"METHOD", b"UID", b"DTSTAMP", b"DTSTART", b"ORGANIZER"} <= names

    def test_a_change_has_the_same_uid_and_a_higher_sequence(self, meeting, lekstroom):
        before = read(meeting)[1]
        meeting.starts_at = at(date(2026, 12, 2), 13)
        meetings.change(meeting, list(meeting.people.all()), by=lekstroom.officer)
        after = read(Meeting.objects.get())[1]
        assert after["uid"] == before["uid"] and after["sequence"] == before["sequence"] + 1
        assert after.decoded("dtstart").day == 2

    def test_calling_off_takes_it_out_of_the_agenda(self, meeting, lekstroom):
        meetings.cancel(meeting, because="Noor is ziek", by=lekstroom.officer)
        calendar, event = read(meeting)
        assert (calendar["method"], event["status"], event["sequence"]) == ("CANCEL", "CANCELLED", 1)
        assert event["uid"] == str(meeting.uid)

    def test_a_place_cannot_add_lines(self, meeting):
        meeting.place = "Zaal\r\nATTENDEE:mailto:x@voorbeeld.test"
        calendar, event = read(meeting)
        assert "attendee" not in event and len(calendar.subcomponents) == 1


class TestNoName:
    def test_in_neither_file_nor_text(self, meeting, case):
        for said in (invitation_file(meeting).decode(), invitation_text(meeting)):
            for word in ("Noor", case.pupil.last_name, "Fatima", "eet", case.pupil.reveal_pgn(), "De Lindeboom"):
                assert word not in said, word
            assert case.number in said

    def test_a_place_that_names_the_child_is_left_out(self, meeting):
        Pupil.objects.update(last_name="Nieuwegein")
        meeting = Meeting.objects.select_related("case__pupil", "organisation").get()
        assert "location" not in read(meeting)[1] and "Zaal 2" not in invitation_text(meeting)

    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("Bij Zoë thuis", True),
            ("bij zoe", True),
            ("Familie Van Dijk", True),
            ("DIJK", True),
            ("Dijkstraat 2", False),
            ("Gemeentehuis", False),
            ("Zaal Zo", False),
            ("", False),
        ],
    )
    def test_what_counts_as_a_name(self, text, found):
        assert names_child(text, Pupil(first_names="Zoë Li", prefix="van", last_name="Dijk")) == found


def test_the_text_to_copy(meeting, case):
    text = invitation_text(meeting)
    assert f"het MDO over dossier {case.number}" in text and "Gemeente Nieuwegein" in text
    assert "dinsdag 1 december 2026, van 13.00 tot 14.00 uur" in text and "Waar: Zaal 2, Nieuwegein" in text
    meeting.kind = "tafel"
    assert "de thuiszitterstafel over" in invitation_text(meeting)


def test_from_the_page(meeting, case, as_user, lekstroom):
    client, path = as_user("officer"), f"/dossiers/{case.number}/overleg/{meeting.pk}/"
    shown = client.get(path).content.decode()
    assert f"{path}uitnodiging.ics" in shown and "Wij nodigen u uit" in shown
    response = client.get(f"{path}uitnodiging.ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8; method=REQUEST"
    assert unquote(response["Content-Disposition"]) == f'attachment; filename="overleg-{case.number}.ics"'
    assert Calendar.from_ical(response.content)["method"] == "REQUEST"
    meetings.cancel(Meeting.objects.get(), because="Ziek", by=lekstroom.officer)
    response = client.get(f"{path}uitnodiging.ics")
    assert response["Content-Type"].endswith("method=CANCEL")
    shown = client.get(path).content.decode()
    assert "Afzegging voor de agenda" in shown and "Wij nodigen u uit" not in shown
