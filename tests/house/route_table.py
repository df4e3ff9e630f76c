"""Who gets in where: the table of the route matrix.

A door says per person what the own, the shared and the foreign dossier answer; "in" stands for the status of the route.
A route that is not in this table fails the tests, so a new page begins with a line here.
"""

from dataclasses import dataclass

NOWHERE, NEVER = "404 404 404", "403 403 403"
WITHOUT_CASES = dict.fromkeys(("teacher", "region", "admin", "controller"), NEVER)
OFFICERS = {"officer": "in in 404", "leader": "in in 404", "colleague": NOWHERE, "stranger": "404 404 in"}

# Dossiers.
SEE = {
    **OFFICERS, **WITHOUT_CASES, "coordinator": "404 in 404", "holder": "404 in 404", "partner_elsewhere": NOWHERE,
}  # fmt: skip
WORK = SEE | {"holder": NEVER}
AUTHOR = WORK | {"leader": "403 403 404", "coordinator": NOWHERE}  # who wrote it; others do not even see it is there
MUNICIPAL_WORK = WORK | {"coordinator": "404 403 404"}
MUNICIPAL_SEE = SEE | {"coordinator": "404 302 404", "holder": "404 302 404"}
MUNICIPAL = WORK | {"coordinator": NEVER, "partner_elsewhere": NEVER}

# Reports: the school of the shared place is that of the teacher.
REPORTS = MUNICIPAL | {"teacher": "404 in 404"}
HANDLED = MUNICIPAL | {"teacher": "404 404 404"}
# Files and refused lines belong to the organisation that uploaded them, filters to the person.
OWN_FILES = MUNICIPAL | {"leader": NOWHERE}
OWN_FILTERS = SEE | {"leader": NOWHERE, "coordinator": NOWHERE, "holder": NOWHERE}


def only(*who) -> dict[str, str]:
    """A page without a dossier: the same answer in all three places."""
    return dict.fromkeys(SEE, NEVER) | dict.fromkeys(who, "in in in")


ALL_OFFICERS = ("officer", "leader", "colleague", "stranger")
VIEWERS = (*ALL_OFFICERS, "coordinator", "holder", "partner_elsewhere")
WORKERS = (*ALL_OFFICERS, "coordinator", "partner_elsewhere")
EVERYBODY = tuple(SEE)


@dataclass(frozen=True)
class Route:
    """The doors for looking and sending, and the status for who gets in. No door: that method is a 405."""

    get: dict[str, str] | None = None
    post: dict[str, str] | None = None
    shown: int = 200
    sent: int = 422


def form(door, sent=422) -> Route:
    return Route(get=door, post=door, sent=sent)


ROUTES: dict[str, Route] = {
    "home": Route(get=only(*EVERYBODY), shown=302),
    "password": form(only(*EVERYBODY)),
    "draft": Route(post=only(*EVERYBODY), sent=400),
    "log": Route(get=only("controller")),
    "worklist": Route(get=only(*VIEWERS)),
    "worklist-export": Route(get=only(*VIEWERS)),
    "worklist-assign": Route(post=only(*WORKERS), sent=302),
    "worklist-filter": Route(post=only(*VIEWERS), sent=302),
    "worklist-filter-drop": Route(post=OWN_FILTERS, sent=302),
    "search": Route(get=only(*VIEWERS), post=only(*VIEWERS), shown=302, sent=200),
    "region": Route(get=only("region")),
    "reports": Route(get=only(*ALL_OFFICERS, "teacher")),
    "report-new": form(only(*ALL_OFFICERS, "teacher")),
    "report": Route(get=REPORTS, post=HANDLED, sent=302),
    "upload": form(only(*ALL_OFFICERS)),
    "upload-preview": form(OWN_FILES, sent=302),
    "quarantine": Route(get=only(*ALL_OFFICERS)),
    "correct": form(OWN_FILES),
    "drop-line": Route(post=OWN_FILES, sent=302),
    "case-new": form(only(*ALL_OFFICERS)),
    "case": Route(get=SEE),
    "case-pdf": Route(get=SEE),
    "case-move": form(MUNICIPAL_WORK, sent=302),
    "case-close": form(MUNICIPAL_WORK),
    "case-assign": form(MUNICIPAL_WORK, sent=302),
    "case-pgn": Route(post=MUNICIPAL, sent=200),
    "case-history": Route(get=MUNICIPAL_SEE),
    "contact": form(WORK),
    "contact-edit": form(AUTHOR),
    "note": form(WORK),
    "note-edit": form(AUTHOR),
    "task": form(WORK),
    "task-edit": form(WORK),
    "task-done": form(WORK),
    "problems": form(WORK, sent=302),
    "involve": form(MUNICIPAL_WORK),
    "involve-end": Route(post=MUNICIPAL_WORK, sent=302),
    "pupil": form(MUNICIPAL),
    "guardian": form(MUNICIPAL),
    "guardian-edit": form(MUNICIPAL),
    "fact": form(MUNICIPAL),
    "fact-edit": form(MUNICIPAL),
    "fact-remove": Route(post=MUNICIPAL, sent=302),
}

# Open to anybody, each with its reason.
WITHOUT_LOG_IN = {
    "login": "the way in",
    "logout": "ends a session, also one that has ended",
    "live": "the process answers; says nothing more",
    "ready": "the database answers; says nothing more",
}
