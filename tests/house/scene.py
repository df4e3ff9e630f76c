"""Three dossiers with everything in them, seen by people of every role: the stage of the route matrix."""

from dataclasses import dataclass, field
from datetime import date

from django.test import Client

from cases.models import Case, Contact, Note, SavedFilter, Task
from cases.services.uploads import upload
from leerplicht.models import Guardian, RejectedLine, SchoolReturn
from tests import world
from thuiszitters.core.secrets import seal

# own: of the gemeente of the officer. shared: there too, and the samenwerkingsverband takes part. foreign: elsewhere.
PLACES = ("own", "shared", "foreign")
PEOPLE = (
    "officer", "leader", "colleague", "coordinator", "holder", "partner_elsewhere", "teacher", "region", "admin",
    "controller", "stranger",
)  # fmt: skip


@dataclass
class Scene:
    world: world.World
    cases: dict[str, Case] = field(default_factory=dict)
    rows: dict[str, dict[str, int]] = field(default_factory=dict)
    reports: dict[str, str] = field(default_factory=dict)

    def client(self, who: str) -> Client:
        client = Client()
        client.force_login(self.world.users[who])
        return client

    def arguments(self, name: str, parameters, place: str) -> dict:
        """What fills the address of a route in one of the places."""
        values = {"pk": self.rows[place].get(name), "kind": "terugkeer", "target": "onderzoek"}
        values["number"] = self.reports[place] if name == "report" else self.cases[place].number
        return {p: values[p] for p in parameters}


def build(lekstroom: world.World) -> Scene:
    scene = Scene(lekstroom)
    nieuwegein, zwolle = lekstroom.organisations["nieuwegein"], lekstroom.organisations["zwolle"]
    for place, code, school, author, organisation in (
        ("own", "0356", "99AB00", lekstroom.officer, nieuwegein),
        ("shared", "0356", "99AA00", lekstroom.officer, nieuwegein),
        ("foreign", "0193", "99AC00", lekstroom.stranger, zwolle),
    ):
        child = world.pupil(municipality_id=code)
        case = world.open_case(child, lekstroom.schools[school])
        scene.cases[place] = case
        scene.reports[place] = case.intakes.get().number
        taker = lekstroom.organisations["verband" if place == "shared" else "regio"]
        scene.rows[place] = _rows(case, author, organisation) | {"involve-end": world.involve(case, taker).pk}
    waiting = world.report(scene.cases["shared"].pupil, lekstroom.schools["99AA00"], kind="L", all_lessons=False)
    world.take_in([waiting], today=date(2026, 11, 20))
    scene.reports["shared"] = waiting.number
    return scene


def _rows(case, author, organisation) -> dict[str, int]:
    """One row of each kind in the dossier, under the name of the route that leads to it."""
    own = {"case": case, "by": author, "organisation": organisation}
    contact = Contact.objects.create(on=date(2026, 11, 1), who="school", channel="telefoon", own_words="Hallo", **own)
    note = Note.objects.create(text="Alleen voor ons", **own)
    task = Task.objects.create(case=case, title="Bel de school", due_on=date(2026, 12, 1), by=author)
    guardian = Guardian.objects.create(pupil=case.pupil, name="Fatima Bakker", relation="moeder")
    fact = SchoolReturn.objects.create(pupil=case.pupil, first_day=date(2026, 11, 2), trial=True, source="school")
    file = upload("leeg.csv", b"a;b", by=author, organisation=organisation, municipalities={case.municipality_id})
    line = RejectedLine.objects.create(
        file_name="leeg.csv", organisation=organisation, line=2, field="brin", reason="is leeg", sealed_row=seal("{}")
    )
    saved = SavedFilter.objects.create(user=author, name=case.number, query="lijst=alle")
    return {
        "contact-edit": contact.pk, "note-edit": note.pk, "task-edit": task.pk, "task-done": task.pk,
        "guardian-edit": guardian.pk, "fact-edit": fact.pk, "fact-remove": fact.pk, "upload-preview": file.pk,
        "correct": line.pk, "drop-line": line.pk, "worklist-filter-drop": saved.pk,
    }  # fmt: skip
