"""What packs cost beside bare WeasyPrint: time for the same pages on the same cores, pages per second, and the peak of
memory of the process and its children together. Both forms: a page per child in one PDF, and a ZIP of whole dossiers.

Usage: DATABASE_URL=sqlite:////path/demo.sqlite3 python bench/pdf.py [1 10 100 200]   (a database with `seed_demo`)
"Rendered and joined": the child processes, and joining with tags and bookmarks, over bare; "with reading": that and the
HTML from the database. Bare: the same HTML, already
made, one `write_pdf` per dossier as PDF/UA-1, in as many processes as there are cores. In turn, the middle of three.
"""

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

BARE = """
import json, sys
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from reporting.pdf.child import STYLE, OnlyOwnFonts
fonts = FontConfiguration()
style = CSS(string=STYLE.read_text(), url_fetcher=OnlyOwnFonts(allowed_protocols=["file"]), font_config=fonts)
for text in json.load(sys.stdin):
    HTML(string=text).write_pdf(stylesheets=[style], font_config=fonts, pdf_variant="pdf/ua-1")
"""


def bare(documents: list[str]) -> None:
    """These documents, dealt out over the cores."""
    cores, running = os.cpu_count() or 1, []
    for n in range(min(cores, len(documents))):
        child = subprocess.Popen([sys.executable, "-c", BARE], stdin=subprocess.PIPE, cwd=ROOT, text=True)
        child.stdin.write(json.dumps(documents[n::cores]))
        child.stdin.close()
        running.append(child)
    assert all(child.wait() == 0 for child in running)


class Peak(threading.Thread):
    """The most memory that this process and its children held together, looked at ten times a second (MB)."""

    def __init__(self):
        super().__init__(daemon=True)
        self.most, self.over = 0, threading.Event()

    def run(self):
        while not self.over.wait(0.1):
            self.most = max(self.most, sum(map(resident, family(os.getpid()))))


def family(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        more = [Path(f).read_text().split() for f in Path(f"/proc/{pid}/task").glob("*/children")]
    except OSError:
        return []
    found = {int(c) for c in [*children, *(c for row in more for c in row)]}
    return [pid, *(p for c in found for p in family(c))]


def resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 2**20
    except OSError:
        return 0


def one_run(many: int, form: str) -> None:
    """In a process of its own, so that the peak of memory is of this run."""
    import django

    django.setup()
    from cases.dossier.models import Case
    from cases.stops.models import Stop, StopCase
    from reporting.packs import making as papers
    from reporting.packs.models import Pack
    from reporting.papers.acts import pages_in
    from reporting.papers.models import Paper
    from reporting.papers.variants import Variant
    from reporting.pdf.joining import join
    from reporting.pdf.render import render_papers
    from thuiszitters.core.people.organisations import Organisation
    from thuiszitters.core.people.users import User

    by = User.objects.get(email="teamleider@voorbeeld.test")
    cases = list(Case.objects.order_by("pk").select_related("pupil__municipality", "municipality", "handler")[:many])
    assert len(cases) == many, f"only {len(cases)} dossiers in this database"
    region = Organisation.objects.filter(kind=Organisation.Kind.REGIO).first()
    stop = Stop(region=region, starts_at=timezone_now(), place="x", organisation=region, by=by)
    paper = Paper(number="P0", recipient="bench", purpose="bench", by=by)
    pack = Pack(paper=paper, stop=stop, level=Variant.VOLLEDIG, form=form)
    rows = [StopCase(stop=stop, case=case, position=n) for n, case in enumerate(cases, start=1)]
    children = [papers.Child(row, row.case, row.position, row.case.pupil.name, Variant.VOLLEDIG) for row in rows]
    one = papers.page_of if form == "bladzijden" else papers.dossier_of

    def read():
        for child in papers.fetched(children):
            found = one(pack, child)
            yield found if isinstance(found, list) else [found]

    made, whole, times = list(read()), [], {"bare": [], "render": [], "all": []}

    def finished(pdfs):
        return [join(pdfs)] if form == "bladzijden" else list(pdfs)

    peak = Peak()
    for turn in range(3):
        for what in list(times)[:: -1 if turn % 2 else 1]:
            start = time.perf_counter()
            if what == "bare":
                bare([text for documents in made for text in documents])
            elif what == "render":
                whole = finished(render_papers(made))
            else:
                if not peak.is_alive() and not peak.most:
                    peak.start()
                whole = finished(render_papers(read()))
            times[what].append(time.perf_counter() - start)
    peak.over.set()
    theirs, render, ours = (median(times[what]) for what in ("bare", "render", "all"))
    pages = sum(map(pages_in, whole))
    print(f"{form:10} {many:4} dossiers  {pages:5} pages  bare {theirs:6.1f} s", end="")
    print(f"  rendered and joined {render / theirs:.2f}  with reading {ours / theirs:.2f}", end="")
    print(f"  {pages / ours:5.1f} pages/s  memory {peak.most} MB  {sum(map(len, whole)) // 1024} KB", flush=True)


def timezone_now():
    from django.utils import timezone

    return timezone.now()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        one_run(int(sys.argv[2]), sys.argv[3])
    else:
        for form in ("bladzijden", "zip"):
            for number in sys.argv[1:] or ["1", "10", "100", "200"]:
                subprocess.run([sys.executable, __file__, "--one", number, form], check=True, cwd=ROOT)
