"""The history of a dossier: what was there before, and who changed it."""

from django.apps import apps

from cases.facts import acts as facts
from cases.page.changes import HISTORIES, _listed, changes_of
from cases.sight.seats import sight_of
from cases.work import acts as work
from cases.work.models import Contact, Note
from leerplicht.models import SchoolReturn
from tests import world

# Rows with a history that are told elsewhere, or of no dossier.
NOT_HERE = {
    "CaseLabel": "own words of one organisation to find a dossier by, which another never reads",
    "CaseRisk": "judgement of one organisation, which another never reads",
    "FamilyDoor": "of a gemeente",
    "RiskLevel": "list of an organisation, of no dossier",
    "Sibling": "of two children: whoever reads the one need not read the other",
    "Attendance": "who was asked or there stands on the page of the overleg",
    "DecisionParty": "stands on the page of the decision, with its version",
    "DecisionOption": "the same",
    "DecisionCondition": "the same",
    "Stop": "of a region",
    "Covenant": "of a region",
    "CovenantFile": "of a region",
    "Signature": "of a region",
    "Mandate": "of a region",
    "RegionTerm": "of a region",
    "ActionPoint": "of a region",
    "Ladder": "of a region",
    "School": "no child",
    "SchoolBoard": "no child",
    "SchoolDay": "no child",
    "PostcodeArea": "no child",
    "Municipality": "no child",
}


def test_every_row_with_a_history_is_shown_or_says_why_not():
    models = [m for m in apps.get_models() if m._meta.app_label in ("cases", "leerplicht")]
    kept = {m.__name__ for m in models if hasattr(m, "history") and not m.__name__.startswith("Historical")}
    assert kept == {told.model.__name__ for told in HISTORIES} | (set(NOT_HERE) & kept)


def note(case, lekstroom, who: str, organisation: str, **fields) -> Note:
    row = Note(
        case=case, by=lekstroom.users[who], organisation=lekstroom.organisations[organisation],
        **{"text": "Eerst zo"} | fields,
    )  # fmt: skip
    work.save_entry(row, by=row.by)
    return row


def page(client, case) -> str:
    return client.get(f"/dossiers/{case.number}/geschiedenis/").content.decode()


def test_the_old_text_of_a_note_and_who_changed_it(case, lekstroom, as_user):
    row = note(case, lekstroom, "officer", "nieuwegein")
    sent = {"kind": "algemeen", "text": "Nu anders", "part": "verloop", "version": "1"}
    assert as_user("officer").post(f"/dossiers/{case.number}/notitie/{row.pk}/", sent).status_code == 302
    shown = page(as_user("leader"), case)
    assert "Eerst zo" in shown and "Nu anders" in shown and "M. Officier, Gemeente Nieuwegein" in shown


def test_what_somebody_may_not_read_is_not_in_its_history_either(shared_case, lekstroom, as_user):
    row = note(shared_case, lekstroom, "officer", "nieuwegein", part="veiligheid", text="Zorgen thuis")
    row.text = "Veilig Thuis gebeld"
    work.save_entry(row, by=lekstroom.officer)
    theirs = note(shared_case, lekstroom, "coordinator", "verband", text="Van het verband")
    theirs.text = "Van het verband, anders"
    work.save_entry(theirs, by=lekstroom.coordinator)
    assert "Zorgen thuis" in page(as_user("officer"), shared_case)
    shown = page(as_user("leader"), shared_case)
    assert "Zorgen" not in shown and "Veilig Thuis" not in shown and "Van het verband" not in shown


def test_a_text_that_moved_to_another_part_is_judged_by_each(case, lekstroom, as_user):
    row = note(case, lekstroom, "officer", "nieuwegein", part="veiligheid", text="Zorgen thuis")
    row.part, row.text = "verloop", "Gebeld"
    work.save_entry(row, by=lekstroom.officer)
    assert "Zorgen thuis" not in page(as_user("leader"), case)


def test_a_fact_that_was_taken_back(case, lekstroom, as_user):
    fact = SchoolReturn(pupil=case.pupil, first_day="2026-11-02", trial=True, source="school belde")
    facts.save_fact(fact, by=lekstroom.officer, case=case)
    facts.remove_fact(SchoolReturn.objects.get(), by=lekstroom.officer, case=case)
    shown = page(as_user("officer"), case)
    assert "weggehaald" in shown and "school belde" in shown


def test_ended_shares_and_changed_steps(shared_case, lekstroom, as_user):
    share = shared_case.involvements.get()
    share.explanation = "Nieuwe uitleg"
    share.save()
    task = shared_case.tasks.first()
    task.title = "Iets heel anders"
    task.save()
    shown = page(as_user("officer"), shared_case)
    assert "Nieuwe uitleg" in shown and "Iets heel anders" in shown and "Spreek met de ouders" in shown


def test_costs_as_much_with_many(case, lekstroom, as_user):
    from tests.cases.test_query_counts import queries

    def more(count):
        for n in range(count):
            row = Contact.objects.create(
                case=case, by=lekstroom.officer, organisation=lekstroom.organisations["nieuwegein"],
                on="2026-11-01", who="school", channel="telefoon", own_words=f"Hallo {n}",
            )  # fmt: skip
            row.own_words = "Anders"
            row.save()
            task = case.tasks.create(title=f"Bel {n}", due_on="2026-12-01", owner=lekstroom.officer)
            task.owner, task.owner_organisation = None, lekstroom.organisations["verband"]
            task.save()

    more(2)
    client = as_user("officer")
    path = f"/dossiers/{case.number}/geschiedenis/"
    client.get(path)
    few = queries(client, path)
    more(20)
    assert queries(client, path) == few


def test_the_dossier_itself_as_before(case, lekstroom):
    world.involve(case, lekstroom.organisations["verband"])
    assert [c.changes for c in changes_of(case, sight_of(case, lekstroom.officer)) if c.what.startswith("dossier")]


def test_what_is_kept_as_a_list_is_read_as_words():
    """The build-up of an offer is a list of days with hours."""
    assert _listed([{"from": "2026-11-02", "hours": "6"}, {"from": "2026-12-01", "hours": "12"}]) == (
        "2026-11-02 6, 2026-12-01 12"
    )
    assert (_listed([]), _listed({}), _listed(["onderwijs", "zorg"])) == ("leeg", "leeg", "onderwijs, zorg")
