"""When a decision was sent, until when people can object to it, and the outer terms: on the page and in the acts."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from cases.claims import acts as claims
from cases.claims.models import ExemptionClaim
from cases.documents.models import Document
from cases.dossier.rules import NotNow
from tests.cases.claims.test_claims import a_claim, valid
from tests.cases.overleg import TODAY
from thuiszitters.core.files import keeping as files

SENT = date(2026, 11, 13)


def page(case, row, rest="") -> str:
    return f"/dossiers/{case.number}/beroep/{row.pk}/{rest}"


def a_letter(row, lekstroom, recipient="Fatima Bakker", *, kind="uitkomst", sent_on=None, version=1) -> Document:
    """A letter about the claim, as the room of letters keeps it."""
    content = f"{recipient} {kind} {version}".encode()
    return Document.objects.create(
        case=row.case,
        claim=row,
        kind=kind,
        part="vrijstelling",
        title="uitkomst van een beroep of aanvraag",
        recipient=recipient,
        number=f"B-{recipient[:3]}-{kind[:3]}-{version}",
        version=version,
        docx=files.keep(content, "brieven"),
        pdf=files.keep(content + b"pdf", "brieven"),
        organisation=lekstroom.organisations["nieuwegein"],
        by=lekstroom.officer,
        sent_on=sent_on,
        channel="post" if sent_on else "",
    )


@pytest.fixture
def refused(case, lekstroom) -> ExemptionClaim:
    row = valid(a_claim(case, lekstroom, "art-3a"), lekstroom, "afgewezen")
    ExemptionClaim.objects.filter(pk=row.pk).update(judged_on=date(2026, 11, 10))
    row.refresh_from_db()
    return row


class TestWhenItWasSent:
    def test_no_term_runs_before_it_was_sent(self, refused, case, as_user):
        shown = as_user("officer").get(page(case, refused)).content.decode()
        assert "Niet vastgelegd is wanneer het besluit is verzonden" in shown and "Bezwaar kan" not in shown
        assert "Ouders krijgen het besluit uiterlijk op 24 november 2026" in shown

    def test_the_page_asks_the_day_and_then_says_until_when(self, refused, case, as_user):
        officer = as_user("officer")
        answer = officer.post(page(case, refused, "verzonden/"), {"sent_on": "13-11-2026", "version": refused.version})
        assert answer.url == page(case, refused)
        shown = officer.get(page(case, refused)).content.decode()
        assert "Verzonden op 13 november 2026" in shown and "tot en met 28 december 2026" in shown
        assert "uiterlijk op 4 januari 2027 binnen is" in shown
        assert f"Besluit verzonden: {refused.get_ground_display()}" in (
            officer.get(f"/dossiers/{case.number}/").content.decode()
        )

    @pytest.mark.parametrize("day", ["2026-11-09", "2026-11-21", "", "onzin", "31-02-2026"])
    def test_a_day_that_cannot_be_gets_a_sentence(self, refused, case, as_user, day):
        answer = as_user("officer").post(page(case, refused, "verzonden/"), {"sent_on": day, "version": "2"})
        assert answer.status_code == 422 and ExemptionClaim.objects.get().sent_on is None

    @pytest.mark.parametrize(("ground", "outcome"), [("art-5a", "niet_geldig"), ("art-15", "ingetrokken")])
    def test_only_a_decision_is_sent(self, case, lekstroom, as_user, ground, outcome):
        row = valid(a_claim(case, lekstroom, ground), lekstroom, outcome)
        with pytest.raises(NotNow, match="geen besluit"):
            claims.record_sent(row, by=lekstroom.officer, on=TODAY)
        answer = as_user("officer").post(page(case, row, "verzonden/"), {"sent_on": "2026-11-20", "version": "1"})
        assert answer.status_code == 409 or answer.status_code == 302
        assert ExemptionClaim.objects.get().sent_on is None

    def test_nor_before_the_judgement_in_the_database(self, refused):
        with pytest.raises(IntegrityError), transaction.atomic():
            ExemptionClaim.objects.update(sent_on=date(2026, 11, 9))


class TestTheLetterSaysIt:
    def test_the_day_of_the_letter_is_the_day_and_is_not_asked_again(self, refused, case, lekstroom, as_user):
        a_letter(refused, lekstroom, sent_on=SENT)
        officer = as_user("officer")
        shown = officer.get(page(case, refused)).content.decode()
        assert "Verzonden op 13 november 2026" in shown and "tot en met 28 december 2026" in shown
        assert "Dag van verzending" not in shown
        with pytest.raises(NotNow, match="Bij de brief staat al"):
            claims.record_sent(refused, by=lekstroom.officer, on=TODAY)
        sent = {"sent_on": "2026-11-20", "version": refused.version}
        assert officer.post(page(case, refused, "verzonden/"), sent).status_code == 409

    @pytest.mark.parametrize(
        ("letters", "told"),
        [
            pytest.param([("A", None)], None, id="made and not sent"),
            pytest.param([("A", "2026-11-13"), ("A", "2026-11-18")], "2026-11-13", id="corrected: the first tells"),
            pytest.param([("A", "2026-11-13"), ("B", "2026-11-18")], "2026-11-18", id="two parents: the last of them"),
            pytest.param([("A", "2026-11-13"), ("B", None)], "2026-11-13", id="one of two: as far as it is known"),
        ],
    )
    def test_of_more_letters(self, refused, lekstroom, letters, told):
        for n, (who, day) in enumerate(letters):
            a_letter(refused, lekstroom, who, sent_on=date.fromisoformat(day) if day else None, version=n + 1)
        found = ExemptionClaim.objects.get().told_on
        assert found == (date.fromisoformat(told) if told else None)

    def test_a_letter_of_receipt_tells_nothing(self, refused, lekstroom):
        a_letter(refused, lekstroom, kind="ontvangst", sent_on=SENT)
        assert ExemptionClaim.objects.get().told_on is None

    def test_who_has_not_got_it_yet_is_named(self, refused, case, lekstroom, as_user):
        a_letter(refused, lekstroom, "Fatima Bakker", sent_on=SENT)
        a_letter(refused, lekstroom, "Karel Roodborst")
        assert "de brief aan Karel Roodborst" in as_user("officer").get(page(case, refused)).content.decode()


class TestTheOuterTerm:
    @pytest.mark.parametrize(
        ("ground", "words"),
        [
            ("art-3a", "Besluit uiterlijk op 30 november 2026, vier weken na ontvangst (Leerplichtwet)"),
            ("art-15", "Besluit uiterlijk op 28 december 2026, acht weken na ontvangst (Awb 4:13)"),
            ("verlof", "Besluit uiterlijk op 28 december 2026, acht weken na ontvangst (Awb 4:13)"),
        ],
    )
    def test_the_page_says_until_when_and_what_comes_after(self, case, lekstroom, as_user, ground, words):
        fields = {"days": 12, "asked_until": date(2026, 11, 17)} if ground == "verlof" else {}
        row = a_claim(case, lekstroom, ground, **fields)
        shown = as_user("officer").get(page(case, row)).content.decode()
        for text in (words, "Awb 4:14", "dwangsom betalen (Awb 4:17)"):
            assert text in shown

    def test_of_art_5_there_is_none(self, case, lekstroom, as_user):
        row = a_claim(case, lekstroom)
        shown = as_user("officer").get(page(case, row)).content.decode()
        assert "Besluit uiterlijk" not in shown and "Awb" not in shown and "Dit is geen aanvraag" in shown

    def test_the_step_never_asks_for_it_after_the_outer_term(self, case, lekstroom):
        row = a_claim(case, lekstroom, "art-15", received_on=date(2026, 9, 28), first_day=date(2026, 9, 28))
        assert row.tasks.get().due_on == date(2026, 11, 23)

    def test_too_late_is_said(self, case, lekstroom, as_user):
        row = a_claim(case, lekstroom, "art-15", received_on=date(2026, 9, 21), first_day=date(2026, 9, 21))
        shown = as_user("officer").get(page(case, row)).content.decode()
        assert "16 november 2026, acht weken na ontvangst (Awb 4:13): te laat" in shown


class TestObjecting:
    @pytest.mark.parametrize(
        ("objected", "words"),
        [
            ("2026-11-12", "12 november 2026: op tijd"),
            ("2026-12-28", "28 december 2026: op tijd"),
            ("2026-12-29", "29 december 2026: op tijd als het uiterlijk op 28 december 2026 op de post ging"),
            ("2027-01-05", "5 januari 2027: na de termijn"),
        ],
    )
    def test_whether_it_is_in_time(self, refused, case, as_user, objected, words):
        ExemptionClaim.objects.update(sent_on=SENT, objected_on=date.fromisoformat(objected))
        assert words in as_user("officer").get(page(case, refused)).content.decode()

    def test_one_that_comes_before_the_sending_counts(self, refused, lekstroom):
        claims.object_to(refused, by=lekstroom.officer, on=timezone.localdate(), outcome="")
        assert ExemptionClaim.objects.get().objected_on == TODAY
