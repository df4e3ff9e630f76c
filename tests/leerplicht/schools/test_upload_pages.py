"""An administrator reads in a file of schools by page: looks first, then agrees."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from leerplicht.models import School, SchoolFile
from leerplicht.schools import acts
from tests.leerplicht.imports.school_files import HAGUE, SCHOOL, as_bytes, more
from thuiszitters.core.log.models import AuditEvent

pytestmark = pytest.mark.django_db
UPLOAD = reverse("schools-upload")


@pytest.fixture
def admin(client, lekstroom):
    client.force_login(lekstroom.admin)
    return client


def send(client, content: bytes, *, name="bo_2026-08.csv", sector="po"):
    return client.post(UPLOAD, {"file": SimpleUploadedFile(name, content), "sector": sector}, follow=True)


def agree(client, page, **more_fields):
    text = page.content.decode()
    seen = re.search(r'name="seen" value="(\w+)"', text)[1]
    return client.post(page.request["PATH_INFO"], {"seen": seen, "wel": "1"} | more_fields, follow=True)


def imported() -> int:
    return School.objects.filter(code__startswith="98Z").count()


def test_nothing_changes_before_a_person_agrees(admin):
    page = send(admin, as_bytes([*more(3), HAGUE | {"VESTIGINGSNAAM": " "}]))
    text = page.content.decode()
    assert imported() == 0
    for words in (
        "Wilt u dit inlezen?",
        "peildatum 1 augustus 2026",
        "98ZA00",
        "VESTIGINGSNAAM",
        "is leeg",
        "1 regel wordt",
    ):
        assert words in text
    done = agree(admin, page)
    assert imported() == 3 and "De scholen zijn ingelezen." in done.content.decode()
    row = SchoolFile.objects.get()
    assert (row.state, row.content, row.sectors) == ("klaar", None, ["po"])
    event = AuditEvent.objects.get(action="schools_imported")
    assert event.detail["nieuw"] == 3


def test_no_is_no(admin):
    page = send(admin, as_bytes(more(3)))
    admin.post(page.request["PATH_INFO"], {"niet": "1"})
    row = SchoolFile.objects.get()
    assert (imported(), row.state, row.content) == (0, "vervallen", None)
    assert "Er is niets veranderd" in admin.get(page.request["PATH_INFO"]).content.decode()


def test_a_doubt_asks_for_a_yes_in_so_many_words(admin):
    agree(admin, send(admin, as_bytes(more(20))))
    page = send(admin, as_bytes(more(15)), name="bo_2026-04.csv")
    text = page.content.decode()
    assert "Dit bestand is ouder (1 april 2026)" in text and "Er zouden 5 van de 20 scholen" in text
    refused = agree(admin, page)
    assert refused.status_code == 422 and "Vink dit aan om verder te gaan." in refused.content.decode()
    assert not School.objects.exclude(closed_on=None).exists()
    agree(admin, page, sure="on")
    assert School.objects.exclude(closed_on=None).count() == 5


def test_what_was_agreed_to_is_what_is_done(admin):
    page = send(admin, as_bytes(more(3)))
    School.objects.create(code="98ZA00", name="Eerder", sector="po", municipality_id="0356")
    answer = agree(admin, page)
    assert "is het register veranderd" in answer.content.decode() and imported() == 1
    agree(admin, answer)
    assert imported() == 3


def test_somebody_who_is_late_changes_nothing(admin):
    page = send(admin, as_bytes(more(3)))
    agree(admin, page)
    School.objects.filter(code="98ZA00").update(name="Anders")
    answer = agree(admin, page)
    assert answer.status_code == 200 and School.objects.get(code="98ZA00").name == "Anders"


def test_a_newer_offer_drops_the_one_before(admin):
    send(admin, as_bytes(more(3)))
    send(admin, as_bytes(more(4)))
    assert list(SchoolFile.objects.order_by("pk").values_list("state", flat=True)) == ["vervallen", "voorbeeld"]
    assert SchoolFile.objects.exclude(content=None).count() == 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "Het bestand is leeg."),
        (b"PK\x03\x04", "Dit is een Excel- of ZIP-bestand."),
        (b"a;b\r\n1;2\r\n", "Dit is geen DUO-bestand met schoolvestigingen."),
        (b"\x00" * 100, "Dit is geen tekstbestand."),
    ],
)
def test_another_file_is_refused_with_a_sentence(admin, content, sentence):
    page = send(admin, content)
    assert page.status_code == 422 and sentence in page.content.decode()
    assert not SchoolFile.objects.exists()


def test_a_file_of_special_education_says_or_is_told_what_it_is(admin):
    agree(admin, send(admin, as_bytes(more(2)), sector="so"))
    assert set(School.objects.filter(code__startswith="98Z").values_list("sector", flat=True)) == {"so"}


def test_too_large(admin, monkeypatch):
    monkeypatch.setattr("leerplicht.schools.forms.LARGEST", 10)
    assert "is groter dan" in send(admin, as_bytes([SCHOOL])).content.decode()


@pytest.mark.parametrize("who", ["officer", "leader", "coordinator", "stranger", "controller"])
def test_others_read_in_nothing(client, lekstroom, who):
    user = lekstroom.users[who]
    client.force_login(user)
    assert send(client, as_bytes(more(1))).status_code == 403
    row = SchoolFile.objects.create(name="x", size=1, content=as_bytes(more(1)), asked_sector="po")
    assert client.get(reverse("schools-preview", args=[row.pk])).status_code == 403
    for act in (lambda: acts.accept(row, seen="", by=user), lambda: acts.drop(row, by=user)):
        with pytest.raises(PermissionDenied):
            act()
    row.refresh_from_db()
    assert row.state == "voorbeeld"
