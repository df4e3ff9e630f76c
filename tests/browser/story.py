"""The main path as one story: schools, reports, a night, the worklist, the dossier, a contact, a PDF."""

import io

from django.core.management import call_command
from playwright.sync_api import expect
from pypdf import PdfReader

from leerplicht.models import School
from tests.browser import sentences as she
from tests.cases.absence_file import row

SCHOOLS = '''\
PROVINCIE;BEVOEGD GEZAG NUMMER;INSTELLINGSCODE;VESTIGINGSCODE;VESTIGINGSNAAM;STRAATNAAM;HUISNUMMER-TOEVOEGING;\
POSTCODE;PLAATSNAAM;GEMEENTENUMMER;GEMEENTENAAM;DENOMINATIE;TELEFOONNUMMER;INTERNETADRES;VAKANTIEREGIO
Utrecht;09999;99ZA;99ZA00;"BS ""De Waterlelie""";Lelielaan;7;3431 AA;NIEUWEGEIN;0356;NIEUWEGEIN;Openbaar; ; ;Midden
Utrecht;09999;99ZB;99ZB00;De Klaproos;Veldweg;12;3991 AA;HOUTEN;0321;HOUTEN;Openbaar;0305550000; ;Midden
'''
HOME = {"brin": "99ZA", "begindatum": "2026-10-05", "datum_mutatie": "2026-10-09", "verzuimuren": ""}
NOOR = row(1, achternaam="van den Berg", voornamen="Noor", **HOME)
SEM = row(2, achternaam="Aydin", voornamen="Sem", geboortedatum="31-02-2014", **HOME)
FLEUR = row(
    3, achternaam="Smit", voornamen="Fleur", **HOME | {"begindatum": "2026-11-12", "datum_mutatie": "2026-11-19"}
)


def the_schools_come_in(folder) -> None:
    file = folder / "vestigingen.csv"
    file.write_bytes(SCHOOLS.encode("windows-1252"))
    call_command("import_schools", file, stdout=io.StringIO())
    assert School.objects.get(code="99ZA00").name == 'BS "De Waterlelie"'


def night_falls(morning, day: str) -> None:
    """The round of that night, and then it is ten in the morning."""
    morning.move_to(f"{day} 10:00:00+01:00")
    call_command("run_due", stdout=io.StringIO())


def download_the_pdf(page) -> str:
    """The text of the PDF."""
    she.open_part(page, "Papieren")
    page.get_by_role("link", name="PDF maken").click()
    page.get_by_role("link", name="Het hele dossier").click()
    page.get_by_label("Waarvoor is dit papier?").select_option("overleg over dit kind (MDO of thuiszitterstafel)")
    with page.expect_download() as download:
        page.get_by_role("button", name="PDF maken").click()
    return "\n".join(sheet.extract_text() for sheet in PdfReader(download.value.path()).pages)


def walk(page, officer, morning, folder, *, js: bool) -> None:
    """From files of schools and reports to a paper, by one officer; `js`: what only scripts do is there too."""
    the_schools_come_in(folder)
    she.log_in(page, officer)

    she.choose_a_file_of_reports(page, NOOR, SEM, FLEUR)
    she.see(page, "Wilt u dit inlezen?", "geboortedatum", "is geen bestaande datum")
    assert page.locator("dl.tallies").inner_text().split() == [
        "nieuw",
        "2",
        "gewijzigd",
        "0",
        "ongewijzigd",
        "0",
        "ouder",
        "0",
        "afgekeurd",
        "1",
    ]
    she.accept_the_file(page)

    # Seven lesson weeks for one child, one for the other; a night later both have gone on.
    expect(she.find_in_the_worklist(page, "Fleur Smit")).to_contain_text("4 lesweken op 10 december")
    night_falls(morning, "2026-12-07")
    she.log_in(page, officer)
    expect(she.find_in_the_worklist(page, "Noor van den Berg")).to_contain_text("overschreden")
    expect(she.find_in_the_worklist(page, "Fleur Smit")).to_contain_text("nog 3 dagen tot 4 lesweken")
    expect(she.find_in_the_list(page, "nadert", "Fleur Smit")).to_be_visible()

    number = she.open_the_dossier(page, "Noor van den Berg")
    she.see(page, "Langer dan 6 weken thuis", "sinds 5 oktober 2026")
    she.fill_in_a_contact(page, "De mentor mist haar in de klas.")
    if js:
        she.see(page, "Concept bewaard om 10:")
    she.save(page, "Contact bewaard.")
    she.see(page, "De mentor mist haar in de klas.")
    she.add_a_next_step(page, "Gesprek met de jeugdarts", "2026-12-14")
    expect(page.get_by_role("heading", name="Nu aan zet")).to_be_visible()

    paper = download_the_pdf(page)
    assert number in paper
    assert "De mentor mist haar in de klas." in paper
    assert NOOR["persoonsgebonden_nummer"] not in paper

    she.correct_the_refused_line(page, "Geboortedatum", "2014-02-28")
    she.find_in_the_worklist(page, "Sem Aydin")
