"""Three dossiers with everything in them, seen by people of every role: the stage of the route matrix."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.test import Client
from django.utils import timezone

from cases.agreements.models import Mandate
from cases.attachments.models import Attachment
from cases.barriers.models import Barrier
from cases.claims.models import ExemptionClaim
from cases.closing.models import ClosingProposal
from cases.decisions.models import Decision, DecisionParty
from cases.disputes.models import Dispute
from cases.dossier.models import Assignment, Case, Division, Task
from cases.dossier.taking_part import Consent
from cases.enforcement.models import EnforcementStep
from cases.escalation.models import Review
from cases.family.models import LookAlong
from cases.goals.models import Goal
from cases.identity.models import Joining
from cases.intake.uploads import upload
from cases.labels.models import RiskLevel
from cases.meetings.models import Attendance, Meeting
from cases.offers.models import Offer
from cases.people.models import Professional
from cases.proposals.models import Proposal
from cases.sharing.models import Referral
from cases.steps.models import Pause
from cases.takeover.models import TakeOverFile
from cases.talks.models import Talk
from cases.work.models import Contact, Note
from cases.worklist.models import SavedFilter
from leerplicht.models import (
    Guardian,
    IdentityQuestion,
    Municipality,
    Redivision,
    RejectedLine,
    SchoolFile,
    SchoolReturn,
)
from tests import world
from tests.house.scene_of_region import PLACES, agreements, stops
from tests.leerplicht.imports.school_files import SCHOOL, as_bytes
from thuiszitters.core.files.keeping import keep
from thuiszitters.core.jobs.models import Job
from thuiszitters.core.people.absences import Absence
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.sealed.secrets import seal

PEOPLE = (
    "officer",
    "leader",
    "colleague",
    "coordinator",
    "holder",
    "partner_elsewhere",
    "teacher",
    "nurse",
    "boa",
    "region",
    "admin",
    "controller",
    "stranger",
)
PARTNERS = ("verband", "school", "jeugdteam")
KINDS = {
    "worklist-sheet": "csv",
    "letter-about": "ontvangst",
    "letter": "gesprek",
    "claim": "verlof",
    "enforcement": "pv",
    "decision": "gehoord",
}  # what fills <kind>, by begin of a route
EVERYTHING = ["verzuim", "verloop", "vrijstelling", "handhaving", "veiligheid"]


@dataclass
class Scene:
    world: world.World
    cases: dict[str, Case] = field(default_factory=dict)
    rows: dict[str, dict[str, int]] = field(default_factory=dict)
    reports: dict[str, str] = field(default_factory=dict)
    typed: dict[str, str] = field(default_factory=dict)

    def client(self, who: str) -> Client:
        client = Client()
        client.force_login(self.world.users[who])
        return client

    def arguments(self, name: str, parameters, place: str) -> dict:
        """What fills the address of a route in one of the places."""
        values = {
            "pk": self.rows[place].get(name),
            "kind": next((kind for begin, kind in KINDS.items() if name.startswith(begin)), "terugkeer"),
            "item": self.rows[place].get("item"),
            "target": {"offer-move": "aangeboden", "decision-move": "niet_genomen"}.get(name, "onderzoek"),
        }
        values |= {name: self.rows[place].get(name) for name in ("row", "pack")} | {
            "way": "op",
            "token": "niet-van-iemand",
            "extension": "pdf",
            "reader": "volledig",
            "key": "plan",
        }
        values["claim"] = self.rows[place]["claim"]
        values["number"] = self.number_for(name, place)
        return {p: values[p] for p in parameters}

    def number_for(self, name: str, place: str) -> str:
        """Of the dossier, or of the report that the route is about."""
        if name in ("report-again", "report-change", "report-withdraw"):
            return self.typed[place]
        return self.reports[place] if name in ("report", "report-answer") else self.cases[place].number


def build(lekstroom: world.World) -> Scene:
    scene = Scene(lekstroom)
    for place in PLACES:
        add(scene, place)
    return scene


def add(scene: Scene, place: str) -> None:
    """Put the dossier of one place on the stage."""
    lekstroom = scene.world
    nieuwegein, zwolle = lekstroom.organisations["nieuwegein"], lekstroom.organisations["zwolle"]
    code, school, author, organisation = {
        "own": ("0356", "99AB00", lekstroom.officer, nieuwegein),
        "shared": ("0356", "99AA00", lekstroom.officer, nieuwegein),
        "foreign": ("0193", "99AC00", lekstroom.stranger, zwolle),
        "revoked": ("0356", "99AA00", lekstroom.officer, nieuwegein),
    }[place]
    child = world.pupil(municipality_id=code)
    case = world.open_case(child, lekstroom.schools[school])
    scene.cases[place] = case
    scene.reports[place] = case.intakes.get().number
    scene.rows[place] = _rows(case, author, organisation) | _shares(lekstroom, case, place, author, organisation)
    scene.rows[place] |= stops(lekstroom, case, place, author, organisation)
    scene.rows[place] |= agreements(lekstroom, place) | _decisions(case, place, author, organisation)
    if place in ("shared", "revoked"):
        waiting = world.report(child, lekstroom.schools["99AA00"], kind="L", all_lessons=False)
        world.take_in([waiting], today=date(2026, 11, 20))
        scene.reports[place] = waiting.number
    scene.typed[place] = _typed(lekstroom, child, place)
    scene.rows[place] |= _levels(lekstroom, place)


def _levels(lekstroom, place: str) -> dict[str, int]:
    """A level of risk in the list of each organisation that works in a dossier; the one to change is of the bureau."""
    for key in ("nieuwegein", "zwolle", "bureau", *PARTNERS):
        RiskLevel.objects.get_or_create(organisation=lekstroom.organisations[key], name="hoog")
    owner = lekstroom.organisations["zwolle" if place == "foreign" else "bureau"]
    return dict.fromkeys(("risk-level", "risk-level-end"), RiskLevel.objects.get(organisation=owner).pk)


def _typed(lekstroom, child, place) -> str:
    """A report that was typed here: by the gemeente, or by the school of the teacher."""
    typist = {"own": "0356", "foreign": "0193"}.get(place, "99AA00")
    school = {"own": "99AB00", "foreign": "99AC00"}.get(place, "99AA00")
    number = f"EIGEN-{typist}-2026-9{PLACES.index(place):03}"
    report = world.report(child, lekstroom.schools[school], number=number, kind="O", all_lessons=False)
    world.take_in([report], today=date(2026, 11, 20))
    return number


def _shares(lekstroom, case, place, author, organisation) -> dict[str, int]:
    """Who takes part, a consent, and a question to the school of the teacher."""
    partners = [lekstroom.organisations[key] for key in PARTNERS] if place in ("shared", "revoked") else []
    ended = {"ended_at": timezone.now() - timedelta(minutes=1)} if place == "revoked" else {}
    for partner in partners:
        world.involve(case, partner, parts=EVERYTHING, **ended)
    extra = world.involve(case, lekstroom.organisations["regio"])
    consent = Consent.objects.create(
        case=case,
        owner=organisation,
        recipient=lekstroom.organisations["verband"],
        by_parents=True,
        by_youth=True,
        health=True,
        scope="passende plek",
        given_on=date(2026, 11, 1),
        recorded_by=author,
    )
    asked = Referral.objects.create(
        case=case,
        kind=Referral.Kind.REFER,
        from_municipality=case.municipality,
        from_organisation=organisation,
        to_organisation=lekstroom.organisations["verband_elders" if place == "foreign" else "school"],
        question="Doet u mee?",
        asked_by=author,
    )
    review = Review.objects.create(
        case=case,
        from_organisation=organisation,
        to_organisation=lekstroom.organisations["verband"],
        question="Plek?",
        tried="Gesprekken",
        proposed_by=author,
        proposed_at=timezone.now(),
    )
    return {"review": review.pk, "involve-end": extra.pk, "consent-withdraw": consent.pk, "referral": asked.pk}


def _decisions(case, place: str, author, organisation) -> dict[str, int]:
    """One in preparation with somebody who was heard, and one that was signed and replaced."""
    about = {
        "case": case,
        "asked_by": author,
        "organisation": organisation,
        "asked_on": date(2026, 11, 1),
        "trigger": "x",
        "question": "Welke plek?",
        "scopes": [Mandate.Scope.values[PLACES.index(place)]],
    }
    preparing = Decision.objects.create(number=f"DM-{case.pk}-1", **about)
    party = DecisionParty.objects.create(decision=preparing, who="school", how="niet", position="x", by=author)
    taken = Decision.objects.create(
        number=f"DM-{case.pk}-2",
        state="vervangen",
        signed_at=timezone.now(),
        offer=case.offers.first(),
        presented_by=author,
        kind="VSO",
        provider="De Haven",
        hours_start=6,
        hours_full=24,
        **about,
    )
    names = ("", "-content", "-answers", "-item", "-item-edit", "-item-drop", "-move", "-sign", "-told", "-question")
    return {"item": party.pk, "decision-letter": taken.pk} | {f"decision{n}": preparing.pk for n in names}


def _rows(case, author, organisation) -> dict[str, int]:
    """One row of each kind in the dossier, under the name of the route that leads to it."""
    own = {"case": case, "by": author, "organisation": organisation}
    contact = Contact.objects.create(on=date(2026, 11, 1), who="school", channel="telefoon", own_words="Hallo", **own)
    note = Note.objects.create(text="Alleen voor ons", **own)
    attachment = _attachment(own)
    task = Task.objects.create(case=case, title="Bel de school", due_on=date(2026, 12, 1), by=author)
    school = Organisation.objects.get(kind="school")
    teacher = school.memberships.get().user
    proposal = Proposal.objects.create(case=case, task=task, text="Gebeld.", by=teacher, organisation=school)
    guardian = Guardian.objects.create(pupil=case.pupil, name="Fatima Bakker", relation="moeder")
    fact = SchoolReturn.objects.create(pupil=case.pupil, first_day=date(2026, 11, 2), trial=True, source="school")
    file = upload("leeg.csv", b"a;b", by=author, organisation=organisation, municipalities={case.municipality_id})
    line = RejectedLine.objects.create(
        file_name="leeg.csv", organisation=organisation, line=2, field="brin", reason="is leeg", sealed_row=seal("{}")
    )
    adrift = RejectedLine.objects.create(file_name="los.csv", line=2, field="regel", reason="x", sealed_row=seal("{}"))
    schools = SchoolFile.objects.create(name="bo.csv", size=3, content=as_bytes([SCHOOL]), asked_sector="po")
    redivision, _ = Redivision.objects.get_or_create(
        municipality=Municipality.objects.get_or_create(code="0999", defaults={"name": "Nergens"})[0],
        day=date(2027, 1, 1),
    )
    identity = IdentityQuestion.objects.create(
        kind="naam",
        pupil=case.pupil,
        known=case.pupil,
        sent_first_names="Noor",
        sent_last_name="Anders",
        sent_born=case.pupil.born,
    )
    twin = world.pupil(municipality_id=case.municipality_id, last_name="Tweeling")
    joined = Joining.objects.create(
        pupil=case.pupil, gone_id=0, case=case, before=seal("[]"), fingerprint="x", because="x", by=author
    )
    foreign = organisation.code == "0193"
    owner = organisation if foreign else Organisation.objects.get(name="Leerplicht Lekstroom")
    taken_over = TakeOverFile.objects.create(
        name="oud.xlsx",
        sha256="x",
        size=1,
        source="Oud Systeem",
        organisation=owner,
        uploaded_by=author,
        state="voorbeeld",
        counts={"notities": {"nieuw": 1, "afgekeurd": 1}},
        samples=[{"blad": "notities", "regel": 3, "kort": "datum 1 juni 2026"}],
        refused=[{"blad": "notities", "regel": 2, "veld": "tekst", "soort": "afgekeurd", "reden": "is leeg"}],
    )
    step = case.steps.filter(planned_on__lte=date(2026, 11, 20)).first()
    pause = Pause.objects.create(
        case=case, since=date(2026, 10, 6), until=date(2026, 12, 20), because="Wacht op uitslag", by=author
    )
    asked = {"case": case, "by": author, "organisation": organisation, "asked_on": date(2026, 11, 2)}
    barrier = Barrier.objects.create(kind="plek", what="Een rustige klas", **asked)
    dispute = Dispute.objects.create(route="klacht", by_whom="ouders", started_on=date(2026, 11, 2), **own)
    goal = Goal.objects.create(text="Elke dag een uur", who="mentor", review_on=date(2026, 12, 1), **own)
    arts = Professional.objects.create(name="J. Smit", role="jeugdarts", **own)
    offer = Offer.objects.create(kind="VSO", provider="De Haven", hours_start=6, hours_full=24, **asked)
    claim = ExemptionClaim.objects.create(
        case=case, ground="art-15", received_on=date(2026, 11, 2), first_day=date(2026, 11, 2), by=author
    )
    enforced = EnforcementStep.objects.create(kind="waarschuwing", on=date(2026, 11, 2), because="x", **own)
    saved = SavedFilter.objects.create(user=author, name=case.number, query="lijst=alle")
    planned, held = _meetings(own, guardian)
    division = Division.objects.create(by=author)
    Assignment.objects.create(case=case, handler=author, by=author, division=division)
    march = date(2027, 3, 1)
    away, _ = Absence.objects.get_or_create(user=author, first_day=march, last_day=march, by=author)
    return {
        **dict.fromkeys(("division", "division-undo"), division.pk),
        "closing-proposal": ClosingProposal.objects.create(case=case, result="GEEN_VERZUIM", because="x", by=author).pk,
        "job-retry": Job.objects.create(kind="x", subject_id=case.pk, state="mislukt").pk,
        "divide-all-of": author.pk,
        "away-end": away.pk,
        **dict.fromkeys(
            ("meeting", "meeting-edit", "meeting-record", "meeting-cancel", "meeting-ics", "meeting-answer"), planned.pk
        ),
        **dict.fromkeys(("talk", "talk-edit", "talk-cancel", "talk-ics", "contact-of-talk"), _talk(own, guardian).pk),
        "enforcement-edit": enforced.pk,
        "letter-details-edit": Organisation.objects.get(kind="gemeente", code="0356").pk,
        "enforcement-end": enforced.pk,
        **dict.fromkeys(("claim", "claim-edit", "claim-judge", "claim-objection", "claim-told"), claim.pk),
        "meeting-pdf": held.pk,
        **dict.fromkeys(("contact-edit", "contact-withdraw"), contact.pk),
        **dict.fromkeys(("note-edit", "note-withdraw"), note.pk),
        **dict.fromkeys(("attachment-edit", "attachment-withdraw", "attachment-file"), attachment.pk),
        "task-edit": task.pk,
        "task-done": task.pk,
        "task-propose": task.pk,
        **dict.fromkeys(("proposal", "proposal-refuse"), proposal.pk),
        "guardian-edit": guardian.pk,
        "family-invite": guardian.pk,
        "family-end": LookAlong.objects.create(guardian=guardian, pin_hash="x", **own).pk,
        "family-door": organisation.pk,
        "along-letter": 1,
        "fact-edit": fact.pk,
        "fact-remove": fact.pk,
        "upload-preview": file.pk,
        "schools-preview": schools.pk,
        "redivision-cancel": redivision.pk,
        "redivision-choose": case.pupil_id,
        **dict.fromkeys(("takeover-preview", "takeover-refused"), taken_over.pk),
        "professional-edit": arts.pk,
        **dict.fromkeys(("goal-edit", "goal-review", "goal-opinions"), goal.pk),
        "sibling-said": twin.pk,
        "barrier-edit": barrier.pk,
        "barrier-solved": barrier.pk,
        **dict.fromkeys(("dispute-edit", "dispute-end"), dispute.pk),
        "offer": offer.pk,
        "offer-edit": offer.pk,
        "offer-move": offer.pk,
        **dict.fromkeys(("step", "step-propose"), step.pk),
        "pause-end": pause.pk,
        "correct": line.pk,
        "drop-line": line.pk,
        "give-line": adrift.pk,
        "identity": identity.pk,
        "join-preview": twin.pk,
        "join-undo": joined.pk,
        "worklist-filter-drop": saved.pk,
    }


def _attachment(own: dict) -> Attachment:
    kept = keep(b"Beste collega", "bijlagen")
    about = {"kind": "post", "title": "Brief", "extension": "txt", "scan": "schoon", "fingerprint": kept.sha256}
    return Attachment.objects.create(file=kept, **about, **own)


def _talk(own: dict, guardian: Guardian) -> Talk:
    about = {"kind": Task.Kind.TALK, "owner": own["by"], "by": own["by"], "case": own["case"]}
    task = Task.objects.create(title="Gesprek met moeder", due_on=date(2026, 12, 3), **about)
    talk = Talk.objects.create(task=task, starts_at=timezone.now() + timedelta(days=3), place="Zaal 1", **own)
    talk.guardians.add(guardian)
    return talk


def _meetings(own: dict, guardian: Guardian) -> tuple[Meeting, Meeting]:
    """One that was yesterday and has no record yet, and one with a record and an agreement."""
    planned = Meeting.objects.create(
        kind="mdo",
        starts_at=timezone.now() - timedelta(days=1),
        place="Zaal 1",
        question="Hoe verder?",
        ground="taak",
        **own,
    )
    held = Meeting.objects.create(
        kind="tafel",
        starts_at=timezone.now() - timedelta(days=9),
        place="Online",
        question="Welke plek?",
        ground="taak",
        state="gehouden",
        next_on=date(2026, 12, 1),
        **own,
    )
    for row in (planned, held):
        Attendance.objects.create(meeting=row, role="ouder", guardian=guardian)
        Attendance.objects.create(meeting=row, role="gemeente", organisation=own["organisation"], present="ja")
        verband = Organisation.objects.get(kind="samenwerkingsverband", code="VO9901")
        Attendance.objects.create(meeting=row, role="samenwerkingsverband", organisation=verband)
    Task.objects.create(
        case=own["case"], title="Bel het verband", due_on=date(2026, 12, 1), owner=own["by"], by=own["by"], meeting=held
    )
    return planned, held
