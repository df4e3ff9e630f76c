"""No log, no look: every look at a child is a row before the data leave, and without the row there are no data."""

import json

import pytest
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone

from cases.attachments.models import Attachment
from cases.claims.models import ExemptionClaim
from cases.decisions.models import Decision
from cases.disputes.models import Dispute
from cases.dossier.models import Task
from cases.escalation.models import Review
from cases.goals.models import Goal
from cases.meetings.models import Meeting
from cases.offers.models import Offer
from cases.people.models import Professional
from cases.sharing.models import Referral
from cases.talks.models import Talk
from cases.work.models import Contact, Note
from leerplicht.models import Exemption, Guardian, RejectedLine
from tests import world
from tests.cases.absence_file import row
from thuiszitters.core.files.keeping import keep
from thuiszitters.core.log.models import AuditEvent
from thuiszitters.core.sealed.secrets import seal

CASE = "dossiers/{case}/"
# Every page that shows something of a child: address, what is sent, the action in the log.
LOOKS = {
    CASE: (None, "case_viewed"),
    f"{CASE}geschiedenis/": (None, "history_viewed"),
    f"{CASE}nummer/": ({"purpose": "terugmelden aan DUO"}, "pgn_shown"),
    f"{CASE}papier/": (None, "entry_form"),
    f"{CASE}papier/volledig/": (world.PAPER, "dossier_printed"),
    f"{CASE}overleg/": (None, "entry_form"),
    f"{CASE}overleg/achteraf/": (None, "entry_form"),
    f"{CASE}overleg/{{meeting}}/": (None, "meeting_viewed"),
    f"{CASE}overleg/{{meeting}}/verslag/": (None, "entry_form"),
    f"{CASE}overleg/{{meeting}}/uitnodiging.ics": (None, "meeting_invitation"),
    f"{CASE}overleg/{{held}}/verslag.pdf": (None, "meeting_printed"),
    f"{CASE}gesprek/": (None, "entry_form"),
    f"{CASE}gesprek/{{talk}}/": (None, "talk_viewed"),
    f"{CASE}gesprek/{{talk}}/uitnodiging.ics": (None, "talk_invitation"),
    f"{CASE}professionals/nieuw/": (None, "entry_form"),
    f"{CASE}doel/": (None, "entry_form"),
    f"{CASE}geschil/": (None, "entry_form"),
    f"{CASE}geschil/{{dispute}}/": (None, "entry_form"),
    f"{CASE}geschil/{{dispute}}/uitkomst/": (None, "entry_form"),
    f"{CASE}doel/{{goal}}/": (None, "entry_form"),
    f"{CASE}doel/{{goal}}/kijken/": (None, "entry_form"),
    f"{CASE}doel/{{goal}}/mening/": (None, "entry_form"),
    f"{CASE}plan/mening/": (None, "entry_form"),
    f"{CASE}professionals/{{professional}}/": (None, "entry_form"),
    f"{CASE}broers-en-zussen/": (None, "entry_form"),
    f"{CASE}contact/": (None, "entry_form"),
    f"{CASE}contact/{{contact}}/": (None, "entry_form"),
    f"{CASE}notitie/": (None, "entry_form"),
    f"{CASE}notitie/{{note}}/": (None, "entry_form"),
    f"{CASE}bijlage/": (None, "entry_form"),
    f"{CASE}bijlage/{{attachment}}/": (None, "entry_form"),
    f"{CASE}bijlage/{{attachment}}/intrekken/": (None, "entry_form"),
    f"{CASE}bijlage/{{attachment}}/bestand/": (None, "attachment_fetched"),
    f"{CASE}stap/": (None, "entry_form"),
    f"{CASE}stap/{{task}}/klaar/": (None, "entry_form"),
    f"{CASE}speelt/": (None, "entry_form"),
    f"{CASE}belemmering/": (None, "entry_form"),
    f"{CASE}opschalen/": (None, "entry_form"),
    f"{CASE}later/": (None, "entry_form"),
    "opschalingen/{review}/": (None, "review_viewed"),
    f"{CASE}aanbod/": (None, "entry_form"),
    f"{CASE}aanbod/{{offer}}/": (None, "offer_viewed"),
    f"{CASE}aanbod/{{offer}}/aangeboden/": (None, "entry_form"),
    f"{CASE}beroep/": (None, "entry_form"),
    f"{CASE}beroep/art-5a/": (None, "entry_form"),
    f"{CASE}beroep/{{claim}}/": (None, "claim_viewed"),
    f"{CASE}beroep/{{claim}}/beoordelen/": (None, "entry_form"),
    "vrijstellingen/": (None, "exemptions_listed"),
    f"{CASE}besluit/": (None, "entry_form"),
    f"{CASE}besluit/{{decision}}/": (None, "decision_viewed"),
    f"{CASE}besluit/{{decision}}/vraag/": (None, "entry_form"),
    f"{CASE}besluit/{{decision}}/inhoud/": (None, "entry_form"),
    f"{CASE}besluit/{{decision}}/vooraf/": (None, "entry_form"),
    f"{CASE}besluit/{{decision}}/gehoord/": (None, "entry_form"),
    f"{CASE}besluit/{{decision}}/stand/niet_genomen/": (None, "entry_form"),
    f"{CASE}besluit/{{taken}}/brief.pdf": (None, "decision_printed"),
    f"{CASE}betrokken/": (None, "entry_form"),
    f"{CASE}toestemming/": (None, "entry_form"),
    f"{CASE}verwijzen/": (None, "entry_form"),
    f"{CASE}overdragen/": (None, "entry_form"),
    "verzoeken/": (None, "referrals_listed"),
    "verzoeken/{referral}/": (None, "referral_viewed"),
    f"{CASE}afsluiten/": (None, "entry_form"),
    f"{CASE}stand/onderzoek/": (None, "entry_form"),
    f"{CASE}toewijzen/": (None, "entry_form"),
    f"{CASE}leerling/": (None, "pupil_form"),
    f"{CASE}ouder/": (None, "guardian_form"),
    f"{CASE}feit/terugkeer/": (None, "fact_form"),
    "werkvoorraad/?lijst=alle": (None, "worklist"),
    "werkvoorraad/export.csv": (None, "worklist_exported"),
    "zoeken/": ({"q": "kanarie"}, "searched"),
    "meldingen/?stand=": (None, "reports_listed"),
    "meldingen/nummer/{report}/": (None, "report_viewed"),
    "meldingen/afgekeurd/{line}/": (None, "rejected_line_viewed"),
}


@pytest.fixture
def ids(lekstroom, friday) -> dict:
    child = world.pupil(first_names="Kanarie", last_name="Geelvink")
    case = world.open_case(child, lekstroom.schools["99AA00"])
    own = {"case": case, "by": lekstroom.officer, "organisation": lekstroom.organisations["nieuwegein"]}
    line = RejectedLine.objects.create(
        file_name="f",
        organisation=own["organisation"],
        line=2,
        field="brin",
        reason="leeg",
        sealed_row=seal(json.dumps(row(1, voornamen="Kanarie"))),
    )
    meetings = {
        key: Meeting.objects.create(
            kind=kind, state=state, starts_at="2026-11-19T12:00:00Z", place="Zaal", question="a", ground="taak", **own
        )
        for key, kind, state in (("meeting", "mdo", "gepland"), ("held", "tafel", "gehouden"))
    }
    offer = Offer.objects.create(
        kind="VSO", provider="De Haven", hours_start=6, hours_full=24, asked_on="2026-11-02", **own
    )
    claim = ExemptionClaim.objects.create(
        case=case, ground="art-15", received_on="2026-11-02", first_day="2026-11-02", by=own["by"]
    )
    Exemption.objects.create(pupil=child, article="art_5_onder_a", first_day="2026-11-20", last_day="2027-07-31")
    decisions = {
        key: Decision.objects.create(
            number=key,
            state=state,
            case=case,
            asked_by=own["by"],
            organisation=own["organisation"],
            trigger="a",
            question="a",
            scopes=["onderwijs"],
            asked_on="2026-11-02",
            kind="VSO",
            provider="De Haven",
            offer=offer,
            hours_start=6,
            hours_full=24,
            signed_at=timezone.now(),
            presented_by=own["by"],
        )
        for key, state in (("decision", "aangevraagd"), ("taken", "vervangen"))
    }
    return {
        **{key: row.pk for key, row in (meetings | decisions).items()},
        "case": case.number,
        "pupil": child.pk,
        "report": case.intakes.get().number,
        "line": line.pk,
        "contact": Contact.objects.create(on="2026-11-01", who="school", channel="brief", own_words="a", **own).pk,
        "referral": Referral.objects.create(
            case=case,
            kind="verwijzing",
            from_municipality=case.municipality,
            from_organisation=own["organisation"],
            to_organisation=lekstroom.organisations["verband"],
            question="Doet u mee?",
            asked_by=lekstroom.officer,
        ).pk,
        "review": Review.objects.create(
            case=case,
            from_organisation=own["organisation"],
            to_organisation=lekstroom.organisations["verband"],
            question="Plek?",
            tried="x",
            proposed_by=lekstroom.officer,
            proposed_at=timezone.now(),
        ).pk,
        "offer": offer.pk,
        "claim": claim.pk,
        "note": Note.objects.create(text="a", **own).pk,
        "dispute": Dispute.objects.create(route="klacht", by_whom="ouders", started_on="2026-11-02", **own).pk,
        "goal": Goal.objects.create(text="a", who="b", review_on="2026-12-01", **own).pk,
        "professional": Professional.objects.create(name="J. Smit", role="arts", **own).pk,
        "attachment": Attachment.objects.create(
            kind="post",
            title="Brief",
            extension="txt",
            scan="schoon",
            fingerprint="x",
            file=keep(b"a", "bijlagen"),
            **own,
        ).pk,
        "task": (task := case.tasks.get()).pk,
        "talk": Talk.objects.create(task=task, starts_at="2026-11-26T12:00:00Z", place="Zaal", **own).pk,
    }


def look(client, address, ids, sent):
    path = f"/{address.format(**ids)}"
    return client.post(path, sent) if sent else client.get(path)


@pytest.mark.parametrize("address", LOOKS)
def test_who_looked_at_whom_stands_in_the_log(ids, as_user, lekstroom, address):
    sent, action = LOOKS[address]
    client = as_user("officer")
    AuditEvent.objects.all()._raw_delete("default")
    response = look(client, address, ids, sent)
    assert response.status_code == 200
    event = AuditEvent.objects.get()
    assert event.action == action
    assert (event.user_id, event.role) == (lekstroom.officer.pk, "leerplichtambtenaar")
    assert event.organisation_id == lekstroom.organisations["nieuwegein"].pk
    if "line" not in address:
        assert event.pupil_ids == [ids["pupil"]]
    if address.startswith(CASE):
        assert event.case_number == ids["case"]
    assert "Kanarie" not in str(event.detail)


@pytest.mark.parametrize("address", LOOKS)
def test_without_the_row_nothing_of_the_child_leaves(ids, lekstroom, monkeypatch, address):
    def broken(*args, **kwargs):
        raise DatabaseError("de schijf is vol")

    monkeypatch.setattr(AuditEvent, "save", broken)
    client = Client(raise_request_exception=False)
    client.force_login(lekstroom.officer)
    response = look(client, address, ids, LOOKS[address][0])
    assert response.status_code == 503 and "komt een regel in het inzagelogboek" in response.content.decode()
    assert b"Kanarie" not in response.content and b"schijf" not in response.content


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("notitie/", {"kind": "algemeen", "text": "Weg", "part": "verloop"}),
        ("stap/", {"title": "Weg", "due_on": "2026-12-01"}),
        ("ouder/", {"name": "Weg", "relation": "oom", "gezag": "onbekend", "kind": "verzorger", "lives": "elders"}),
    ],
)
def test_without_the_row_nothing_is_saved(ids, lekstroom, monkeypatch, path, sent):
    """The look at the form is logged; the act is not, so it did not happen."""
    save = AuditEvent.save

    def breaks_later(event, *args, **kwargs):
        if event.action.endswith("_saved"):
            raise DatabaseError("vol")
        save(event, *args, **kwargs)

    monkeypatch.setattr(AuditEvent, "save", breaks_later)
    client = Client(raise_request_exception=False)
    client.force_login(lekstroom.officer)
    assert client.post(f"/dossiers/{ids['case']}/{path}", sent | {"version": "1"}).status_code == 503
    assert not Note.objects.filter(text="Weg").exists() and not Task.objects.filter(title="Weg").exists()
    assert not Guardian.objects.filter(name="Weg").exists()


def test_a_refused_look_is_on_record_with_the_child(ids, as_user, lekstroom):
    client = as_user("stranger")
    for number, pupils in ((ids["case"], [ids["pupil"]]), ("TZ-0356-2026-9999", [])):
        assert client.get(f"/dossiers/{number}/").status_code == 404
        event = AuditEvent.objects.latest("pk")
        assert (event.action, event.result, event.case_number) == ("refused", "geweigerd", number)
        assert (event.user_id, event.pupil_ids) == (lekstroom.stranger.pk, pupils)


def test_a_row_of_the_log_is_never_changed_or_deleted(ids):
    event = AuditEvent.objects.first()
    with pytest.raises(TypeError):
        event.save()
    with pytest.raises(TypeError):
        event.delete()


def test_the_controller_sees_numbers_and_no_children(ids, as_user):
    as_user("officer").get(f"/dossiers/{ids['case']}/")
    shown = as_user("controller").get("/inzagelogboek/", {"dossier": ids["case"]}).content.decode()
    assert ids["case"] in shown and "officer@voorbeeld.test" in shown
    assert "Kanarie" not in shown and "Geelvink" not in shown
