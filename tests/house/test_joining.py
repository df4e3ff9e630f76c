"""Two rows of one child become one: the table speaks of every field of a pupil and of every relation, of all floors."""

import pytest

from leerplicht.models import Guardian, Pupil
from leerplicht.services import guardians
from leerplicht.services.merging import FIELDS, RELATIONS, TOGETHER, How, name_of

COLUMNS = {f.name for f in Pupil._meta.concrete_fields}


def missing(table, wanted) -> set[str]:
    return set(table) ^ set(wanted)


def test_the_table_speaks_of_every_field():
    assert missing(FIELDS, COLUMNS) == set()


def test_the_table_speaks_of_every_relation_of_all_floors():
    assert missing(RELATIONS, map(name_of, guardians.relations_of(Pupil))) == set()


def test_no_relation_of_a_pupil_hides_from_the_table():
    """Many to many would be a table of its own that nobody points to by name."""
    assert not Pupil._meta.many_to_many and not Guardian._meta.many_to_many


@pytest.mark.parametrize("names", TOGETHER, ids=lambda names: names[0])
def test_what_is_taken_together_is_filled_up(names):
    assert {FIELDS[name] for name in names} == {How.FILLS}


def test_what_protects_counts_from_either_side():
    assert {name for name, how in FIELDS.items() if how == How.EITHER} >= {"secret_address"}
    assert {f.name for f in Guardian._meta.concrete_fields if "secret" in f.name} <= set(guardians.PROTECTS)


def test_a_field_or_relation_that_is_forgotten_is_seen():
    assert missing(set(FIELDS) - {"born"}, COLUMNS) == {"born"}
    found = [name_of(r) for r in guardians.relations_of(Pupil)]
    assert {"cases.Intake.pupil", "cases.Case.pupil", "leerplicht.IdentityQuestion.known"} <= set(found)
