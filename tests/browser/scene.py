"""A small region with every kind of page in it: dossiers that are open, closed and shared, reports, refused lines."""

from dataclasses import dataclass
from datetime import date

from cases.models import (
    ActionPoint,
    Case,
    Consent,
    Contact,
    Covenant,
    Intake,
    Involvement,
    Ladder,
    Mandate,
    Note,
    Problem,
    Referral,
    Signature,
    Task,
)
from cases.services import acts, agreements, ladders, referrals, sharing, uploads
from cases.services.clock import facts_changed
from cases.services.emergency import open_in_emergency
from cases.services.nightly import run_due
from leerplicht.models import Exemption, Guardian, ImportFile, PermittedAbsence, RejectedLine, SchoolReturn
from tests import world
from tests.cases import absence_file

TODAY = date(2026, 11, 20)
HOURS = "2026-10-05=5,2026-10-12=5,2026-11-02=5,2026-11-09=4"


def _report(n: int, name: str, first_day: str, told: str, **changes: str) -> dict[str, str]:
    first, last = name.split(" ", 1)
    values = {"voornamen": first, "achternaam": last, "begindatum": first_day, "datum_mutatie": told, "verzuimuren": ""}
    return absence_file.row(n, **values | changes)


ROWS = (
    _report(1, "Noor van den Berg", "2026-06-22", "2026-06-26"),
    _report(2, "Sem Aydin", "2026-10-05", "2026-10-09"),
    _report(3, "Fleur Smit", "2026-11-02", "2026-11-06"),
    _report(4, "Yusuf Kaya", "2026-09-07", "2026-09-11"),
    _report(
        5, "Julia de Wit", "2026-10-05", "2026-11-10", verzuimsoort="V3", alle_lessen_gemist="N", verzuimuren=HOURS
    ),
    _report(6, "Omar Visser", "2026-11-09", "2026-11-11", verzuimsoort="L", alle_lessen_gemist="N"),
)
REFUSED = _report(7, "Lina Mulder", "2026-11-09", "2026-11-12", geboortedatum="31-02-2014")
NEXT_WEEK = _report(8, "Adam Peters", "2026-11-16", "2026-11-19")


@dataclass
class Scene:
    world: world.World
    cases: dict[str, Case]
    open: Case
    closed: Case
    waiting: str
    preview: ImportFile
    done: ImportFile
    failed: ImportFile
    line: RejectedLine
    asked: Referral
    draft: Ladder
    covenant: Covenant
    point: ActionPoint


def build(lekstroom: world.World) -> Scene:
    officer = lekstroom.officer
    done = _upload(lekstroom, "week-46.csv", absence_file.content(*ROWS, REFUSED))
    uploads.accept(done, by=officer)
    cases = {c.pupil.first_names: c for c in Case.objects.select_related("pupil")}
    _live(lekstroom, cases["Noor"])
    _end(officer, cases["Yusuf"])
    acts.finish_task(cases["Sem"].tasks.get(), outcome="Gesproken.", by=officer)
    for target in ("onderzoek", "volgen"):
        acts.transition(cases["Fleur"], target, by=officer, because="Gaat weer.")
    Intake.objects.filter(number="M6").update(state=Intake.State.SET_ASIDE, because="Vakantie met toestemming.")
    run_due(TODAY)
    return Scene(
        world=lekstroom, cases=cases, open=cases["Noor"], closed=cases["Yusuf"], waiting="M5", done=done,
        preview=_upload(lekstroom, "week-47.csv", absence_file.content(NEXT_WEEK, REFUSED)),
        failed=_upload(lekstroom, "foto.csv", b"\x89PNG\r\n"), line=RejectedLine.objects.get(),
        asked=Referral.objects.get(to_organisation=lekstroom.organisations["verband"]), **_agreed(lekstroom),
    )  # fmt: skip


def _agreed(lekstroom) -> dict:
    """What the region agreed: a draft of a stappenplan, a convenant with its paper, a mandate, and what it does."""
    region, verband = lekstroom.organisations["regio"], lekstroom.organisations["verband"]
    draft = Ladder(region=region, valid_from=date(2026, 10, 1), source="Besluit van de stuurgroep")
    ladders.start_draft(draft, by=lekstroom.region)
    covenant = Covenant.objects.create(region=region, title="Convenant thuiszitters", valid_from=date(2026, 1, 1))
    agreements.add_file(covenant, "convenant.pdf", world.pdf(), by=lekstroom.region)
    agreements.add_signature(
        Signature(covenant=covenant, organisation="GGD", name="Wim Wit", function="arts", signed_on=date(2026, 1, 1)),
        by=lekstroom.region,
    )
    mandate = Mandate(
        region=region, covenant=covenant, organisation=verband, person=lekstroom.holder, scope="onderwijs",
        valid_from=date(2026, 1, 1), source="Convenant, artikel 4",
    )  # fmt: skip
    agreements.add_mandate(mandate, by=lekstroom.region)
    point = ActionPoint(
        region=region, title="Spreekuur van de jeugdarts", what="Op elke school.", goal="preventie", lead=verband,
        due_on=date(2026, 11, 1),
    )  # fmt: skip
    agreements.save_action_point(point, by=lekstroom.region)
    return {"draft": draft, "covenant": covenant, "point": point}


def _upload(lekstroom, name: str, content: bytes) -> ImportFile:
    return uploads.upload(
        name, content, by=lekstroom.officer, organisation=lekstroom.organisations["nieuwegein"], municipalities={"0356"}
    )


def _live(lekstroom, case: Case) -> None:
    """Everything that can stand in a dossier."""
    officer, verband = lekstroom.officer, lekstroom.organisations["verband"]
    verband.name = "Samenwerkingsverband De Verbinding (voortgezet onderwijs)"
    verband.save()
    own = {"case": case, "by": officer, "organisation": lekstroom.organisations["nieuwegein"]}
    acts.assign(case, officer, by=None)
    mother = Guardian.objects.create(
        pupil=case.pupil, name="F. van den Berg", relation="moeder", gezag="ja", gezag_source="gezagsregister",
        phone="06 555 0 12 34",
    )  # fmt: skip
    Guardian.objects.create(pupil=case.pupil, name="K. de Groot", relation="vader", gezag="onbekend")
    words = {"own_words": "Ze wil wel, maar durft de klas niet in.", "agreed": "Donderdag kennismaken."}
    for contact in (
        Contact(on=date(2026, 11, 18), who="ouder", guardian=mother, channel="huisbezoek", shared=True, **own, **words),
        Contact(on=date(2026, 11, 12), who="kind", channel="gesprek", own_words="Het is te druk.", **own),
    ):
        acts.save_entry(contact, by=officer)
    acts.save_entry(Note(text="School zoekt een rustige plek.", **own), by=officer)
    for n, code in enumerate(("A1", "D1", "F1")):
        Problem.objects.create(code=code, primary=n == 0, shared=True, **own)
    Task.objects.create(case=case, title="MDO plannen", owner=officer, due_on=date(2026, 11, 16), by=officer)
    Task.objects.create(
        case=case, title="Plek zoeken", owner_organisation=verband, due_on=date(2026, 12, 1), by=officer
    )
    acts.transition(case, "onderzoek", by=officer, because="Ouders uitgenodigd.")
    sharing.involve(
        Involvement(case=case, organisation=verband, since=TODAY, ground="convenant", added_by=officer), by=officer
    )
    nieuwegein = lekstroom.organisations["nieuwegein"]
    sharing.give_consent(
        Consent(case=case, owner=nieuwegein, recipient=verband, by_parents=True, by_youth=True, health=True,
                scope="passende plek", given_on=TODAY),
        by=officer,
    )  # fmt: skip
    world.involve(case, lekstroom.organisations["school"])
    sem = Case.objects.get(pupil__first_names="Sem")
    for about, kind, key in (
        (case, "verwijzing", "jeugdteam"), (case, "overdracht", "zwolle"), (sem, "verwijzing", "verband"),
    ):  # fmt: skip
        row = Referral(
            case=about, kind=kind, from_municipality=case.municipality, from_organisation=nieuwegein,
            to_organisation=lekstroom.organisations[key], question="Kunt u helpen?", parts=["verloop"],
            ground="taak" if kind == "verwijzing" else "",
        )  # fmt: skip
        referrals.ask(row, by=officer)
    open_in_emergency(case, by=lekstroom.stranger, reason="Kind is vermist, politie belde net.")
    SchoolReturn.objects.create(pupil=case.pupil, first_day=date(2026, 11, 4), trial=True, source="mentor")
    PermittedAbsence.objects.create(
        pupil=case.pupil, first_day=date(2026, 9, 7), last_day=date(2026, 9, 11), reason="ziekte", explanation="griep"
    )
    Exemption.objects.create(
        pupil=case.pupil, article="art_11", first_day=date(2026, 9, 14), last_day=date(2026, 9, 14)
    )
    facts_changed([case.pupil_id], TODAY)


def _end(officer, case: Case) -> None:
    """Back at school for weeks, and closed."""
    SchoolReturn.objects.create(pupil=case.pupil, first_day=date(2026, 10, 5), source="mentor")
    facts_changed([case.pupil_id], TODAY)
    case.refresh_from_db()
    acts.transition(case, "onderzoek", by=officer, because="Ouders uitgenodigd.")
    acts.close(case, result="EIGEN_SCHOOL_VOLLEDIG", by=officer, because="Vier weken gevolgd, het gaat goed.")
