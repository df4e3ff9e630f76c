"""What a seat reads of an entry and what a person with several seats sees, as tables; and who has which seat."""

from types import SimpleNamespace

import pytest

from cases.parts.matrix import MATRIX, Level, Part, comes_by_share, most, restrict
from cases.sight.seats import MUNICIPAL_SIDE, Seat, Sight, owner_of, sight_after_sharing
from cases.work.models import Note
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.roles import Right, Role

GEMEENTE, BUREAU = Organisation(pk=1, kind="gemeente"), Organisation(pk=2, kind="regionaal_bureau")
VERBAND, SCHOOL = Organisation(pk=3, kind="samenwerkingsverband"), Organisation(pk=4, kind="school")
WRITER, COLLEAGUE = 10, 11


def seat(role: Role, own: Organisation, **fields) -> Seat:
    municipal = own in (GEMEENTE, BUREAU)
    return Seat(MATRIX[role], own.pk, **{"municipal": municipal, "role": role, "user_id": COLLEAGUE} | fields)


def note(part: str, organisation: Organisation, *, shared=False) -> Note:
    return Note(part=part, organisation=organisation, by_id=WRITER, shared=shared)


OFFICER, BOA = seat(Role.LEERPLICHTAMBTENAAR, GEMEENTE), seat(Role.BOA, GEMEENTE)
AUTHOR, HANDLER = (seat(Role.LEERPLICHTAMBTENAAR, GEMEENTE, **f) for f in ({"user_id": WRITER}, {"handles": True}))
COORDINATOR, TEACHER = seat(Role.COORDINATOR, VERBAND), seat(Role.SCHOOL, SCHOOL)
NOTHING_SHARED = Seat(restrict(Role.COORDINATOR, []), VERBAND.pk, role=Role.COORDINATOR)
HOLDER = seat(Role.HOUDER, VERBAND, user_id=WRITER)
WITH_CONSENT = seat(Role.COORDINATOR, VERBAND, health_from=frozenset({MUNICIPAL_SIDE}))
OFFICER_WITH_CONSENT = seat(Role.LEERPLICHTAMBTENAAR, GEMEENTE, health_from=frozenset({VERBAND.pk}))


def only(part: Part, level: Level, **fields) -> Seat:
    return Seat({part: level}, VERBAND.pk, **fields)


@pytest.mark.parametrize(
    ("organisation", "owner"), [(GEMEENTE, MUNICIPAL_SIDE), (BUREAU, MUNICIPAL_SIDE), (VERBAND, 3), (SCHOOL, 4)]
)
def test_gemeente_and_bureau_are_one_owner(organisation, owner):
    assert owner_of(organisation) == owner


@pytest.mark.parametrize(
    ("who", "organisation", "own"),
    [
        (OFFICER, GEMEENTE, True),
        (OFFICER, BUREAU, True),
        (OFFICER, VERBAND, False),
        (COORDINATOR, VERBAND, True),
        (COORDINATOR, GEMEENTE, False),
        (TEACHER, VERBAND, False),
        (Seat({}, None), GEMEENTE, False),
    ],
)
def test_whose_words_are_of_the_own_side(who, organisation, own):
    assert who.wrote(note("verloop", organisation)) == own


@pytest.mark.parametrize(
    ("who", "entry", "reads"),
    [
        # What was done: the own side, and what was shared. Not a boa.
        (OFFICER, note("verloop", GEMEENTE), True),
        (OFFICER, note("verloop", VERBAND), False),
        (OFFICER, note("verloop", VERBAND, shared=True), True),
        (BOA, note("verloop", GEMEENTE), False),
        (BOA, note("verloop", VERBAND, shared=True), False),
        (COORDINATOR, note("verloop", VERBAND), True),
        (COORDINATOR, note("verloop", GEMEENTE), False),
        (COORDINATOR, note("verloop", GEMEENTE, shared=True), True),
        (NOTHING_SHARED, note("verloop", GEMEENTE, shared=True), False),
        (NOTHING_SHARED, note("verloop", VERBAND), True),
        # Health: the own side, and by consent; shared or not.
        (OFFICER, note("gezondheid", BUREAU), True),
        (OFFICER, note("gezondheid", VERBAND, shared=True), False),
        (OFFICER_WITH_CONSENT, note("gezondheid", VERBAND), True),
        (OFFICER_WITH_CONSENT, note("gezondheid", SCHOOL), False),
        (COORDINATOR, note("gezondheid", GEMEENTE, shared=True), False),
        (WITH_CONSENT, note("gezondheid", GEMEENTE), True),
        (WITH_CONSENT, note("gezondheid", BUREAU), True),
        (WITH_CONSENT, note("gezondheid", SCHOOL), False),
        (BOA, note("gezondheid", GEMEENTE), False),
        (only(Part.GEZONDHEID, Level.OWN), note("gezondheid", VERBAND), True),
        (only(Part.GEZONDHEID, Level.CONCLUSION), note("gezondheid", VERBAND), False),
        # Enforcement: a boa of the own side.
        (BOA, note("handhaving", GEMEENTE), True),
        (OFFICER, note("handhaving", GEMEENTE), False),
        (only(Part.HANDHAVING, Level.WRITE), note("handhaving", VERBAND), False),
        # Safety: who wrote it, the handler of the own side, an emergency.
        (AUTHOR, note("veiligheid", GEMEENTE), True),
        (OFFICER, note("veiligheid", GEMEENTE), False),
        (HANDLER, note("veiligheid", BUREAU), True),
        (HANDLER, note("veiligheid", SCHOOL), False),
        (HOLDER, note("veiligheid", VERBAND), False),
        (only(Part.VEILIGHEID, Level.CONSENT, user_id=WRITER), note("veiligheid", VERBAND), False),
        (only(Part.VEILIGHEID, Level.READ), note("veiligheid", GEMEENTE), True),
        (only(Part.VEILIGHEID, Level.WRITE), note("veiligheid", GEMEENTE), True),
    ],
)
def test_what_a_seat_reads(who, entry, reads):
    assert who.can_read(entry) == reads


@pytest.mark.parametrize(
    ("who", "entry", "knows"),
    [
        (OFFICER, note("verloop", VERBAND), True),
        (BOA, note("verloop", GEMEENTE), False),
        (NOTHING_SHARED, note("verloop", GEMEENTE, shared=True), False),
        (NOTHING_SHARED, note("verloop", VERBAND), True),
        (COORDINATOR, note("gezondheid", GEMEENTE), True),
        (NOTHING_SHARED, note("gezondheid", GEMEENTE), False),
        (only(Part.VERLOOP, Level.READ), note("gezondheid", GEMEENTE), False),
        (only(Part.GEZONDHEID, Level.CONSENT), note("gezondheid", GEMEENTE), False),
        (OFFICER, note("handhaving", GEMEENTE), True),
        (OFFICER, note("veiligheid", SCHOOL), True),
        (BOA, note("veiligheid", GEMEENTE), False),
        (HOLDER, note("handhaving", GEMEENTE), False),
        (HOLDER, note("veiligheid", GEMEENTE), False),
    ],
)
def test_of_what_a_seat_knows_that_it_is_there(who, entry, knows):
    assert who.knows_of(entry) == knows


# --- A person with seats -------------------------------------------------------------------------------

NOBODY = Sight(())
SEES = [
    # officer, boa, boa and coordinator elsewhere, coordinator, teacher, nobody
    ("municipal", [True, True, True, False, False, False]),
    ("officer", [True, False, False, False, False, False]),
    ("absence", [True, False, True, True, False, False]),
    ("course", [True, False, True, True, True, False]),
    ("tlv", [Level.READ, Level.NONE, Level.WRITE, Level.WRITE, Level.WRITE, Level.NONE]),
    ("exemption", ["write", "", "", "", "until", ""]),
    ("own", [{1}, {1}, {1, 3}, {3}, {4}, set()]),
]
PERSONS = [Sight(seats) for seats in ((OFFICER,), (BOA,), (BOA, COORDINATOR), (COORDINATOR,), (TEACHER,), ())]


@pytest.mark.parametrize(("what", "expected"), SEES)
def test_what_a_person_sees(what, expected):
    assert [getattr(person, what) for person in PERSONS] == expected


def test_a_person_with_two_seats_sees_the_most_of_both_and_no_more():
    both = Sight((BOA, COORDINATOR))
    assert (both.at(Part.HANDHAVING), both.at(Part.VERLOOP), both.at(Part.NUMMER)) == (
        Level.WRITE,
        Level.WRITE,
        Level.NONE,
    )
    assert not both.can_read(note("verloop", GEMEENTE)), "the own side of one seat is not the level of the other"
    assert both.can_read(note("verloop", GEMEENTE, shared=True)) and both.can_read(note("handhaving", GEMEENTE))
    assert NOBODY.at(Part.IDENTITEIT) == Level.NONE


def test_the_log_names_the_parts_of_which_anything_is_seen_and_never_the_number():
    assert Sight((TEACHER,)).parts == ["identiteit", "verzuim", "verloop", "gezondheid", "vrijstelling", "veiligheid"]
    assert Sight((OFFICER,)).parts == [part.value for part in Part if part != Part.NUMMER]
    assert NOBODY.parts == []


def test_a_tlv_shows_to_who_reads_what_was_done():
    assert Sight((NOTHING_SHARED,)).tlv == Level.NONE
    assert Sight((seat(Role.ZORG, VERBAND),)).tlv == Level.NONE
    assert Sight((HOLDER, Seat(MATRIX[Role.COORDINATOR]))).tlv == Level.READ, "a seat without a role brings nothing"


def test_a_right_counts_in_the_seat_that_sees_the_dossier():
    assert Sight((BOA,)).may(Right.ENFORCE) and not Sight((OFFICER,)).may(Right.ENFORCE)
    assert not Sight((Seat(MATRIX[Role.BOA]),)).may(Right.ENFORCE)


def test_a_person_looks_on_behalf_of_the_seat_in_which_something_can_be_done():
    boa, officer = (seat(role, GEMEENTE, membership=role.value) for role in (Role.BOA, Role.LEERPLICHTAMBTENAAR))
    urgent = Seat({}, membership="noodtoegang")
    assert [Sight(s).membership for s in ((boa, officer), (officer, boa), (urgent, officer), (boa,), (urgent,))] == [
        "leerplichtambtenaar",
        "leerplichtambtenaar",
        "leerplichtambtenaar",
        "boa",
        "noodtoegang",
    ]
    assert NOBODY.membership is None


@pytest.mark.parametrize(
    ("result", "level", "shows"),
    [
        ("SO", Level.NONE, True),
        ("VERHUISD", Level.NONE, True),
        ("VRIJSTELLING_5A", Level.UNTIL, False),
        ("VRIJSTELLING_5A", Level.CONCLUSION, True),
    ],
)
def test_an_exemption_as_result_is_told_to_who_may_know_of_it(result, level, shows):
    assert Sight((only(Part.VRIJSTELLING, level),)).sees_result(result) == shows


@pytest.mark.parametrize(
    ("who", "code", "shows"),
    [
        (only(Part.VERZUIM, Level.READ), "99AA00", True),
        (only(Part.VERZUIM, Level.OWN, school="99AA00"), "99AA00", True),
        (only(Part.VERZUIM, Level.OWN, school="99AA00"), "99AB00", False),
        (only(Part.VERZUIM, Level.NONE, school="99AA00"), "99AA00", False),
    ],
)
def test_a_school_sees_what_it_reported_itself(who, code, shows):
    assert Sight((who,)).sees_school(code) == shows


def test_in_a_preview_nothing_shows_that_who_looks_may_not_read():
    preview = Sight((COORDINATOR,), within=Sight((OFFICER,)))
    assert preview.can_read(note("verloop", GEMEENTE, shared=True))
    assert not preview.can_read(note("verloop", VERBAND)) and preview.knows_of(note("verloop", VERBAND))
    of_a_boa = Sight((COORDINATOR,), within=Sight((BOA,)))
    assert not of_a_boa.knows_of(note("verloop", VERBAND))
    assert not Sight((BOA,), within=Sight((OFFICER,))).can_read(note("verloop", GEMEENTE))


@pytest.mark.parametrize(
    ("part", "shows"),
    [
        ("vrijstelling", [True, False, False, False, False, False]),
        ("verloop", [True] * 6),
        ("verzuim", [True, False, False, False, False, False]),
    ],
)
def test_that_a_letter_was_made(part, shows):
    letter = SimpleNamespace(part=part)
    assert [person.knows_letter(letter) for person in PERSONS] == shows


@pytest.mark.parametrize("level", Level)
def test_in_which_parts_a_person_writes(level):
    assert Sight((only(Part.VERLOOP, level),)).writes_in(Part.VERLOOP) == (level == Level.WRITE)
    for part in (Part.GEZONDHEID, Part.VEILIGHEID, Part.HANDHAVING):
        expected = level in (Level.OWN, Level.CONSENT, Level.WRITE)
        assert Sight((only(part, level),)).writes_in(part) == expected, part


def test_two_sights_are_the_same_when_they_show_the_same():
    sight = Sight((OFFICER, COORDINATOR))
    assert sight.same_as(Sight((COORDINATOR, OFFICER)))
    assert sight.same_as(Sight((OFFICER, seat(Role.COORDINATOR, VERBAND, user_id=99))))
    for other in (OFFICER_WITH_CONSENT, HANDLER, BOA, seat(Role.LEERPLICHTAMBTENAAR, BUREAU)):
        assert not sight.same_as(Sight((other, COORDINATOR))), other
    assert not sight.same_as(Sight((seat(Role.LEERPLICHTAMBTENAAR, GEMEENTE, municipal=False), COORDINATOR)))
    assert not Sight((OFFICER,)).same_as(Sight((Seat(OFFICER.levels, None, municipal=True),)))


# --- What the levels say -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("part", "level", "comes"),
    [
        (Part.VERLOOP, Level.NONE, False),
        (Part.VERLOOP, Level.YES_NO, True),
        (Part.VERZUIM, Level.OWN, True),
        (Part.VEILIGHEID, Level.OWN, False),
        (Part.VEILIGHEID, Level.YES_NO, True),
        (Part.VEILIGHEID, Level.NONE, False),
    ],
)
def test_what_sharing_brings(part, level, comes):
    assert comes_by_share(part, level) == comes


def test_who_the_child_is_comes_along_and_health_and_own_words_hang_on_no_share():
    found = restrict(Role.SCHOOL, ["verloop"])
    assert {part.value: level for part, level in found.items() if level} == {
        "identiteit": Level.READ,
        "verloop": Level.WRITE,
        "gezondheid": Level.CONSENT,
        "veiligheid": Level.OWN,
    }


def test_of_several_roles_the_most_of_each_part():
    found = most(MATRIX[Role.BOA], restrict(Role.COORDINATOR, ["verloop"]))
    assert {part.value: level for part, level in found.items() if level} == {
        "identiteit": Level.READ,
        "verloop": Level.WRITE,
        "gezondheid": Level.CONSENT,
        "handhaving": Level.WRITE,
    }
    assert most() == dict.fromkeys(Part, Level.NONE)


# --- What a share would bring ---------------------------------------------------------------------------


def agreed(*rows: tuple[Organisation, Organisation, bool, bool]) -> SimpleNamespace:
    """A dossier with consents: of whom, for whom, about health, withdrawn."""
    consents = [
        SimpleNamespace(
            owner=owner, recipient=to, recipient_id=to.pk, health=health, withdrawn_at="gisteren" if withdrawn else None
        )
        for owner, to, health, withdrawn in rows
    ]
    return SimpleNamespace(consents=SimpleNamespace(all=lambda: consents))


@pytest.mark.parametrize(
    ("consents", "health", "readable"),
    [
        ([], False, set()),
        ([], True, {MUNICIPAL_SIDE}),
        ([(VERBAND, SCHOOL, True, False)], False, {VERBAND.pk}),
        ([(VERBAND, SCHOOL, True, False)], True, {MUNICIPAL_SIDE, VERBAND.pk}),
        ([(BUREAU, SCHOOL, True, False)], False, {MUNICIPAL_SIDE}),
        ([(SCHOOL, VERBAND, True, False)], False, set()),
        ([(VERBAND, SCHOOL, False, False)], False, set()),
        ([(VERBAND, SCHOOL, True, True)], False, set()),
    ],
)
def test_a_preview_shows_the_health_that_was_agreed_before_and_what_is_agreed_now(consents, health, readable):
    looker = Sight((OFFICER,))
    shown = sight_after_sharing(agreed(*consents), SCHOOL, [Role.SCHOOL], ["verloop"], health, looker)
    assert shown.seats[0].health_from == readable


def test_a_preview_is_the_seat_that_the_organisation_will_have():
    looker, school = Sight((OFFICER,)), Organisation(pk=4, kind="school", code="99AA00")
    shown = sight_after_sharing(agreed(), school, [Role.SCHOOL], ["verloop"], False, looker)
    assert shown.within is looker
    assert shown.seats == (Seat(restrict(Role.SCHOOL, ["verloop"]), 4, school="99AA00"),)
    verband = Organisation(pk=3, kind="samenwerkingsverband", code="VO9901")
    both = sight_after_sharing(agreed(), verband, [Role.COORDINATOR, Role.HOUDER], ["veiligheid"], False, looker)
    assert (both.seats[0].own, both.seats[0].school) == (3, "")
    assert both.at(Part.VEILIGHEID) == Level.YES_NO, "the most of both roles"


# --- Who has which seat ---------------------------------------------------------------------------------
