"""New keys on a live database: everything encrypted comes along, what somebody changes meanwhile is not overwritten."""

import json

import pytest
from cryptography.fernet import Fernet
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import models

from leerplicht.models import ImportFile, Pupil, RejectedLine
from tests import world
from thuiszitters.core.pages.drafts import draft_of, keep_draft
from thuiszitters.core.sealed.fields import SealedTextField
from thuiszitters.core.sealed.rotation import _renew, rotate_all, sealed_fields
from thuiszitters.core.sealed.secrets import seal, unseal

pytestmark = pytest.mark.django_db
NEW = Fernet.generate_key().decode()


@pytest.fixture
def full(lekstroom) -> Pupil:
    """Something in every encrypted column, with the old key."""
    child = world.pupil()
    organisation = lekstroom.organisations["nieuwegein"]
    file = ImportFile(name="f", sha256="0", size=1, organisation=organisation, uploaded_by=lekstroom.officer)
    file.keep(b"a;b")
    file.save()
    RejectedLine.objects.create(
        file_name="f", organisation=organisation, line=2, field="brin", reason="leeg", sealed_row=seal(json.dumps({}))
    )
    keep_draft(lekstroom.officer, "/x/", {"text": ["woord"]})
    return child


# A signed agreement of a region, for everybody in it to read: about no child, and not encrypted.
OPEN = {("cases.CovenantFile", "content"), ("leerplicht.SchoolFile", "content")}


def test_every_encrypted_column_is_known():
    """A column that holds a token and is of another type would be forgotten."""
    known = {(m._meta.label, name) for m, name in sealed_fields()}
    assert known == {
        ("leerplicht.Pupil", "pgn_sealed"),
        ("leerplicht.HistoricalPupil", "pgn_sealed"),
        ("leerplicht.ImportFile", "content"),
        ("leerplicht.AbsenceReport", "sent_sealed"),
        ("leerplicht.RejectedLine", "sealed_row"),
        ("core.Draft", "sealed"),
        ("reporting.Pack", "password_sealed"),
        ("cases.Joining", "before"),
        *((f"cases.{of}Meeting", "asks_sealed") for of in ("", "Historical")),
        *((f"cases.{of}Dispute", name) for of in ("", "Historical") for name in ("about_sealed", "came_of_sealed")),
        ("cases.TakeOverFile", "content"),
    }
    named = {
        (m._meta.label, f.name)
        for m in apps.get_models()
        for f in m._meta.concrete_fields
        if "seal" in f.name or isinstance(f, models.BinaryField | SealedTextField)
    }
    assert named == known | OPEN


def test_all_of_it_reads_with_the_new_key_alone(full, settings, lekstroom):
    number, old = full.reveal_pgn(), settings.PGN_KEYS
    settings.PGN_KEYS = [NEW, *old]
    assert rotate_all(save=False) == {"oud": 5}
    assert rotate_all() == {"vernieuwd": 5}
    assert rotate_all() == {"onveranderd": 5}
    settings.PGN_KEYS = [NEW]
    full.refresh_from_db()
    assert full.reveal_pgn() == number == unseal(full.history.latest().pgn_sealed)
    assert ImportFile.objects.get().open_content() == b"a;b"
    assert unseal(RejectedLine.objects.get().sealed_row) == "{}"
    assert draft_of(lekstroom.officer, "/x/").fields == {"text": ["woord"]}
    assert Pupil.objects.filter(pgn_hash=Pupil.hash_of(number)).exists(), "looking up does not change"


def test_a_number_that_somebody_changes_at_the_same_moment_wins(full, settings):
    read, settings.PGN_KEYS = full.pgn_sealed, [NEW, *settings.PGN_KEYS]
    Pupil.objects.filter(pk=full.pk).update(pgn_sealed=seal("999990019"))
    assert _renew(Pupil, "pgn_sealed", full.pk, read, True) == "overgeslagen"
    full.refresh_from_db()
    assert full.reveal_pgn() == "999990019"


def test_the_command_says_when_the_old_key_can_go(full, settings, capsys):
    old, settings.PGN_KEYS = settings.PGN_KEYS, [NEW, *settings.PGN_KEYS]
    with pytest.raises(CommandError, match="nog werk over"):
        call_command("rotate_keys", check=True)
    call_command("rotate_keys")
    call_command("rotate_keys", check=True)
    assert capsys.readouterr().out.splitlines() == [
        "5 oud, 0 onveranderd, 0 onleesbaar",
        "5 vernieuwd, 0 overgeslagen, 0 onveranderd, 0 onleesbaar",
        "0 oud, 5 onveranderd, 0 onleesbaar",
    ]
    settings.PGN_KEYS = old
    with pytest.raises(CommandError, match="past geen enkele sleutel"):
        call_command("rotate_keys")


def test_a_draft_is_not_readable_in_the_database(full, lekstroom):
    assert "woord" not in draft_of(lekstroom.officer, "/x/").sealed
