"""What came from another system says so on paper too."""

import io

import pypdf
import pytest

from cases.dossier.models import Case
from reporting.dossiers.making import Order, dossier_pdf
from tests.cases.takeover.takeover_file import everything, read, row, workbook

pytestmark = pytest.mark.once


def test_the_paper_says_where_dossier_contacts_notes_and_steps_came_from(lekstroom, friday):
    sheets = everything()
    sheets["stappen"].append(
        row("stappen", sleutel="S2", stap="Huisbezoek", gedaan_op="18-06-2026", uitkomst="Geweest")
    )
    read(workbook(**sheets))
    case = Case.objects.get()
    paper = dossier_pdf(case, Order(purpose="eigen werk"), by=lekstroom.officer)[1]
    said = " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(paper)).pages).split())
    assert "overgenomen uit Oud Systeem, daar dossier 2026-0042" in said
    # Of the contact, the note and the step that was done; the contact stands in two chapters.
    assert said.count("J. de Wit, overgenomen uit Oud Systeem") >= 3
    assert "MDO plannen Overgenomen uit Oud Systeem" in said
