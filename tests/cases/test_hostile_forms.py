"""Bad input in every form: a clear sentence, never a 500; and nothing changes that the form does not declare."""

import json

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.forms import modelform_factory

from cases.barriers.models import Barrier
from cases.claims.models import ExemptionClaim
from cases.decisions.models import Decision
from cases.disputes.models import Dispute
from cases.dossier.models import Case
from cases.dossier.taking_part import Involvement
from cases.intake.models import Intake
from cases.meetings.models import Attendance, Meeting
from cases.offers.models import Offer
from cases.work.forms import NoteForm
from cases.work.models import Note
from leerplicht.models import Guardian, Pupil, RejectedLine
from tests import world
from tests.cases.hostile_table import FORMS, LINE, SEARCH
from thuiszitters.core.sealed.secrets import seal, unseal

WRITTEN = ("Note", "Contact", "Task", "Dispute", "Meeting", "Outsider", "Attendance")
HOSTILE = (
    "",
    "a\0b",
    "2026-02-30",
    "0001-01-01",
    "9999-12-31",
    "2100-12-31",
    "-1",
    "9" * 30,
    "9" * 5000,
    "²",
    "x" * 30_000,
    "%s %(a)s {0}",
    "1e-999999",
)


@pytest.fixture
def ids(case, lekstroom) -> dict:
    waiting = world.report(case.pupil, lekstroom.schools["99AA00"], all_lessons=False, kind="L")
    world.take_in([waiting], today=case.opened_on)
    line = RejectedLine.objects.create(
        file_name="f.csv",
        organisation=lekstroom.organisations["bureau"],
        line=2,
        field="brin",
        reason="is leeg",
        sealed_row=seal(json.dumps(LINE | {"brin": ""})),
    )
    for key in ("school", "verband_elders"):
        world.involve(case, lekstroom.organisations[key])
    own = {
        "case": case,
        "by": lekstroom.officer,
        "organisation": lekstroom.organisations["nieuwegein"],
        "asked_on": "2026-11-02",
    }
    meeting = Meeting.objects.create(
        case=case,
        kind="tafel",
        starts_at="2026-11-19T12:00:00Z",
        place="x",
        ground="taak",
        by=lekstroom.officer,
        organisation=lekstroom.organisations["nieuwegein"],
    )
    asked = Attendance.objects.create(
        meeting=meeting, role="gemeente", organisation=lekstroom.organisations["nieuwegein"]
    )

    def claimed(ground, **fields):
        return ExemptionClaim.objects.create(
            case=case, ground=ground, received_on="2026-11-02", first_day="2026-11-02", by=lekstroom.officer, **fields
        )

    decision = Decision.objects.create(
        number="DM",
        case=case,
        asked_by=lekstroom.officer,
        trigger="x",
        question="x",
        scopes=["onderwijs"],
        organisation=lekstroom.organisations["nieuwegein"],
        asked_on="2026-11-02",
    )
    return {
        "decision": decision.pk,
        "claim": claimed("art-5b").pk,
        "decided": claimed(
            "art-15", state="afgewezen", because="x", judged_on="2026-11-10", judged_by=lekstroom.officer
        ).pk,
        "case2": world.open_case(world.pupil(), lekstroom.schools["99AA00"]).number,
        "meeting": meeting.pk,
        "asked": asked.pk,
        "dispute": Dispute.objects.create(
            route="klacht",
            by_whom="ouders",
            started_on="2026-11-02",
            **{name: own[name] for name in ("case", "by", "organisation")},
        ).pk,
        "barrier": Barrier.objects.create(kind="plek", what="x", **own).pk,
        "offer": Offer.objects.create(kind="VSO", provider="x", hours_start=6, hours_full=24, **own).pk,
        "step": case.steps.first().pk,
        "elders": lekstroom.organisations["verband_elders"].pk,
        "case": case.number,
        "task": case.tasks.get().pk,
        "verband": lekstroom.organisations["verband"].pk,
        "zwolle": lekstroom.organisations["zwolle"].pk,
        "school": lekstroom.organisations["school"].pk,
        "officer": lekstroom.officer.pk,
        "report": waiting.number,
        "line": line.pk,
    }


def filled(values: dict, ids: dict) -> dict:
    return {k.format(**ids): v.format(**ids) if isinstance(v, str) else v for k, v in values.items()}


def send(client, path: str, values: dict) -> int | str:
    """The status, or what went wrong; nothing stays."""
    try:
        with transaction.atomic():
            status = client.post(path, values).status_code
            transaction.set_rollback(True)
    except Exception as problem:
        return f"{type(problem).__name__}: {str(problem)[:80]}"
    return status


@pytest.mark.parametrize("address", FORMS)
def test_what_people_fill_in_is_accepted(ids, as_user, address):
    assert send(as_user("leader"), f"/{address.format(**ids)}", filled(FORMS[address], ids)) == 302


@pytest.mark.parametrize("address", [*FORMS, *SEARCH])
def test_no_value_in_any_field_gives_an_error_of_the_server(ids, as_user, address):
    """Each field with a third of the values, in turn: over all forms every value meets every kind of field."""
    client, path, values = as_user("leader"), f"/{address.format(**ids)}", filled((FORMS | SEARCH)[address], ids)
    wrong = {}
    for n, name in enumerate(values):
        for value in (v for k, v in enumerate(HOSTILE) if (k + n) % 3 == 0):
            status = send(client, path, values | {name: value})
            if not isinstance(status, int) or status >= 500:
                wrong[name, value[:20]] = status
    for missing in values:
        status = send(client, path, {k: v for k, v in values.items() if k != missing} | {"csrfmiddlewaretoken": "x"})
        if not isinstance(status, int) or status >= 500:
            wrong[missing, "missing"] = status
    assert wrong == {}


@pytest.mark.parametrize("address", ["dossiers/{case}/notitie/", "meldingen/nieuw/", "zoeken/"])
def test_ten_megabytes_in_one_field_are_refused_in_dutch(ids, as_user, address):
    response = as_user("leader").post(f"/{address.format(**ids)}", {"text": "x" * 10_000_000, "kind": "algemeen"})
    assert response.status_code == 400 and "te groot" in response.content.decode()


ADDRESSES = [
    "werkvoorraad/?lijst={}&stand={}&gemeente={}&behandelaar={}&page={}",
    "werkvoorraad/export.csv?behandelaar={}&gemeente={}",
    "meldingen/?stand={}&page={}",
    "meldingen/afgekeurd/?page={}",
    "meldingen/nummer/{}/",
    "dossiers/{}/",
    "dossiers/TZ-0356-2026-0001/?soort={}&alles={}",
    "dossiers/TZ-0356-2026-0001/notitie/{}/",
    "meldingen/inlezen/{}/",
    "meldingen/afgekeurd/{}/",
    "dossiers/TZ-0356-2026-0001/feit/{}/",
    "dossiers/TZ-0356-2026-0001/stand/{}/",
    "dossiers/TZ-0356-2026-0001/besluit/{}/",
    "dossiers/TZ-0356-2026-0001/besluit/1/{}/",
    "dossiers/TZ-0356-2026-0001/beroep/{}/",
    "inloggen/?next={}",
    "dossiers/TZ-0356-2026-0001/overleg/?na={}",
    "dossiers/TZ-0356-2026-0001/overleg/{}/",
]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("value", ["%00", "-1", "9" * 30, "%C2%B2", "%F0%9F%98%80", "%ff", "..%2f..", "a" * 3000])
def test_no_address_gives_an_error_of_the_server(case, as_user, address, value):
    response = as_user("officer").get(f"/{address.format(*[value] * 5)}")
    assert response.status_code < 500


@pytest.mark.parametrize("value", ["%00", "%ff", "9" * 30])
def test_nor_does_the_log(lekstroom, as_user, value):
    assert (
        as_user("controller").get(f"/inzagelogboek/?dossier={value}&medewerker={value}&page={value}").status_code < 500
    )


@pytest.mark.parametrize("name", ["a\0b.csv", "x" * 500 + ".csv", "../../etc/passwd", "<b>.csv"])
def test_nor_does_the_name_of_a_file(lekstroom, as_user, name):
    file = SimpleUploadedFile("f.csv", b"a;b\n1;2\n")
    file._name = name
    assert as_user("officer").post("/meldingen/inlezen/", {"file": file}).status_code < 500


class TestMassAssignment:
    """AZ-09: every name of a column of every model is sent along; what the form does not declare stays as it is."""

    FOREIGN = {
        "id": "999",
        "pk": "999",
        "number": "TZ-1",
        "state": "afgesloten",
        "municipality": "0193",
        "handler": "999",
        "version": "1",
        "by": "999",
        "organisation_id": "999",
        "case": "999",
        "pupil": "999",
        "recorded_by": "999",
        "opened_on": "2000-01-01",
        "closed_on": "2000-01-01",
        "result": "OVERLEDEN",
        "is_staff": "on",
        "until": "2000-01-01",
        "is_superuser": "on",
        "role": "beheerder",
        "pgn_hash": "x",
        "pgn_sealed": "x",
        "pgn_end": "123",
        "added_by": "999",
        "superseded_at": "2000-01-01",
        "received_from": "999",
        "done_on": "2000-01-01",
        "home_since": "2000-01-01",
    }
    DECLARED = {"dossiers/{case}/leerling/": {"pgn_hash", "pgn_sealed", "pgn_end", "pgn_kind"}}

    @pytest.mark.parametrize("address", [a for a in FORMS if a.startswith("dossiers/{case}/")])
    def test_nothing_undeclared_changes(self, ids, as_user, case, address):
        names = {f.name for model in apps.get_models() for f in model._meta.get_fields()} | set(self.FOREIGN)
        values = filled(FORMS[address], ids)
        extra = {name: self.FOREIGN.get(name, "1") for name in names - set(values)}
        outcome = {}
        for label, sent in (("plain", values), ("stuffed", extra | values)):
            with transaction.atomic():
                assert as_user("leader").post(f"/{address.format(**ids)}", sent).status_code == 302
                outcome[label] = self.columns()
                transaction.set_rollback(True)
        # Boxes that are ticked or not, and empty choices, are declared by the form but not always sent.
        declared = {"shared", "trial", "released", "secret_address", "primary", "letter", "received_on", "prefix"}
        declared |= {"gezag_on", "guardian_id", "owner_id", "owner_organisation_id", "explanation", "last_day", "name"}
        stable = [
            {k: v for k, v in row.items() if k not in declared and k not in self.DECLARED.get(address, ())}
            for row in outcome["plain"]
        ]
        stuffed = [
            {k: v for k, v in row.items() if k not in declared and k not in self.DECLARED.get(address, ())}
            for row in outcome["stuffed"]
        ]
        assert stuffed == stable

    def test_a_form_with_all_fields_would_be_seen(self, ids, as_user, case, monkeypatch):
        """The control: a form that takes what it did not declare. Who wrote it no form can take at all."""
        sent = filled(FORMS["dossiers/{case}/notitie/"], ids) | {"organisation": ids["zwolle"]}
        fields = [f for f in [*NoteForm.base_fields, "organisation"] if f != "version"]
        monkeypatch.setattr("cases.work.views.NoteForm", modelform_factory(Note, form=NoteForm, fields=fields))
        assert as_user("leader").post(f"/dossiers/{case.number}/notitie/", sent).status_code == 302
        assert not Note._meta.get_field("by").editable
        assert Note.objects.get().organisation_id == ids["zwolle"]

    @staticmethod
    def columns() -> list[dict]:
        """All rows of what hangs on the dossier, without ids and moments, which differ each time."""
        models = [Case, Pupil, Guardian, Involvement, Intake]
        models += [m for m in apps.get_app_config("cases").get_models() if m.__name__ in WRITTEN]
        rows = [{"model": m.__name__, **row} for m in models for row in m.objects.order_by("pk").values()]
        fresh = (
            "id",
            "at",
            "facts_changed_at",
            "changed_at",
            "uid",
            "meeting_id",
            "claim_id",
            "decision_id",
            "task_id",
        )
        return [{k: in_the_open(k, v) for k, v in row.items() if k not in fresh} for row in rows]


def in_the_open(name: str, value):
    """What a form seals has another token each time."""
    return unseal(value) if value and name in ("asks_sealed", "about_sealed", "came_of_sealed") else value
