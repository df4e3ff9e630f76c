"""AZ-13: who reports gets the same answer for a number that is known, unknown, or known with another name or birth
date, and sees what was typed, until the gemeente has judged."""

import re
from datetime import date, timedelta

import pytest

from cases.dossier.models import Case
from cases.dossier.taking_part import EmergencyAccess
from leerplicht.law.identifiers import parse_pgn
from leerplicht.models import AbsenceReport, IdentityQuestion, Pupil
from tests import world
from thuiszitters.core.log.models import AuditEvent
from thuiszitters.core.words import long_date

FORM = {
    "school": "99AA00",
    "gemeentecode": "0356",
    "begindatum": "2026-10-02",
    "verzuimsoort": "LRV",
    "alle_lessen_gemist": "J",
    "actie_gemeente_gewenst": "J",
}
KNOWN, UNKNOWN, ELSEWHERE, AT_SCHOOL = world.bsn(801), world.bsn(802), world.bsn(803), world.bsn(804)
BORN = date(2013, 5, 5)


@pytest.fixture
def children(lekstroom, friday):
    """A child of the gemeente with a dossier, one with its own school, and one of another gemeente."""
    for number, code, school in (
        (KNOWN, "0356", "99AB00"),
        (AT_SCHOOL, "0356", "99AA00"),
        (ELSEWHERE, "0193", "99AC00"),
    ):
        child = Pupil(first_names="Geheim Kind", last_name="Verborgen", born=BORN, municipality_id=code)
        child.set_pgn(parse_pgn(number))
        child.save()
        world.open_case(child, lekstroom.schools[school])


def sent(number: str, **changes: str) -> dict[str, str]:
    return FORM | {
        "persoonsgebonden_nummer": number,
        "voornamen": "Sem",
        "achternaam": "de Wit",
        "geboortedatum": BORN.isoformat(),
    } | changes  # fmt: skip


def days(count: int) -> list[str]:
    return [(BORN + timedelta(days=n)).isoformat() for n in range(count)]


TRIES = {
    "unknown": sent(UNKNOWN),
    "known, as on record": sent(KNOWN, voornamen="Geheim Kind", achternaam="Verborgen"),
    "known, another last name": sent(KNOWN, voornamen="Geheim"),
    "known, another child": sent(KNOWN),
    "known, another birth date": sent(KNOWN, voornamen="Geheim", geboortedatum="2012-01-01"),
    "known at this school": sent(AT_SCHOOL, voornamen="Geheim Kind", achternaam="Verborgen"),
    "known at this school, another child": sent(AT_SCHOOL),
    "known elsewhere": sent(ELSEWHERE, voornamen="Geheim Kind", achternaam="Verborgen"),
    "known elsewhere, another child": sent(ELSEWHERE),
    "withdrawn by nobody, few lessons": sent(KNOWN, alle_lessen_gemist="N"),
}


def answers(client, typed: dict[str, str]) -> list:
    """What the school gets: the answer, the page of the report and its row in the list, apart from what was typed."""
    made = world.report_anyway(client, typed)
    number = made["Location"].split("/")[-2] if made.status_code == 302 else ""
    page = client.get(made["Location"]) if number else made
    rows = client.get("/meldingen/").content.decode()
    row = re.search(rf"<tr>(?:(?!</tr>).)*{number}.*?</tr>", rows, re.DOTALL)
    today = client.get("/vandaag/").content.decode()
    line = re.search(rf"<li>(?:(?!</li>).)*{number}.*?</li>", today, re.DOTALL)
    again = [client.get(f"{made['Location']}{act}/").content.decode() for act in ("wijzigen", "intrekken") if number]
    texts = [page.content.decode(), row.group() if row else "", line.group() if line else "", *again]
    return [
        made.status_code,
        sorted(set(made.headers) - {"Location"}),
        page.status_code,
        sorted(page.headers.items() - {("Content-Length", page.headers.get("Content-Length"))}),
        *(untyped(text, number, typed) for text in texts),
    ]


def untyped(text: str, number: str, typed: dict[str, str]) -> str:
    """Without what the school itself typed, the number it got, and what changes with each request."""
    born = date.fromisoformat(typed["geboortedatum"])
    first, last = typed["voornamen"].split()[0], typed["achternaam"]
    for word in (number, f"{first} {last}", long_date(born), *re.findall(r'value="(\w{64})"', text)):
        text = text.replace(word, "…") if word else text
    text = re.sub(r'name="versie" value="\d+"| checked', "", text)
    return re.sub(r"nonce[^ ]*|\d\d:\d\d(:\d\d)?|<dd>\s*(ja|nee)\s*</dd>| · alle lessen gemist", "", text)


@pytest.mark.parametrize("name", [n for n in TRIES if n != "unknown"])
def test_a_school_gets_one_answer_for_every_number(children, as_user, name):
    client = as_user("teacher")
    assert answers(client, TRIES[name]) == answers(client, TRIES["unknown"])


def test_guessing_a_birth_date_fifty_times_tells_nothing(children, as_user):
    client = as_user("teacher")
    one = answers(client, TRIES["unknown"])
    assert [n for n, day in enumerate(days(50)) if answers(client, sent(KNOWN, geboortedatum=day)) != one] == []


@pytest.mark.parametrize("name", ["unknown", "known, another child", "known elsewhere, another child"])
def test_the_name_on_record_stands_nowhere(children, as_user, name):
    client = as_user("teacher")
    page = client.get(world.report_anyway(client, TRIES[name])["Location"]).content.decode()
    rows = client.get("/meldingen/").content.decode()
    assert "Sem de Wit" in page and "Sem de Wit" in rows and "Verborgen" not in page
    assert rows.count("Verborgen") == 1  # the child of the own school, as that school reported it


def test_nothing_of_the_known_child_changes_and_somebody_is_asked(children, as_user):
    before = Pupil.objects.filter(pgn_hash=Pupil.hash_of(KNOWN)).values().get()
    clock = list(Case.objects.filter(pupil=before["id"]).values("state", "home_since", "clock_start"))
    for name in ("known, another child", "known, another birth date"):
        world.report_anyway(as_user("teacher"), TRIES[name])
    assert Pupil.objects.filter(pk=before["id"]).values().get() == before
    assert list(Case.objects.filter(pupil=before["id"]).values("state", "home_since", "clock_start")) == clock
    asked = IdentityQuestion.objects.all()
    assert [q.known_id for q in asked] == [before["id"]] * 2 and {q.pupil_id for q in asked} & {before["id"]} == set()
    assert {r.intake.state for r in AbsenceReport.objects.filter(pupil__in=[q.pupil_id for q in asked])} == {"wacht"}


def test_what_a_person_decided_is_told(children, as_user):
    client = as_user("teacher")
    made = world.report_anyway(client, TRIES["known, another child"])
    number = made["Location"].split("/")[-2]
    as_user("officer").post(f"/meldingen/nummer/{number}/", {"opzij": "1", "because": "dubbel"})
    shown = as_user("teacher").get(made["Location"]).content.decode()
    assert "afgedaan" in shown and "dubbel" not in shown and "Sem de Wit" in shown


class TestEmergency:
    def ask(self, client, number: str):
        return client.post("/noodtoegang/", {"number": number, "reason": "Het kind is mogelijk niet veilig."})

    def test_a_number_that_does_not_exist_answers_as_one_that_does(self, children, as_user):
        client, real = as_user("officer"), Case.objects.get(municipality="0193").number
        there, nowhere = self.ask(client, real), self.ask(client, "TZ-0193-2026-9999")
        assert (there.status_code, nowhere.status_code) == (302, 302)
        assert there["Location"].replace(real, "") == nowhere["Location"].replace("TZ-0193-2026-9999", "")
        assert set(there.headers) == set(nowhere.headers)
        assert EmergencyAccess.objects.count() == 1
        assert AuditEvent.objects.filter(action="refused").exists()

    def test_what_is_no_number_of_a_dossier_gets_a_sentence(self, children, as_user):
        refused = self.ask(as_user("officer"), "Jansen")
        assert refused.status_code == 422 and "TZ-0356-2026-0012" in refused.content.decode()
