"""Names that were damaged by reading them in the wrong encoding are found; what is meant is proposed."""

import io

import pytest
from django.core.management import call_command

from leerplicht.names.damaged import damaged, meant_by
from tests import world


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("JosÃ©", "José"),
        ("Zo\u00c3\u00ab", "Zoë"),
        ("Ã‡elik", "Çelik"),
        ("Åukasz", "Åukasz"),
        ("José", "José"),
        ("João", "João"),
        ("Ångström", "Ångström"),
        ("O’Brien", "O’Brien"),
        ("Łukasz", "Łukasz"),
        ("Jansen", "Jansen"),
        ("", ""),
    ],
)
def test_what_was_meant(name, meant):
    assert (meant_by(name), damaged(name)) == (meant, meant != name)


def test_a_lost_letter_cannot_be_proposed():
    assert damaged("Jos\ufffd") and meant_by("Jos\ufffd") == "Jos\ufffd"


def test_the_command_finds_them_and_shows_no_name(lekstroom):
    wrong = world.pupil(first_names="JosÃ©")
    world.pupil(first_names="José")
    out = io.StringIO()
    call_command("find_damaged_names", stdout=out)
    assert f"leerling {wrong.pk}: voornamen" in out.getvalue() and "Jos" not in out.getvalue()
    assert out.getvalue().endswith("1 leerlingen en 0 ouders met een naam die beschadigd lijkt\n")


def test_the_page_proposes_and_changes_nothing(lekstroom, friday, as_user):
    case = world.open_case(world.pupil(first_names="JosÃ©"), lekstroom.schools["99AA00"])
    page = as_user("officer").get(f"/dossiers/{case.number}/").content.decode()
    assert "Bedoeld is misschien: José" in page
    case.pupil.refresh_from_db()
    assert case.pupil.first_names == "JosÃ©"
