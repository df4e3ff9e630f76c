"""Somebody who clicks on everything: every link of every page, the searches, and a few acts at the end. Of addresses
that differ only in their numbers or in the values of filters, the first ones stand for all."""

import re
from collections import Counter
from dataclasses import dataclass, field
from html import unescape
from io import BytesIO
from urllib.parse import urljoin, urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from pypdf import PdfReader
from python_calamine import CalamineWorkbook

from tests import world
from tests.cases import absence_file

MOST, ALIKE = 1500, 3
LINK = re.compile(r'(?:href|src|action)="([^"]+)"')
SKIP = re.compile(r"^/(static|uitloggen|beheer)")


def cells_of(response) -> str:
    """What stands in a file for a spreadsheet."""
    if response.status_code != 200:
        return str(response.status_code)
    return str(CalamineWorkbook.from_filelike(BytesIO(response.content)).get_sheet_by_index(0).to_python())


@dataclass
class Crawl:
    """What one person got to see: the visible text of every answer, by what was asked."""

    client: Client
    seen: dict[str, str] = field(default_factory=dict)
    papers: int = 1
    most: int = MOST

    def everything(self, start: str = "/") -> dict[str, str]:
        """Nothing of it stays: what the clicks write in the database is rolled back."""
        with transaction.atomic():
            self._follow(start)
            self._search()
            self._act()
            transaction.set_rollback(True)
        return self.seen

    def _follow(self, start: str) -> None:
        waiting, known, alike = [start], {start}, Counter()
        while waiting and len(self.seen) < self.most:
            path = waiting.pop(0)
            alike[shape(path)] += 1
            if alike[shape(path)] > ALIKE:
                continue
            if path.endswith(".pdf") or re.search("/papier/.+/", path):
                self._paper(path)
                continue
            response = self.client.get(path)
            if re.search(r"[.](xlsx|ods)($|[?])", path):
                self.seen[path] = cells_of(response)
                continue
            html = response.content.decode()
            self._keep(path, response)
            found = [response["Location"]] if response.status_code in (301, 302) else LINK.findall(html)
            for link in found:
                there = self._inside(path, unescape(link))
                if there and there not in known:
                    known.add(there)
                    waiting.append(there)
        assert not waiting or self.most < MOST, "more pages than this crawl looks at"

    @staticmethod
    def _inside(path: str, link: str) -> str:
        parts = urlsplit(urljoin(f"http://testserver{path}", link))
        there = parts.path + (f"?{parts.query}" if parts.query else "")
        return "" if parts.netloc != "testserver" or SKIP.match(there) else there

    def _keep(self, what: str, response) -> None:
        self.seen[what] = f"{response.status_code} {visible(response)}"

    def _paper(self, path: str) -> None:
        """Papers take seconds: the first ones stand for all."""
        if self.papers > 0:
            self.papers -= 1
            sent = world.PAPER if "/papier/" in path else None
            response = self.client.post(path, sent) if sent else self.client.get(path)
            if response["Content-Type"] == "application/pdf":
                pages = PdfReader(BytesIO(response.content)).pages
                self.seen[path] = "\n".join(page.extract_text() for page in pages)

    def _search(self) -> None:
        for words in ("Bakker", "Noor", "KANARIE-B", "5-5-2013", world.bsn(1), "TZ-0193-2026-0001", "Geelvink"):
            self._keep(f"search {words}", self.client.post("/zoeken/", {"q": words}, follow=True))

    def _act(self) -> None:
        """What tells by its answer: a new dossier and a report on a number that may be known, and what they are
        called; a file with a number that may be known."""
        child = {
            "first_names": "Noor",
            "prefix": "",
            "last_name": "Bakker",
            "born": "2013-05-05",
            "municipality": "0356",
            "pgn": world.bsn(1),
            "first_day": "2026-11-02",
            "how_known": "BRP",
            "bestaand": "",
        }
        report = {
            "persoonsgebonden_nummer": world.bsn(1),
            "achternaam": "Bakker",
            "voornamen": "Noor",
            "geboortedatum": "2013-05-05",
            "gemeentecode": "0356",
            "school": "99AA00",
            "begindatum": "2026-10-05",
            "verzuimsoort": "LRV",
            "alle_lessen_gemist": "J",
            "actie_gemeente_gewenst": "J",
            "melder_naam": "S",
        }
        for path, form in (("/dossiers/nieuw/", child), ("/meldingen/nieuw/", report)):
            first = self.client.post(path, form, follow=True)
            self._keep(f"act {path}", first)
            asked = first.context.get("asked") if first.context else None
            toch = asked.key if path == "/meldingen/nieuw/" and asked else "1"
            self._keep(f"act {path} after all", self.client.post(path, form | {"toch": toch}, follow=True))
        rows = [absence_file.row(1, meldingsnummer="M-B-1"), absence_file.row(2, meldingsnummer="M-B-2")]
        file = SimpleUploadedFile("week.csv", absence_file.content(*rows))
        self._keep("act upload", self.client.post("/meldingen/inlezen/", {"file": file}, follow=True))


def shape(path: str) -> str:
    """/dossiers/TZ-1/stap/2/?a=b as what it is an example of."""
    place, _, query = path.partition("?")
    return re.sub(r"\d+", "#", place) + "?" + "&".join(sorted(pair.split("=")[0] for pair in query.split("&")))


def visible(response) -> str:
    """What a person can read of an answer, and what a form has filled in; without what differs every time."""
    text = b"".join(response.streaming_content).decode() if response.streaming else response.content.decode()
    text = re.sub(r'<input[^>]*name="csrfmiddlewaretoken"[^>]*>', "", text)
    filled = " ".join(re.findall(r'value="([^"]*)"', text))
    return re.sub(r"\s+", " ", f"{re.sub(r'<[^>]+>', ' ', text)} {filled}")
