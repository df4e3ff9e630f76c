"""A small invented world for tests: organisations, users with roles, schools, pupils and reports."""

import pickle
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from io import BytesIO
from itertools import count, islice
from zoneinfo import ZoneInfo

import time_machine
from django.apps import apps
from django.db import connection, transaction
from django.utils import timezone
from pypdf import PdfWriter

from cases.agreements.models import RegionTerm
from cases.dossier.models import Case
from cases.dossier.taking_part import Involvement
from cases.intake.acts import take_in
from leerplicht.law.identifiers import parse_pgn
from leerplicht.models import AbsenceReport, Municipality, Pupil, School
from leerplicht.models.reports import OWN_NUMBER
from thuiszitters.core.people.organisations import Membership, Organisation, OrganisationLink
from thuiszitters.core.people.roles import Role
from thuiszitters.core.people.users import User

START = date(2020, 8, 1)
_numbers = count(1)


@dataclass
class World:
    organisations: dict[str, Organisation] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    schools: dict[str, School] = field(default_factory=dict)

    def __getattr__(self, name):
        """`world.officer`: the user under that name."""
        try:
            return self.__dict__["users"][name]
        except KeyError:
            raise AttributeError(name) from None


def build() -> World:
    world = World()
    kinds = Organisation.Kind
    for key, kind, name, code in (
        ("nieuwegein", kinds.GEMEENTE, "Gemeente Nieuwegein", "0356"),
        ("houten", kinds.GEMEENTE, "Gemeente Houten", "0321"),
        ("zwolle", kinds.GEMEENTE, "Gemeente Zwolle", "0193"),
        ("bureau", kinds.REGIONAAL_BUREAU, "Leerplicht Lekstroom", ""),
        ("verband", kinds.SAMENWERKINGSVERBAND, "Verband De Verbinding", "VO9901"),
        ("verband_elders", kinds.SAMENWERKINGSVERBAND, "Verband Elders", "VO9902"),
        ("school", kinds.SCHOOL, "De Lindeboom", "99AA00"),
        ("jeugdteam", kinds.ZORGPARTIJ, "Jeugdteam Lekstroom", ""),
        ("regio", kinds.REGIO, "Lekstroom", "LEK"),
        ("regio_elders", kinds.REGIO, "Regio Elders", "ELD"),
    ):
        world.organisations[key] = Organisation.objects.create(kind=kind, name=name, code=code)
    for kind, a, b in (
        ("acts_for", "bureau", "nieuwegein"),
        ("acts_for", "bureau", "houten"),
        ("has_member", "regio", "nieuwegein"),
        ("has_member", "regio", "houten"),
        ("has_member", "regio", "verband"),
        ("has_member", "regio_elders", "zwolle"),
        ("has_member", "regio_elders", "verband_elders"),
    ):
        OrganisationLink.objects.create(
            kind=kind, organisation=world.organisations[a], other=world.organisations[b], valid_from=START
        )
    for key, name, role, organisation in (
        ("officer", "Mila Officier", Role.LEERPLICHTAMBTENAAR, "nieuwegein"),
        ("colleague", "Cas Collega", Role.LEERPLICHTAMBTENAAR, "houten"),
        ("leader", "Tess Teamleider", Role.TEAMLEIDER, "bureau"),
        ("coordinator", "Coen Coördinator", Role.COORDINATOR, "verband"),
        ("partner_elsewhere", "Pien Partner", Role.COORDINATOR, "verband_elders"),
        ("teacher", "Sara School", Role.SCHOOL, "school"),
        ("region", "Rik Regio", Role.REGIO, "regio"),
        ("region_elsewhere", "Ria Elders", Role.REGIO, "regio_elders"),
        ("holder", "Hans Houder", Role.HOUDER, "verband"),
        ("admin", "Bea Beheer", Role.BEHEERDER, "bureau"),
        ("controller", "Coby Controle", Role.CONTROLEUR, "bureau"),
        ("boa", "Bo Boa", Role.BOA, "nieuwegein"),
        ("nurse", "Jet Jeugdarts", Role.ZORG, "jeugdteam"),
        ("stranger", "Stan Vreemd", Role.LEERPLICHTAMBTENAAR, "zwolle"),
    ):
        first, last = name.split(" ")
        user = User.objects.create_user(f"{key}@voorbeeld.test", "wachtwoord-12", first_name=first, last_name=last)
        Membership.objects.create(
            user=user, organisation=world.organisations[organisation], role=role, valid_from=START
        )
        world.users[key] = user
    for code, name in (("0356", "Nieuwegein"), ("0321", "Houten"), ("0193", "Zwolle")):
        Municipality.objects.create(code=code, name=name, holiday_region="noord" if code == "0193" else "midden")
    for code, name, municipality, region in (
        ("99AA00", "De Lindeboom", "0356", "midden"),
        ("99AB00", "Het Kompas", "0321", "midden"),
        ("99AC00", "De Brug", "0193", "noord"),
    ):
        world.schools[code] = School.objects.create(
            code=code, name=name, municipality_id=municipality, holiday_region=region, sector="vo"
        )
    RegionTerm.objects.create(
        region=world.organisations["regio"],
        code="6-weken",
        amount=6,
        unit="weeks",
        warn_days=10,
        valid_from=START,
        source="Convenant Lekstroom",
    )
    return world


# The moment at which the world is built that is put back later; no test takes place then.
THEN = datetime(1999, 12, 31, 12, 34, 56, 789012, tzinfo=UTC)


class Kept:
    """The world as it was built once, to put back in an empty database: the same rows with the same keys, and objects
    of its own for each test. Building it takes ten times as long, and most tests begin with it."""

    def __init__(self):
        with transaction.atomic():
            known = _all_keys()
            with time_machine.travel(THEN, tick=False):
                self.world = pickle.dumps(build())
            self.rows = _new_rows(known)
            transaction.set_rollback(True)

    def put_back(self) -> World:
        """As if it were built now, whatever time it is in the test."""
        now = timezone.now()
        _put_back(self.rows, now)
        world = pickle.loads(self.world)
        for row in (*world.organisations.values(), *world.users.values(), *world.schools.values()):
            vars(row).pop("_django_version", None)  # what pickle notes
            vars(row).update({name: now for name, value in vars(row).items() if value == THEN})
        return world


class KeptCase:
    """The dossier that half of the tests of dossiers begin with, to put back beside the world: of Noor Bakker of
    Nieuwegein, at home since 5 October 2026, as it came about at ten o'clock on Friday 20 November."""

    def __init__(self, kept: Kept):
        with transaction.atomic(), time_machine.travel("2026-11-20 10:00:00+01:00", tick=False):
            schools, known = kept.put_back().schools, _all_keys()
            child = Pupil(first_names="Noor", last_name="Bakker", born=date(2013, 5, 5), municipality_id="0356")
            child.set_pgn(parse_pgn(bsn(LAST)))
            child.save()
            self.key = open_case(child, schools["99AA00"]).pk
            self.rows = _new_rows(known)
            transaction.set_rollback(True)

    def put_back(self) -> Case:
        _put_back(self.rows, THEN)
        return Case.objects.get(pk=self.key)


# The number of the child of that dossier: `pupil` gives the ones before it.
LAST = 900


def _all_keys() -> dict:
    return {model: set(_keys(model)) for model in apps.get_models()}


def _keys(model) -> list:
    return list(model._base_manager.values_list("pk", flat=True))


def _new_rows(known: dict) -> list:
    return [_insert(model, set(_keys(model)) - keys) for model, keys in known.items()]


def _put_back(rows: list, now: datetime) -> None:
    in_database = _to_write(now)
    # In one transaction: rows of one table point to another that comes later.
    with transaction.atomic(), connection.cursor() as cursor:
        for sql, values, moments in filter(None, rows):
            for place in moments:
                values[place] = in_database
            cursor.execute(sql, values)


def _insert(model, keys: set) -> tuple[str, list, list[int]] | None:
    """One statement for the new rows of a table, its values, and which of these are the moment of building."""
    if not keys:
        return None
    quote, fields = connection.ops.quote_name, model._meta.concrete_fields
    table, columns = quote(model._meta.db_table), ", ".join(quote(f.column) for f in fields)
    places = f"({', '.join(['%s'] * len(fields))})"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {columns} FROM {table} ORDER BY {quote(model._meta.pk.column)}")
        at = next(n for n, f in enumerate(fields) if f.primary_key)
        rows = [row for row in cursor.fetchall() if row[at] in keys]
    assert len(rows) == len(keys), model
    values = [_to_write(value) for row in rows for value in row]
    sql = f"INSERT INTO {table} ({columns}) VALUES {', '.join([places] * len(rows))}"
    return sql, values, [n for n, value in enumerate(values) if value == _to_write(THEN)]


def _to_write(value):
    """What the database takes for a value that it gave."""
    if isinstance(value, datetime):
        return connection.ops.adapt_datetimefield_value(value)
    return connection.ops.adapt_datefield_value(value) if isinstance(value, date) else value


def _passing_numbers() -> Iterator[str]:
    """The numbers of the test range that pass the eleven test."""
    for candidate in range(999990000, 1000000000):
        digits = str(candidate)
        total = sum(w * int(d) for w, d in zip((9, 8, 7, 6, 5, 4, 3, 2, -1), digits, strict=True))
        if total % 11 == 0:
            yield digits


_passing, _passed = _passing_numbers(), []


def bsn(n: int) -> str:
    """The n-th number of the test range that passes the eleven test. Each is found once: nearly every test asks."""
    _passed.extend(islice(_passing, max(0, n + 1 - len(_passed))))
    if n >= len(_passed):
        raise ValueError("not that many test numbers")
    return _passed[n]


def pupil(**fields) -> Pupil:
    n = next(_numbers)
    values = {"first_names": "Noor", "last_name": f"Bakker{n}", "born": date(2013, 5, 5), "municipality_id": "0356"}
    child = Pupil(**(values | fields))
    if "pgn_hash" not in fields:
        child.set_pgn(parse_pgn(bsn(n % LAST)))
    child.save()
    return child


def report(child: Pupil, school: School, **fields) -> AbsenceReport:
    n = next(_numbers)
    values = {
        "number": f"M{n}",
        "changed_at": datetime(2026, 10, 6, tzinfo=ZoneInfo("Europe/Amsterdam")),
        "kind": "LRV",
        "first_day": date(2026, 10, 5),
        "all_lessons": True,
        "municipality_id": child.municipality_id,
        "content_hash": f"hash-{n}",
        "sent_first_names": child.first_names,
        "sent_prefix": child.prefix,
        "sent_last_name": child.last_name,
        "sent_born": child.born,
        "sent_hash": child.pgn_hash,
    }
    values |= fields
    if values["number"].startswith(OWN_NUMBER):
        values.setdefault("sent_sealed", child.pgn_sealed)
    return AbsenceReport.objects.create(pupil=child, school=school, **values)


def report_anyway(client, form: dict[str, str], path: str = "/meldingen/nieuw/"):
    """The answer to a report by form, from somebody who says that what is asked about it is right."""
    response = client.post(path, form)
    asked = response.context["asked"] if response.status_code == 422 else None
    return client.post(path, form | {"toch": asked.key}) if asked else response


def open_case(child: Pupil, school: School, *, today=date(2026, 11, 20), **fields) -> Case:
    """A dossier as it comes about: by a report that all lessons are missed."""
    take_in([report(child, school, **fields)], today=today)
    return Case.objects.get(pupil=child)


def involve(case: Case, organisation: Organisation, *, since=START, until=None, **fields) -> Involvement:
    values = {"ground": Involvement.Ground.TASK, "since": since, "until": until} | fields
    return Involvement.objects.create(case=case, organisation=organisation, **values)


PAPER = {
    "recipient": "het overleg",
    "purpose": "eigen werk op papier",
    "chapters": ["klok", "speelt", "stappen", "aanbod", "contacten", "betrokken", "verloop"],
}


def take_along(client, case: Case, voor: str = "volledig", **fields):
    """The answer to somebody who makes a PDF of a dossier."""
    return client.post(f"/dossiers/{case.number}/papier/{voor}/", PAPER | fields)


def pdf() -> bytes:
    """A real paper of one empty page."""
    out = BytesIO()
    writer = PdfWriter()
    writer.add_blank_page(width=100, height=100)
    writer.write(out)
    return out.getvalue()
