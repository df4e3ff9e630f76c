"""What is on the screen as a file: the same rows, columns and order in CSV, XLSX and ODS."""

import csv
import io

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from cases.worklist.sheets import COLUMNS
from tests import world
from tests.cases.worklist.test_worklist import five, names  # noqa: F401 (a fixture)
from thuiszitters.core.log.models import AuditEvent
from thuiszitters.core.words import FORMULA_STARTS

KINDS = ("csv", "xlsx", "ods")


def rows(response, kind: str) -> list[list[str]]:
    content = response.content
    if kind == "csv":
        return list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0)
    return [[str(int(c)) if isinstance(c, float) else str(c) for c in row] for row in sheet.to_python()]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("query", ["lijst=mijn", "lijst=alle", "lijst=alle&stand=vrij", "lijst=alle&sorteer=-naam"])
def test_the_rows_and_order_of_the_screen(five, as_user, kind, query):  # noqa: F811
    client = as_user("officer")
    shown = names(client.get(f"/werkvoorraad/?{query}"))
    head, *body = rows(client.get(f"/werkvoorraad/lijst.{kind}?{query}"), kind)
    assert tuple(head) == COLUMNS
    assert [row[1] for row in body] == shown


def test_the_cells_are_the_same_in_each_kind(five, as_user):  # noqa: F811
    client = as_user("officer")
    one, two, three = (rows(client.get(f"/werkvoorraad/lijst.{kind}?lijst=alle"), kind) for kind in KINDS)
    assert one == two == three
    assert one[2][:8] == [
        five["Bram"].number, "Bram Bakker", "13", "", "Nieuwegein", "46", "6 weken overschreden, al 4 dagen",
        "Spreek met de ouders en met het kind",
    ]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("start", ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "\x0b=1"])
def test_no_cell_is_a_formula(lekstroom, friday, as_user, kind, start):
    world.open_case(world.pupil(first_names="", last_name=start), lekstroom.schools["99AA00"])
    response = as_user("officer").get(f"/werkvoorraad/lijst.{kind}?lijst=alle")
    (row,) = rows(response, kind)[1:]
    assert not any(cell.startswith(FORMULA_STARTS) for cell in row)
    if kind == "xlsx":
        sheet = load_workbook(io.BytesIO(response.content)).active
        assert all(cell.data_type != "f" for line in sheet for cell in line)


def test_one_row_in_the_log_and_only_who_may(five, as_user):  # noqa: F811
    as_user("officer").get("/werkvoorraad/lijst.xlsx?lijst=alle")
    row = AuditEvent.objects.get(action="worklist_exported")
    assert (len(row.pupil_ids), row.detail) == (3, {"count": 3, "kind": "xlsx"})
    for who in ("teacher", "nurse", "boa", "region"):
        assert as_user(who).get("/werkvoorraad/lijst.xlsx").status_code == 403, who
    assert as_user("officer").get("/werkvoorraad/lijst.pdf").status_code == 404
