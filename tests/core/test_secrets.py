"""Encryption at rest and the look-up hash of personal numbers."""

import pytest
from cryptography.fernet import Fernet, InvalidToken

from leerplicht.law.identifiers import parse_pgn
from leerplicht.models import Pupil
from tests import world
from thuiszitters.core.sealed.secrets import keyed_hash, seal, seal_bytes, unseal, unseal_bytes

OLD, NEW, STRANGE = (Fernet.generate_key().decode() for _ in range(3))


def test_what_was_sealed_comes_back_and_cannot_be_read():
    token = seal("999990019")
    assert unseal(token) == "999990019"
    assert "999990019" not in token
    assert unseal_bytes(memoryview(seal_bytes(b"\x00\xff"))) == b"\x00\xff"


def test_the_same_number_gives_another_token_each_time():
    assert seal("999990019") != seal("999990019")


def test_a_new_key_encrypts_while_the_old_one_still_opens(settings):
    settings.PGN_KEYS = [OLD]
    before = seal("999990019")
    settings.PGN_KEYS = [NEW, OLD]
    after = seal("999990019")
    assert (unseal(before), unseal(after)) == ("999990019", "999990019")
    settings.PGN_KEYS = [NEW]
    assert unseal(after) == "999990019"
    with pytest.raises(InvalidToken):
        unseal(before)


def test_a_strange_key_opens_nothing(settings):
    token = seal("999990019")
    settings.PGN_KEYS = [STRANGE]
    with pytest.raises(InvalidToken):
        unseal(token)


def test_the_hash_is_stable_and_depends_on_the_number_and_on_the_key(settings):
    first = keyed_hash("999990019")
    assert first == keyed_hash("999990019") != keyed_hash("999990020")
    assert len(first) == 64
    settings.PGN_HASH_KEY = "another-installation"
    assert keyed_hash("999990019") != first


def test_a_pupil_is_found_by_the_number_as_typed_and_shows_three_digits(lekstroom):
    number = world.bsn(5)
    child = world.pupil(pgn_hash="")
    child.set_pgn(parse_pgn(number))
    child.save()
    assert Pupil.objects.get(pgn_hash=Pupil.hash_of(f" {number} ")) == child
    assert (child.pgn_masked, child.reveal_pgn()) == (f"••••••{number[-3:]}", number)
    stored = Pupil.objects.filter(pk=child.pk).values().get()
    assert not [name for name, value in stored.items() if number in str(value)]
