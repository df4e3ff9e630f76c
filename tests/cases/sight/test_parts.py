"""Who sees which part of a dossier: the matrix of domain 8.2 as a table, against the pages themselves."""

import re
from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader

from cases.clock.acts import facts_changed
from cases.dossier.models import Case
from cases.dossier.taking_part import Consent
from cases.parts.matrix import LEVELS, MATRIX, PARTS, Level, Part, part_of_problem, restrict
from cases.sight.seats import readable_by_parents, sight_of
from cases.work.models import Contact, Note, Problem
from leerplicht.models import Exemption, Guardian, PermittedAbsence
from tests import world
from thuiszitters.core.people.roles import ROLES, Role

N, Y, U, C, O, T, R, W = Level  # noqa: E741
# As domain 8.2 says it, and in the order of Part: identity, number, absence, course, health, exemption, enforcement,
# safety. T: own, or with consent. The SAMENWERKINGSVERBAND sees no exemption; of enforcement only a boa reads.
EXPECTED = {
    Role.LEERPLICHTAMBTENAAR: (W, W, W, W, T, W, Y, O),
    Role.TEAMLEIDER: (W, W, W, W, T, W, Y, O),
    Role.BOA: (R, N, N, N, N, N, W, N),
    Role.COORDINATOR: (R, N, R, W, T, N, N, N),
    Role.SCHOOL: (R, N, O, W, T, U, N, O),
    Role.ZORG: (R, N, N, W, T, N, N, O),
    Role.HOUDER: (R, N, R, R, T, C, Y, Y),
    Role.REGIO: (N,) * 8,
    Role.BEHEERDER: (N,) * 8,
    Role.CONTROLEUR: (N,) * 8,
}


def test_the_matrix_is_that_of_the_domain():
    assert {role: tuple(levels[p] for p in Part) for role, levels in MATRIX.items()} == EXPECTED
    assert set(MATRIX) == set(Role) == set(ROLES)


def test_everything_has_words():
    assert set(PARTS) == set(Part) and set(LEVELS) == set(Level)


def test_nobody_but_the_gemeente_sees_a_number_or_what_a_boa_does():
    for role, levels in MATRIX.items():
        if role not in (Role.LEERPLICHTAMBTENAAR, Role.TEAMLEIDER):
            assert levels[Part.NUMMER] == Level.NONE, role
        if role != Role.BOA:
            assert levels[Part.HANDHAVING] <= Level.YES_NO, role


@pytest.mark.parametrize("role", [r for r in Role if r not in (Role.REGIO, Role.BEHEERDER, Role.CONTROLEUR)])
def test_sharing_never_shows_more_than_the_role_allows(role):
    everything = restrict(role, [p.value for p in Part])
    nothing = restrict(role, [])
    for part in Part:
        assert nothing[part] <= everything[part] <= MATRIX[role][part]
    assert nothing[Part.VERZUIM] == nothing[Part.VERLOOP] == Level.NONE


@pytest.mark.parametrize(
    ("code", "part"),
    [
        ("A1", "gezondheid"),
        ("B4", "gezondheid"),
        ("C2", "gezondheid"),
        ("D1", "verloop"),
        ("D7", "veiligheid"),
        ("E1", "verloop"),
        ("F2", "verloop"),
        ("G1", "handhaving"),
        ("G3", "handhaving"),
    ],
)
def test_a_problem_belongs_to_a_part(code, part):
    assert part_of_problem(code) == part


# --- The same on the pages ---------------------------------------------------------------------------

SHARED = ["verzuim", "verloop", "vrijstelling", "handhaving", "veiligheid"]
PARTNERS = {"coordinator": "verband", "holder": "verband", "teacher": "school", "nurse": "jeugdteam"}


@pytest.fixture
def full(lekstroom, friday) -> Case:
    """A dossier with something of each part, in which three organisations take part with all that they can get."""
    child = world.pupil(first_names="Noor", last_name="Bakker", born=date(2009, 5, 5))
    case = world.open_case(child, lekstroom.schools["99AA00"], reason="Buikpijnmelding")
    other = world.report(child, lekstroom.schools["99AB00"], reason="Kompasmelding", first_day=date(2026, 10, 12))
    world.take_in([other], today=friday)
    Case.objects.filter(pk=case.pk).update(handler=lekstroom.officer)
    case.refresh_from_db()
    own = {"case": case, "by": lekstroom.officer, "organisation": lekstroom.organisations["nieuwegein"]}
    Note.objects.create(text="Gedeeldwoord", shared=True, **own)
    Note.objects.create(text="Eigenwoord", **own)
    Note.objects.create(text="Gezondwoord", part="gezondheid", **own)
    Note.objects.create(text="Veiligwoord", part="veiligheid", **own)
    boa = own | {"by": lekstroom.boa}
    Note.objects.create(text="Boawoord", part="handhaving", **boa)
    Contact.objects.create(
        on=date(2026, 11, 2),
        who="kind",
        channel="gesprek",
        own_words="Kindwoord",
        shared=True,
        kept_from_parents=True,
        **own,
    )
    for code in ("A1", "E1"):
        Problem.objects.create(code=code, shared=True, **own)
    for code, by in (("D7", lekstroom.officer), ("G1", lekstroom.boa)):
        Problem.objects.create(code=code, **own | {"by": by})
    Exemption.objects.create(
        pupil=child,
        article="art_5_onder_a",
        first_day=date(2027, 1, 4),
        last_day=date(2027, 7, 31),
        expert="Dr. Deskundige",
        statement_on=date(2026, 11, 1),
    )
    PermittedAbsence.objects.create(
        pupil=child,
        reason="ziekte",
        explanation="Griepwoord",
        first_day=date(2026, 11, 16),
        last_day=date(2026, 11, 17),
    )
    Guardian.objects.create(pupil=child, name="Fatima Bakker", relation="moeder", phone="06-nummer")
    facts_changed([child.pk], friday)
    case.refresh_from_db()
    for organisation in set(PARTNERS.values()):
        world.involve(case, lekstroom.organisations[organisation], parts=SHARED)
    return case


ARTICLE = "Vrijstelling art. 5 onder a"
SEEN = {
    "officer": {
        "Gedeeldwoord",
        "Eigenwoord",
        "Gezondwoord",
        "Veiligwoord",
        "Kindwoord",
        "Buikpijnmelding",
        "Kompasmelding",
        "Pesten",
        "Angst of schoolweigering",
        "Onveiligheid",
        ARTICLE,
        "Dr. Deskundige",
        "06-nummer",
        "ziekte (art. 11",
        "Handhaving: loopt",
        "Veiligheid: er is iets",
    },
    "leader": {
        "Gedeeldwoord",
        "Eigenwoord",
        "Gezondwoord",
        "Kindwoord",
        "Buikpijnmelding",
        "Kompasmelding",
        "Pesten",
        "Angst of schoolweigering",
        ARTICLE,
        "Dr. Deskundige",
        "06-nummer",
        "ziekte (art. 11",
        "Handhaving: loopt",
        "Veiligheid: er is iets",
    },
    "boa": {"Boawoord", "Halt of proces-verbaal loopt", "06-nummer", "Handhaving: loopt"},
    "coordinator": {"Gedeeldwoord", "Kindwoord", "Buikpijnmelding", "Kompasmelding", "Pesten", "06-nummer"},
    "holder": {
        "Gedeeldwoord",
        "Kindwoord",
        "Buikpijnmelding",
        "Kompasmelding",
        "Pesten",
        "06-nummer",
        ARTICLE,
        "Handhaving: loopt",
        "Veiligheid: er is iets",
    },
    "teacher": {"Gedeeldwoord", "Kindwoord", "Buikpijnmelding", "Pesten", "06-nummer", "Vrijstelling"},
    "nurse": {"Gedeeldwoord", "Kindwoord", "Pesten", "06-nummer"},
}
WORDS = {word for words in SEEN.values() for word in words} | {"Griepwoord"}


def shown(client, case, after: str = "") -> str:
    """The page as text: tags out, white space folded; with `after` what comes after that."""
    html = client.get(f"/dossiers/{case.number}/?alles=1").content.decode()
    html = html.split(after)[1] if after else html
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))


@pytest.mark.parametrize("who", SEEN)
def test_each_person_sees_of_the_dossier_what_the_matrix_says(full, as_user, who):
    page = shown(as_user(who), full)
    assert {w for w in WORDS if w in page} - {"Vrijstelling"} == SEEN[who] - {"Vrijstelling"}
    assert ("Vrijstelling" in page) == any("Vrijstelling" in w for w in SEEN[who])


def test_a_restricted_note_shows_that_it_exists_to_its_own_side_and_to_who_may_get_consent(full, as_user):
    hidden = "De inhoud is niet met u gedeeld."
    # A colleague: safety and enforcement. A coordinator: what was kept and what is about health.
    counts = {"leader": 2, "officer": 1, "coordinator": 2, "holder": 2, "teacher": 2, "nurse": 2}
    assert {who: shown(as_user(who), full, 'id="verloop"').count(hidden) for who in counts} == counts


@pytest.mark.parametrize("path", ["", "contact/", "notitie/", "papier/"])
@pytest.mark.parametrize("who", PARTNERS)
def test_a_secret_address_leads_nowhere_for_others(full, as_user, who, path):
    type(full.pupil).objects.filter(pk=full.pupil_id).update(secret_address=True, address="Geheimpad 3")
    client = as_user(who)
    response = world.take_along(client, full) if path == "papier/" else client.get(f"/dossiers/{full.number}/{path}")
    page = response.content
    if response["Content-Type"] == "application/pdf":
        text = "".join(sheet.extract_text() for sheet in PdfReader(BytesIO(page)).pages)
        assert "Bakker" in text
        page = text.encode()
    assert b"Geheimpad" not in page and b"06-nummer" not in page
    officer = shown(as_user("officer"), full)
    assert "Geheimpad 3" in officer and "06-nummer" in officer


def test_an_address_that_is_not_secret_shows_to_who_takes_part(full, as_user):
    type(full.pupil).objects.filter(pk=full.pupil_id).update(address="Gewoonstraat 3")
    assert "Gewoonstraat 3" in shown(as_user("coordinator"), full)


@pytest.mark.parametrize(
    ("parts", "seen"),
    [
        ([], set()),
        (["verzuim"], {"Buikpijnmelding"}),
        (["verloop"], {"Gedeeldwoord", "Pesten"}),
        (["verzuim", "verloop"], {"Buikpijnmelding", "Gedeeldwoord", "Pesten"}),
    ],
)
def test_only_the_shared_parts_show_on_page_list_and_export(full, as_user, lekstroom, parts, seen):
    full.involvements.filter(organisation=lekstroom.organisations["verband"]).update(parts=parts)
    client = as_user("coordinator")
    page = shown(client, full)
    assert {w for w in ("Buikpijnmelding", "Gedeeldwoord", "Pesten") if w in page} == seen
    step = full.tasks.filter(done_on=None).get().title
    for address in ("/werkvoorraad/", "/werkvoorraad/export.csv", f"/dossiers/{full.number}/"):
        assert (step in client.get(address).content.decode()) == ("verloop" in parts), address
    found = client.post("/zoeken/", {"q": "Bakker"}).content.decode()
    assert "Noor Bakker" in found or "Bakker, Noor" in found


class TestHealthAndConsent:
    """Domain 8.2, the hard rule: health data stay with who recorded them, until somebody who may says otherwise."""

    @pytest.fixture
    def theirs(self, full, lekstroom) -> Note:
        return Note.objects.create(
            case=full,
            by=lekstroom.coordinator,
            organisation=lekstroom.organisations["verband"],
            part="gezondheid",
            text="Verbandgezond",
            shared=True,
        )

    def consent(self, case, owner, recipient, **fields):
        values = {"by_parents": True, "by_youth": True, "health": True, "scope": "plek", "given_on": date(2026, 11, 1)}
        return Consent.objects.create(case=case, owner=owner, recipient=recipient, **values | fields)

    def test_what_the_samenwerkingsverband_recorded_does_not_flow_to_anybody(self, theirs, full, as_user):
        seen = {who: "Verbandgezond" in shown(as_user(who), full) for who in SEEN}
        assert seen == dict.fromkeys(SEEN, False) | {"coordinator": True, "holder": True}

    def test_with_consent_the_gemeente_and_the_bureau_read_it_and_nobody_else(self, theirs, full, as_user, lekstroom):
        orgs = lekstroom.organisations
        given = self.consent(full, orgs["verband"], orgs["nieuwegein"])
        seen = {who for who in SEEN if "Verbandgezond" in shown(as_user(who), full)}
        assert seen == {"coordinator", "holder", "officer", "leader"}
        given.withdrawn_at = full.history.latest().history_date
        given.save()
        assert "Verbandgezond" not in shown(as_user("officer"), full)

    def test_consent_without_health_shows_no_health(self, theirs, full, as_user, lekstroom):
        self.consent(full, lekstroom.organisations["verband"], lekstroom.organisations["nieuwegein"], health=False)
        assert "Verbandgezond" not in shown(as_user("officer"), full)

    def test_consent_is_for_one_owner_and_one_recipient(self, theirs, full, as_user, lekstroom):
        orgs = lekstroom.organisations
        self.consent(full, orgs["nieuwegein"], orgs["jeugdteam"])
        assert "Gezondwoord" in shown(as_user("nurse"), full)
        assert "Verbandgezond" not in shown(as_user("nurse"), full)
        assert "Gezondwoord" not in shown(as_user("teacher"), full)


class TestNotForParents:
    @pytest.mark.parametrize(
        ("born", "fields", "readable"),
        [
            (date(2010, 11, 20), {"shared": True, "kept_from_parents": True}, False),  # sixteen today
            (date(2010, 11, 21), {"shared": True, "kept_from_parents": True}, True),  # sixteen tomorrow
            (date(2010, 1, 1), {"shared": True}, True),
            (date(2010, 1, 1), {"shared": False}, False),
            (date(2010, 1, 1), {"shared": True, "part": "gezondheid"}, False),
        ],
    )
    def test_what_a_young_person_keeps_back(self, born, fields, readable):
        class Child:
            pass

        Child.born = born
        assert readable_by_parents(Note(text="x", **fields), Child, date(2026, 11, 20)) == readable

    def test_the_form_takes_it_from_sixteen_on(self, case, as_user):
        form = {"kind": "algemeen", "text": "x", "part": "verloop", "kept_from_parents": "on", "version": "1"}
        as_user("officer").post(f"/dossiers/{case.number}/notitie/", form)
        assert not Note.objects.get().kept_from_parents, "not offered, so not taken"
        type(case.pupil).objects.filter(pk=case.pupil_id).update(born=date(2010, 1, 1))
        assert as_user("officer").post(f"/dossiers/{case.number}/notitie/", form).status_code == 302
        assert "niet voor de ouders" in shown(as_user("officer"), case)


class TestWriting:
    def post(self, client, case, **fields):
        form = {"kind": "algemeen", "text": "Woord", "version": "1"} | fields
        return client.post(f"/dossiers/{case.number}/notitie/", form)

    @pytest.mark.parametrize(
        ("who", "allowed"),
        [
            ("officer", {"verloop", "gezondheid", "veiligheid"}),
            ("coordinator", {"verloop", "gezondheid"}),
            ("teacher", {"verloop", "gezondheid", "veiligheid"}),
            ("nurse", {"verloop", "gezondheid", "veiligheid"}),
        ],
    )
    def test_a_person_writes_only_in_parts_of_the_own_role(self, full, as_user, who, allowed):
        statuses = {p: self.post(as_user(who), full, part=p).status_code for p in Part}
        assert {p.value for p, status in statuses.items() if status == 302} == allowed

    def test_health_is_not_shared_by_a_tick(self, full, as_user):
        refused = self.post(as_user("officer"), full, part="gezondheid", shared="on")
        assert refused.status_code == 422 and "kan niet worden gedeeld" in refused.content.decode()

    def test_an_officer_unticks_nothing_of_the_boa(self, full, as_user):
        assert as_user("officer").post(f"/dossiers/{full.number}/speelt/", {"codes": ["E2"]}).status_code == 302
        running = set(full.problems.filter(until=None).values_list("code", flat=True))
        assert running == {"G1", "E2"}
        refused = as_user("officer").post(f"/dossiers/{full.number}/speelt/", {"codes": ["G2"]})
        assert refused.status_code == 422

    def test_safety_stays_with_the_handler_when_a_dossier_changes_hands(self, full, as_user, lekstroom):
        assert "Veiligwoord" not in shown(as_user("leader"), full)
        Case.objects.filter(pk=full.pk).update(handler=lekstroom.leader)
        assert "Veiligwoord" in shown(as_user("leader"), full)
        assert "Veiligwoord" in shown(as_user("officer"), full), "who wrote it still reads it"


def test_a_command_on_the_server_reads_what_an_officer_reads(full):
    sight = sight_of(full, None)
    assert sight.municipal and sight.at(Part.HANDHAVING) == Level.YES_NO
