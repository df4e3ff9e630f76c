"""What another tenant has changes nothing that a person can see (AZ-03), and no word of it comes along (AZ-04).

The crawl clicks on everything, as each role. Controls: with a scope taken out both tests find something.
"""

import io
from datetime import date

import pytest
import time_machine
from django.apps import apps
from django.core import mail
from django.db import models
from django.utils import timezone

from cases.dossier.models import Case, StatusChange
from cases.dossier.queries import CaseQuerySet
from cases.dossier.taking_part import EmergencyAccess
from cases.intake.uploads import read_in
from cases.steps.models import EscalationStep
from leerplicht.models import Enrolment, Exemption, NotEnrolled, PermittedAbsence, Pupil
from leerplicht.querysets import AbsenceReportQuerySet, PupilQuerySet
from tests import world
from tests.cases import absence_file
from tests.house import scene as stage
from tests.house.crawl import Crawl
from thuiszitters.core.log.audit import log_event
from thuiszitters.core.pages.drafts import keep_draft

# Scoping is the same SQL on both databases; the walk takes minutes.
pytestmark = [pytest.mark.django_db, pytest.mark.once]
PEOPLE = ("officer", "leader", "colleague", "coordinator", "holder", "teacher", "nurse", "boa", "region", "controller")
OURS = ("own", "shared", "revoked")
TOKEN = "KANARIE-B"
# Text of theirs that is not personal, or that no form can fill: codes, keys, numbers, names in public registers.
NOT_FILLED = {
    "line_hash",
    "password",
    "email",
    "number",
    "key",
    "code",
    "kind",
    "unit",
    "term_code",
    "state",
    "search_last",
    "search_first",
    "pgn_hash",
    "pgn_sealed",
    "sealed",
    "sealed_row",
    "content_hash",
    "sha256",
    "municipality_code",
    "request_id",
    "action",
    "result",
    "digest",
    "session_key",
    "field",
    "pgn_kind",
    "pgn_end",
    "letter",
}


def our_world(lekstroom) -> stage.Scene:
    scene = stage.Scene(lekstroom)
    for place in OURS:
        stage.add(scene, place)
    return scene


def their_world(scene: stage.Scene, count: int) -> None:
    """A dossier with everything in it, and `count` children with the numbers, names and report numbers that we use."""
    lekstroom = scene.world
    stage.add(scene, "foreign")
    case = scene.cases["foreign"]
    zwolle = lekstroom.organisations["zwolle"]
    for model, values in (
        (Enrolment, {"school": lekstroom.schools["99AC00"], "last_day": date(2026, 6, 1)}),
        (NotEnrolled, {"how_known": "x", "last_day": date(2026, 1, 2)}),
        (Exemption, {"article": "art_5_onder_a", "expert": "x", "last_day": date(2026, 1, 2)}),
        (PermittedAbsence, {"reason": "ziekte", "explanation": "x", "last_day": date(2026, 1, 2)}),
    ):
        model.objects.create(pupil=case.pupil, first_day=date(2026, 1, 1), **values)
    StatusChange.objects.create(case=case, source="nieuw", target="onderzoek", because="x", by=lekstroom.stranger)
    EscalationStep.objects.filter(pk=case.steps.first().pk).update(
        result="gedaan", done_on=date(2026, 11, 1), outcome="x", done_by=lekstroom.stranger
    )
    keep_draft(lekstroom.stranger, f"/dossiers/{case.number}/notitie/", {"text": [TOKEN]})
    later = timezone.now() + timezone.timedelta(hours=4)
    EmergencyAccess.objects.create(
        case=case, user=lekstroom.stranger, organisation=zwolle, reason="x", started_at=timezone.now(), ends_at=later
    )
    rows = [
        absence_file.row(
            n + 1,
            meldingsnummer=f"M-B-{n + 1}",
            voornamen="Noor",
            achternaam="Bakker",
            gemeentecode="0193",
            brin="99AC",
            geboortedatum="2013-05-05",
        )
        for n in range(count)
    ]
    read_in(
        io.BytesIO(absence_file.content(*rows)),
        name="b.csv",
        today=date(2026, 11, 20),
        by=lekstroom.stranger,
        allowed={"0193"},
    )
    log_event("case_viewed", by=lekstroom.stranger, pupils=[case.pupil_id], case_number=case.number)


def everybody(scene: stage.Scene) -> dict[str, dict[str, str]]:
    return {who: Crawl(scene.client(who), papers=0).everything() for who in PEOPLE}


def differences(before, after) -> list[str]:
    found = []
    for who in before:
        for what in sorted(set(before[who]) | set(after[who])):
            if before[who].get(what) != after[who].get(what):
                found.append(f"{who}: {what}")
    return found


def without_scope(monkeypatch, queryset) -> None:
    """The control: as if somebody forgot the scope."""
    monkeypatch.setattr(queryset, "visible_to", lambda self, *args, **kwargs: self.all())


@pytest.fixture
def scene(lekstroom):
    """The clock stands still: pages tell the minute, and a crawl can take longer than one."""
    with time_machine.travel("2026-11-20 10:00:00+01:00", tick=False):
        yield our_world(lekstroom)


@pytest.mark.once
def test_the_data_of_another_tenant_change_nothing_that_is_seen(scene, monkeypatch):
    before = everybody(scene)
    assert all(len(pages) > 10 for pages in before.values()), "the crawl sees too little to say anything"
    their_world(scene, 40)
    assert differences(before, everybody(scene)) == []
    assert Pupil.objects.filter(pgn_hash=Pupil.hash_of(world.bsn(1)), municipality="0193").exists()
    for queryset, seen_by in ((CaseQuerySet, "officer"), (AbsenceReportQuerySet, "teacher"), (PupilQuerySet, "leader")):
        with monkeypatch.context() as control:
            without_scope(control, queryset)
            seen = Crawl(scene.client(seen_by), papers=0, most=60).everything()
        # Only pages that both saw: this crawl stops early, and a page that is not there proves nothing.
        common = set(seen) & set(before[seen_by])
        assert any(seen[what] != before[seen_by][what] for what in common), (
            f"without {queryset.__name__} this test sees nothing"
        )


def fill_with_canaries(newer_than: dict[str, int]) -> set[str]:
    """The token in every text of every row that came after; gives the columns."""
    filled = set()
    for model in apps.get_models():
        if model._meta.label not in newer_than or not isinstance(model._meta.pk, models.AutoField):
            continue
        rows = model._base_manager.filter(pk__gt=newer_than[model._meta.label])
        if model is EscalationStep:  # only a step that is done has words
            rows = rows.exclude(result="")
        for column in model._meta.concrete_fields:
            text = type(column) in (models.CharField, models.TextField) and not column.choices and not column.unique
            fits = (column.max_length or 999) >= len(TOKEN)
            if text and fits and column.name not in NOT_FILLED and rows.update(**{column.name: TOKEN}):
                filled.add(f"{model._meta.label}.{column.name}")
    return filled


def last_rows() -> dict[str, int]:
    return {
        m._meta.label: m._base_manager.order_by("-pk").values_list("pk", flat=True).first() or 0
        for m in apps.get_models()
        if isinstance(m._meta.pk, models.AutoField)
    }


def test_no_word_of_another_tenant_comes_along(scene, monkeypatch, written_log):
    ours = last_rows()
    their_world(scene, 3)
    type(scene.world.stranger).objects.filter(pk=scene.world.stranger.pk).update(first_name=TOKEN, last_name=TOKEN)
    filled = fill_with_canaries(ours)
    assert len(filled) > 40, filled
    found = {}
    for who in PEOPLE:
        pages = Crawl(scene.client(who)).everything()
        found |= {
            f"{who}: {what}": 1
            for what, text in pages.items()
            if TOKEN in text.replace(f"search {TOKEN}", "") and what != f"search {TOKEN}"
        }
    assert found == {}
    assert mail.outbox == []

    # The control: their own officer reads them, and without the scope ours would.
    theirs = Crawl(scene.client("stranger")).everything()
    assert sum(text.count(TOKEN) for text in theirs.values()) > 50
    assert any((what.endswith(".pdf") or "/papier/" in what) and TOKEN in text for what, text in theirs.items())
    with monkeypatch.context() as control:
        without_scope(control, CaseQuerySet)
        found = Crawl(scene.client("officer"), papers=0, most=60).everything()
        assert any(TOKEN in text for text in found.values())

    # What the application writes about all this holds no word of it (LG-04).
    assert "request_finished" in written_log.getvalue()
    assert TOKEN not in written_log.getvalue()


def test_the_search_for_a_canary_finds_nothing_but_repeats_the_words(scene):
    """The one place where the token may stand: what somebody typed in the field for searching."""
    text = Crawl(scene.client("officer"), papers=0).everything()[f"search {TOKEN}"]
    assert "Niets gevonden" in text and Case.objects.count() == 3
