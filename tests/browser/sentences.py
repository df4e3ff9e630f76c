"""What people do at the screen, as sentences. They look for what people see: labels, buttons, headings."""

import re

from playwright.sync_api import Page, expect

from tests.cases import absence_file

PASSWORD = "wachtwoord-12"


def log_in(page: Page, user, leave: str = "Uitloggen") -> None:
    """`leave`: the button that shows that it worked."""
    page.goto("/inloggen/")
    page.get_by_label("E-mailadres").fill(user.email)
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Inloggen").click()
    expect(page.get_by_role("button", name=leave)).to_be_visible()


def press(page: Page, name: str, role: str = "button") -> None:
    """Press a button of the page, or follow a link, that leads to another page. A click on a page that still loads can
    get lost on a busy machine, so the page comes first."""
    page.wait_for_load_state()
    wanted = page.locator("main").get_by_role(role, name=name, exact=True)
    if not wanted.count():
        open_the_part_with(page, role, name)
    with page.expect_navigation():
        wanted.click()


def open_the_part_with(page: Page, role: str, name: str) -> None:
    """Of a dossier the part in which this stands, as somebody who knows where to look."""
    hidden = page.locator("main .part").filter(has=page.get_by_role(role, name=name, exact=True, include_hidden=True))
    open_part(page, hidden.get_attribute("aria-label"))


def open_part(page: Page, word: str) -> None:
    page.get_by_role("navigation", name="Delen van dit dossier").get_by_role("link", name=word).click()
    expect(page.get_by_role("region", name=word, exact=True)).to_be_visible()


def follow(page: Page, name: str) -> None:
    press(page, name, role="link")


def see(page: Page, *words: str) -> None:
    for text in words:
        expect(page.locator("main")).to_contain_text(text)


def read_message(page: Page, words: str) -> None:
    expect(page.get_by_role("status").filter(has_text=words)).to_be_visible()


def choose_a_file_of_reports(page: Page, *rows: dict[str, str]) -> None:
    page.get_by_role("link", name="Meldingen", exact=True).click()
    page.wait_for_url("**/meldingen/")
    follow(page, "Bestand inlezen")
    content = absence_file.content(*rows)
    file = {"name": "week-47.csv", "mimeType": "text/csv", "buffer": content}
    page.get_by_label("Bestand met verzuimmeldingen").set_input_files(file)
    press(page, "Bestand bekijken")


def accept_the_file(page: Page) -> None:
    press(page, "Inlezen")
    see(page, "Het bestand is ingelezen.")


def find_in_the_worklist(page: Page, name: str):
    """The row of the child, in the list of all dossiers."""
    page.goto("/werkvoorraad/?lijst=alle")
    return _row(page, name)


def find_in_the_list(page: Page, chip: str, name: str):
    """The row of the child, after a click on one of the counted lists."""
    page.get_by_role("navigation", name="Welke dossiers").get_by_role("link", name=chip).click()
    return _row(page, name)


def find_in_the_list_of(page: Page, chip: str, name: str):
    """The row of the child in a counted list, from the list of all dossiers."""
    page.goto("/werkvoorraad/?lijst=alle")
    return find_in_the_list(page, chip, name)


def _row(page: Page, name: str):
    row = page.get_by_role("row").filter(has=page.get_by_role("link", name=name))
    expect(row).to_be_visible()
    return row


def open_the_dossier(page: Page, name: str) -> str:
    """Gives the number of the dossier."""
    find_in_the_worklist(page, name).get_by_role("link", name=name).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    return re.search(r"TZ-\d{4}-\d{4}-\d{4}", page.locator("main").inner_text())[0]


def fill_in_a_contact(page: Page, words: str) -> None:
    follow(page, "Contact vastleggen")
    page.get_by_label("Met wie").select_option(label="school")
    page.get_by_label("Naam", exact=False).last.fill("S. Mentor")
    page.get_by_label("Hoe", exact=True).select_option(label="telefonisch")
    page.get_by_label("Wat zei die persoon").fill(words)


def save(page: Page, done: str) -> None:
    press(page, "Bewaren")
    read_message(page, done)


def add_a_next_step(page: Page, title: str, due_on: str) -> None:
    follow(page, "Volgende stap")
    page.get_by_label("Wat moet er gebeuren").fill(title)
    page.get_by_label("Uiterlijk op").fill(due_on)
    save(page, "Volgende stap bewaard.")


def correct_the_refused_line(page: Page, field: str, value: str) -> None:
    page.get_by_role("link", name="Meldingen", exact=True).click()
    page.wait_for_url("**/meldingen/")
    follow(page, "Bekijken en verbeteren")
    page.locator("main").get_by_role("link", name="Verbeteren").click()
    page.wait_for_load_state()
    page.locator("main").get_by_label(field).fill(value)
    press(page, "Opnieuw inlezen")
    see(page, "Geen afgekeurde regels")
