"""The pictures of the manual: which page, of whom. Taken of the demonstration region."""

from dataclasses import dataclass
from pathlib import Path

from cases.demo.children import Children, as_file
from cases.demo.people import PIN, code_of_parent
from cases.demo.region import PASSWORD
from cases.dossier.models import Case

SIZE = {"width": 1280, "height": 800}
PAPERS = ".parts [href='#papieren']"


@dataclass(frozen=True)
class Picture:
    name: str
    who: str
    address: str = ""
    click: tuple[str, ...] = ()
    scroll_to: str = ""


PHONE = {"width": 390, "height": 844}
PICTURES = (
    Picture("vandaag", "leerplichtambtenaar", "/vandaag/"),
    Picture("werkvoorraad", "leerplichtambtenaar", "/werkvoorraad/"),
    Picture("melding", "leerplichtambtenaar", "/meldingen/", ("main a.name",)),
    Picture("dossier", "leerplichtambtenaar", "/werkvoorraad/?stand=nadert", ("main a.name",)),
    Picture("contact", "leerplichtambtenaar", "/werkvoorraad/", ("main a.name", ".parts .btn"), ".actions"),
    Picture("inlezen", "leerplichtambtenaar"),
    Picture("verdelen", "teamleider", "/vandaag/", scroll_to=".legend"),
    Picture("coordinator", "coordinator", "/werkvoorraad/"),
    Picture("opschalingen", "coordinator", "/opschalingen/"),
    Picture("school", "school", "/meldingen/nieuw/"),
    Picture("regio", "regio", "/regio/"),
    Picture("logboek", "controleur", "/inzagelogboek/"),
    Picture("delen", "leerplichtambtenaar"),
    Picture("meekijken", "ouder"),
    Picture("besluiten", "houder", "/besluiten/"),
    Picture("besluit", "houder", "/besluiten/", ("main a.name",)),
    Picture(
        "brief", "leerplichtambtenaar", "/werkvoorraad/", ("main a.name", PAPERS, "text=Brief maken", "main .list a")
    ),
    Picture("thuiszitterstop", "teamleider", "/thuiszitterstop/", ("main a.name",)),
    Picture(
        "papier",
        "leerplichtambtenaar",
        "/werkvoorraad/",
        ("main a.name", PAPERS, "text=PDF maken", "text=zonder namen"),
    ),
)


def take(picture: Picture, page, folder: Path, today) -> None:
    if picture.who == "ouder":
        _look_along(page)
        return _kept(picture, page, folder)
    page.goto("/inloggen/")
    page.get_by_label("E-mailadres").fill(f"{picture.who}@voorbeeld.test")
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Inloggen").click()
    page.get_by_role("button", name="Uitloggen").wait_for()
    if picture.name == "inlezen":
        _look_at_a_file(page, today)
    elif picture.name == "delen":
        _look_before_sharing(page)
    else:
        page.goto(picture.address)
    for what in picture.click:
        page.locator(what).first.click()
        page.wait_for_load_state()
    if picture.scroll_to:
        page.locator(picture.scroll_to).scroll_into_view_if_needed()
    _kept(picture, page, folder)


def _kept(picture: Picture, page, folder: Path) -> None:
    page.evaluate("document.activeElement.blur()")
    page.evaluate("document.fonts.ready.then(() => true)")
    page.screenshot(path=folder / f"{picture.name}.png")


def _look_along(page) -> None:
    """On a phone, as the parent of the demonstration."""
    page.set_viewport_size(PHONE)
    page.goto("/meekijken/")
    page.get_by_label("Code uit de brief").fill(code_of_parent())
    page.get_by_label("Pincode").fill(PIN)
    page.get_by_role("button", name="Kijk mee").click()
    page.wait_for_url("**/dossier/")


def _look_at_a_file(page, today) -> None:
    """A file with new reports and one line that cannot be read."""
    known = Case.objects.values_list("pupil__pgn_hash", flat=True).count()
    children = Children(today)
    for _ in range(known + 200):
        next(children.bsns)
    rows = [r | {"gemeentecode": "0356"} for r in children.reports(6, 3)]
    for n, row in enumerate(rows):
        row["meldingsnummer"] = f"DUO-{n + 90001}"
    rows[4]["geboortedatum"] = "31-02-2014"
    page.goto("/meldingen/inlezen/")
    file = {"name": "verzuim-week-47.csv", "mimeType": "text/csv", "buffer": as_file(rows)}
    page.get_by_label("Bestand met verzuimmeldingen").set_input_files(file)
    page.get_by_role("button", name="Bestand bekijken").click()
    page.get_by_role("button", name="Inlezen", exact=True).wait_for()


def _look_before_sharing(page) -> None:
    """What a samenwerkingsverband would see of the first dossier that it does not see yet."""
    free = Case.objects.open().filter(municipality="0356", involvements=None, contacts__shared=True).first()
    page.goto(f"/dossiers/{free.number}/betrokken/")
    verband = "Samenwerkingsverband De Verbinding (voortgezet onderwijs)"
    page.get_by_label("Organisatie", exact=True).select_option(label=verband)
    page.get_by_label("Grond").select_option(label="convenant")
    page.get_by_role("button", name="Bekijken wat de ander ziet").click()
    page.get_by_role("button", name="Delen met").wait_for()
