"""Parents and others around a child: an own address with its own secrecy, since and until, and what somebody is by law.
Who ended leaves lists and letters; nobody is pre-filled at an address where they do not live."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from cases.facts.forms import GuardianForm
from cases.meetings.rules import must_be_asked
from cases.work.panel import former_guardians, guardians_of
from leerplicht.models import Guardian, Pupil
from tests.cases.overleg import TODAY

HOME = "Dorpsstraat 1, 3431 AB Nieuwegein"
FORM = {"name": "Ann", "kind": "ouder", "relation": "moeder", "gezag": "onbekend", "lives": "onbekend"}


@pytest.fixture
def child(case) -> Pupil:
    case.pupil.address = HOME
    case.pupil.save()
    return case.pupil


def guardian(child: Pupil, **fields) -> Guardian:
    values = {"name": "Ann", "relation": "moeder", "gezag": "ja"} | fields
    return Guardian.objects.create(pupil=child, **values)


def letter_to(case, client, who: Guardian) -> tuple[bool, str] | None:
    """Whether the letter is pre-ticked for somebody, and at which address; None: not offered."""
    form = client.get(f"/dossiers/{case.number}/brieven/gesprek/").context["form"]
    key = f"o{who.pk}"
    if f"aan_{key}" not in form.fields:
        return None
    return form.fields[f"aan_{key}"].initial, form.fields[f"adres_{key}"].initial.replace("\n", ", ")


class TestLetters:
    @pytest.mark.parametrize(
        ("fields", "expected"),
        [
            ({"lives": "kind"}, (True, HOME)),
            ({}, (True, "")),
            ({"lives": "elders"}, (True, "")),
            ({"lives": "elders", "address": "Kade 2, 3512 JE Utrecht"}, (True, "Kade 2, 3512 JE Utrecht")),
            ({"address": "Kade 2, 3512 JE Utrecht", "secret_address": True}, (True, "")),
            ({"lives": "kind", "secret_address": True}, (True, "")),
            ({"kind": "instelling", "name": "Stichting Jeugdbescherming"}, (True, "")),
            ({"gezag": "onbekend", "lives": "kind"}, (False, HOME)),
            ({"gezag": "nee"}, None),
            ({"until": date(2026, 11, 19)}, None),
            ({"until": date(2026, 11, 20), "lives": "kind"}, (True, HOME)),
            ({"since": date(2026, 11, 21)}, None),
        ],
    )
    def test_where_a_letter_goes(self, case, child, as_user, fields, expected):
        assert letter_to(case, as_user("officer"), guardian(child, **fields)) == expected

    def test_at_a_secret_address_of_the_child_nobody_is_filled_in(self, case, child, as_user):
        child.secret_address = True
        child.save()
        assert letter_to(case, as_user("officer"), guardian(child, lives="kind")) == (True, "")

    def test_parents_apart_get_a_letter_each(self, case, child, as_user):
        mother = guardian(child, lives="kind")
        father = guardian(child, name="Joost", relation="vader", lives="elders", address="Kade 2, 3512 JE Utrecht")
        shown = as_user("officer").get(f"/dossiers/{case.number}/brieven/gesprek/").content.decode()
        assert "Kade 2" in shown and "Dorpsstraat 1" in shown
        assert letter_to(case, as_user("officer"), mother) != letter_to(case, as_user("officer"), father)


class TestLists:
    def test_who_ended_is_not_asked_and_stands_apart(self, case, child):
        now = guardian(child)
        past = guardian(child, name="Joost", until=date(2026, 11, 1))
        assert [key[1] for key, _ in must_be_asked(case, TODAY) if key[0] == "ouder"] == [now.pk]
        assert [g.row for g in guardians_of(case, [])] == [now] and former_guardians(case) == [past]

    def test_two_mothers(self, case, child, as_user):
        guardian(child, name="Ann")
        guardian(child, name="Bea")
        shown = as_user("officer").get(f"/dossiers/{case.number}/").content.decode()
        assert shown.count("</b>, moeder") == 2

    def test_the_page_says_what_somebody_is_and_keeps_a_secret_address_back(self, case, child, as_user):
        guardian(child, kind="instelling", lives="elders", address="Kade 2, 3512 JE Utrecht")
        guardian(child, name="Bea", lives="elders", address="Schuilplaats 9, 1234 AB Ergens", secret_address=True)
        guardian(child, name="Oma", relation="oma", until=date(2026, 11, 1))
        shown = as_user("officer").get(f"/dossiers/{case.number}/").content.decode()
        assert "voogd (een instelling)" in shown and "Kade 2" in shown and "geheim adres" in shown
        assert "Schuilplaats" not in shown and "tot en met 1 november 2026" in shown


class TestTheForm:
    @pytest.mark.parametrize(
        ("changes", "field"),
        [
            ({"kind": "gezinsvoogd", "gezag": "ja", "gezag_source": "rechter"}, "gezag"),
            ({"since": "2-11-2026", "until": "1-11-2026"}, "until"),
            ({"lives": "kind", "address": HOME}, "address"),
            ({"gezag": "ja"}, "gezag_source"),
            ({"kind": "tante"}, "kind"),
            ({"until": "31-2-2026"}, "until"),
        ],
    )
    def test_what_cannot_be_gets_a_sentence(self, case, child, changes, field):
        form = GuardianForm(FORM | changes, instance=Guardian(pupil=child))
        assert list(form.errors) == [field]

    def test_an_end_is_kept_and_taken_back(self, case, child, as_user):
        row, client = guardian(child, gezag_source="register"), as_user("officer")
        path = f"/dossiers/{case.number}/ouder/{row.pk}/"
        sent = FORM | {"gezag": "ja", "gezag_source": "register"}
        assert client.post(path, sent | {"until": "1-11-2026"}).status_code == 302
        row.refresh_from_db()
        assert row.until == date(2026, 11, 1) and row.history.count() == 2
        client.post(path, sent)
        row.refresh_from_db()
        assert row.until is None

    def test_the_database_keeps_the_order_too(self, child):
        with pytest.raises(ValidationError):
            Guardian(pupil=child, name="x", relation="x", since=TODAY, until=date(2026, 1, 1)).full_clean()
