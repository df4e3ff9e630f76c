"""The parts in which the page of a dossier is laid out, one question each (ADR 0040)."""

from collections.abc import Sequence
from dataclasses import dataclass

from cases.attachments.panel import Attachments
from cases.course.summary import Summary
from cases.documents.models import Document
from cases.page.buttons import Buttons
from cases.people.panel import Around


@dataclass(frozen=True, slots=True)
class Tab:
    """`key`: its place in the page, for an address. `count`: how many things are in it, where that says something."""

    key: str
    word: str
    template: str
    count: int = 0


def tabs_of(
    about: Summary, buttons: Buttons, people: Around, letters: Sequence[Document], attachments: Attachments
) -> list[Tab]:
    """Those in which there is something for whoever looks; what must happen now comes first and is always there."""
    here = (about.guardians, people.professionals, people.siblings, [i for i in about.involvements if not i.ended_at])
    counted = 1 + sum(len(rows) for rows in here)
    tabs = [
        Tab("nu", "Nu", "cases/page/now.html"),
        Tab("verloop", "Verloop", "cases/page/course.html"),
        Tab("mensen", "Mensen", "cases/page/people.html", counted),
    ]
    if about.sight.course or about.problems:
        tabs.append(Tab("plan", "Plan", "cases/page/plan.html"))
    papers = len(letters) + len(attachments.rows)
    if papers or buttons.may_work or buttons.may_letter or buttons.can_pdf:
        tabs.append(Tab("papieren", "Papieren", "cases/page/papers.html", papers))
    return tabs
