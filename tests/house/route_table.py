"""Who gets in where: the table of the route matrix.

A door says per person what the own, the shared, the foreign and the revoked dossier answer (see `tests.house.scene`);
"in" stands for the status of the route. A route that is not in this table fails the tests, so a new page begins with a
line here.
"""

from dataclasses import dataclass

NOWHERE, NEVER = "404 404 404 404", "403 403 403 403"
WITHOUT_CASES = dict.fromkeys(("region", "admin", "controller"), NEVER)
OFFICERS = {"officer": "in in 404 in", "leader": "in in 404 in", "colleague": NOWHERE, "stranger": "404 404 in 404"}
# Who takes part by a share: only while it runs.
PARTNERS = dict.fromkeys(("coordinator", "teacher", "nurse"), "404 in 404 404")
BY_SHARE = ("coordinator", "teacher", "nurse", "holder", "partner_elsewhere")

# Dossiers.
SEE = {
    **OFFICERS,
    **WITHOUT_CASES,
    **PARTNERS,
    "holder": "404 in 404 404",
    "partner_elsewhere": NOWHERE,
    "boa": "in in 404 in",
}
COURSE = SEE | {"boa": "403 403 404 403"}  # what was done, to read
WORK = SEE | {"holder": NEVER, "boa": NEVER}
AUTHOR = WORK | {"leader": "403 403 404 403"} | dict.fromkeys(PARTNERS, NOWHERE)  # who wrote it
WITHDRAWS = WORK | dict.fromkeys(PARTNERS, NOWHERE)  # the team lead too, what the own side wrote
OWN_TEXT = WITHDRAWS | dict.fromkeys(("holder", "boa"), NOWHERE)  # not shared: to read for the own side alone
MUNICIPAL_WORK = WORK | dict.fromkeys(PARTNERS, "404 403 404 404")
MUNICIPAL_SEE = (
    SEE | dict.fromkeys(PARTNERS, "404 302 404 404") | {"holder": "404 302 404 404", "boa": "302 302 404 302"}
)
MUNICIPAL = WORK | dict.fromkeys(BY_SHARE, NEVER)
# Consent: whoever works in the dossier records it; taking back is for the gemeente and for who recorded it.
OWN_CONSENT = MUNICIPAL_WORK
# Who takes part stops; the gemeente that owns the dossier does not take part in it.
OWN_SHARE = WORK | {"officer": "403 403 404 403", "leader": "403 403 404 403", "stranger": "404 404 403 404"}
# Overleg is of the course of events, which a boa does not read.
MEETING = SEE | {"boa": NOWHERE}
# In each dossier of the scene one organisation is asked: the samenwerkingsverband.
INVITED = WORK | dict.fromkeys(("officer", "leader"), "403 403 404 403") | {"stranger": "404 404 403 404"}
INVITED |= dict.fromkeys(("teacher", "nurse"), "404 403 404 404") | {"boa": NEVER}
EXPORT = SEE | dict.fromkeys(("teacher", "nurse", "boa"), NEVER)

# A Thuiszitterstop is planned by one organisation: here the gemeente of the officer, and one elsewhere. Who belongs to
# the region sees it, with own dossiers; its coordinator sees it in numbers.
STOP = (
    dict.fromkeys(("officer", "leader", "colleague", "coordinator", "holder"), "in in 404 in")
    | dict.fromkeys(("stranger", "partner_elsewhere"), "404 404 in 404")
    | dict.fromkeys(("teacher", "nurse", "boa", "region", "admin", "controller"), NEVER)
)
STOP_IN_NUMBERS = STOP | {"region": "in in 404 in"}
NOT_PLANNED = dict.fromkeys(("leader", "colleague", "coordinator", "holder"), "403 403 404 403")
ORDER_STOP = STOP | NOT_PLANNED | {"partner_elsewhere": "404 404 403 404"}
PLAN_STOP = ORDER_STOP | {"region": "403 403 404 403"}
# A dossier on the agenda: of who may take it along. The bureau acts for the gemeente of the officer.
STOP_ROW = STOP | {"colleague": NOWHERE, "partner_elsewhere": NOWHERE}
STOP_WRITE = STOP_ROW | {"coordinator": "404 in 404 404", "holder": "404 403 404 404"}
STOP_OFF = STOP_ROW | dict.fromkeys(("coordinator", "holder"), "404 403 404 404")
STOP_MOVE = STOP_OFF | {"leader": "403 403 404 403"}
# A pack is of the organisation that made it.
STOP_PACK = STOP | dict.fromkeys(("leader", "colleague", "coordinator", "holder", "partner_elsewhere"), NOWHERE)
TAKERS = ("officer", "leader", "colleague", "stranger", "coordinator", "holder", "partner_elsewhere")

# Letters are written by who works in a dossier and takes papers along; seen by the side that made them.
LETTERS = EXPORT | {"holder": "404 403 404 404"}
ABOUT_EXEMPTION = LETTERS | {"coordinator": NOWHERE}
OWN_LETTER = LETTERS | {"coordinator": NOWHERE}

# Reports: the school of the shared and the revoked place is that of the teacher.
REPORTS = MUNICIPAL | {"teacher": "404 in 404 in"}
HANDLED = MUNICIPAL | {"teacher": NOWHERE}
# One that was typed here is changed by the organisation that typed it: the gemeente
# (the team lead here works at a bureau), or that school.
TYPED = HANDLED | {"officer": "in 403 404 403", "leader": "403 403 404 403", "teacher": REPORTS["teacher"]}
ANSWERED = MUNICIPAL | {"teacher": NEVER}
# A question who a child is: for who keeps the data of pupils.
IDENTITY = MUNICIPAL
# Files and refused lines belong to the organisation that uploaded them, filters to the person.
OWN_FILES = MUNICIPAL | {"leader": NOWHERE}
# A file from another system belongs to the organisation of who leads the team: here the bureau.
TAKE_OVER = dict.fromkeys(SEE, NEVER) | {"leader": "in in 404 in"}
OWN_FILTERS = SEE | {"leader": NOWHERE, "boa": NOWHERE} | dict.fromkeys(BY_SHARE, NOWHERE)
# A question: for the gemeente that asks, and for the organisation that has to answer (elsewhere: a verband).
REFERRAL = WORK | dict.fromkeys(("coordinator", "nurse"), NOWHERE)
REFERRAL |= {"teacher": "in in 404 in", "partner_elsewhere": "404 404 in 404"}


# A child of the own gemeente, also when a partner has its dossier.
OWN_CHILD = MUNICIPAL

# A decision is prepared by the gemeente; a holder comes in where it lies before a holder, and this one does not.
PREPARE = MUNICIPAL_WORK
PREPARE_OR_DECIDE = MUNICIPAL_WORK | {"holder": "404 403 404 404"}
SIGN = dict.fromkeys(SEE, NEVER) | {"holder": "404 in 404 404"}
# Enforcement is for the boa of the own gemeente alone.
BOA = dict.fromkeys(SEE, NEVER) | {"boa": "in in 404 in"}
# An escalation: for the gemeente that proposed it and the samenwerkingsverband that judges it while it takes part.
REVIEW = WORK | dict.fromkeys(("teacher", "nurse"), NOWHERE)


def only(*who) -> dict[str, str]:
    """A page without a dossier: the same answer in all places."""
    return dict.fromkeys(SEE, NEVER) | dict.fromkeys(who, "in in in in")


# A list of levels is of the organisation that keeps it: here the bureau of the team lead, and a gemeente elsewhere.
KEEPERS = ("leader", "coordinator", "partner_elsewhere")
LEVEL = dict.fromkeys(SEE, NEVER) | dict.fromkeys(KEEPERS, NOWHERE) | {"leader": "in in 404 in"}
ALL_OFFICERS = ("officer", "leader", "colleague", "stranger")
WORKERS = (*ALL_OFFICERS, "coordinator", "partner_elsewhere", "teacher", "nurse")
VIEWERS = (*WORKERS, "holder", "boa")
EVERYBODY = tuple(SEE)


# What the own region agreed; the foreign place lies in another region.
REGION_ROW = dict.fromkeys(SEE, NEVER) | {"region": "in in 404 in"}


# The work of a gemeente is divided by who leads its team; elsewhere nobody does, so who works there.
DIVIDERS = ("leader", "stranger")
DIVIDE = dict.fromkeys(SEE, NEVER) | {"leader": "in in 404 in", "stranger": "404 404 in 404"}
# A proposal to close a dossier while the clock runs: for who works for the gemeente.
OWN_PROPOSAL = MUNICIPAL_WORK | dict.fromkeys(PARTNERS, NOWHERE)
# Being away: of oneself (here the officer, and one elsewhere), and for who divides the work.
AWAY = dict.fromkeys(SEE, NEVER) | dict.fromkeys(WORKERS, NOWHERE)
AWAY |= {"officer": "in in 404 in", "leader": "in in 404 in", "stranger": "404 404 in 404"}


@dataclass(frozen=True)
class Route:
    """The doors for looking and sending, and the status for who gets in. No door: that method is a 405."""

    get: dict[str, str] | None = None
    post: dict[str, str] | None = None
    shown: int = 200
    sent: int = 422


def form(door, sent=422) -> Route:
    return Route(get=door, post=door, sent=sent)


# A GET of these makes a PDF, which takes a second: who gets in is asked, what is in it has tests of its own.
PAPERS = ("meeting-pdf", "decision-letter", "region-agenda", "letter-preview")

ROUTES: dict[str, Route] = {
    "home": Route(get=only(*EVERYBODY), shown=302),
    "password": form(only(*EVERYBODY)),
    "draft": Route(post=only(*EVERYBODY), sent=400),
    "waiting": Route(get=only(*EVERYBODY)),
    "job-retry": Route(post=only("admin"), sent=302),
    "digest": form(only(*VIEWERS)),
    "agenda": Route(get=only(*VIEWERS)),
    "agenda-make": Route(post=only(*VIEWERS), sent=200),
    "agenda-stop": Route(post=only(*VIEWERS), sent=302),
    "matrix": Route(get=only(*EVERYBODY)),
    "papers": Route(get=only(*(set(VIEWERS) - {"teacher", "nurse", "boa"}), "controller")),
    "stops": Route(get=only(*TAKERS, "region")),
    "stop-new": form(only(*TAKERS, "region")),
    "stop": Route(get=STOP_IN_NUMBERS),
    "stop-edit": form(PLAN_STOP),
    "stop-cancel": form(PLAN_STOP),
    "stop-invitation": Route(get=STOP_IN_NUMBERS),
    "stop-choose": Route(get=STOP, post=STOP, sent=422),
    "stop-recap": Route(get=STOP),
    "stop-minutes": form(STOP_WRITE, sent=302),
    "stop-off": Route(post=STOP_OFF, sent=302),
    "stop-off-many": Route(post=STOP, sent=302),
    "stop-undo": Route(post=STOP, sent=302),
    "stop-order": Route(post=ORDER_STOP, sent=302),
    "stop-sort": Route(post=PLAN_STOP, sent=302),
    "stop-move": Route(post=STOP_MOVE, sent=302),
    "packs": form(STOP),
    "pack-file": Route(get=STOP_PACK, shown=302),
    "pack-cancel": Route(post=STOP_PACK, sent=302),
    "pack-retry": Route(post=STOP_PACK, sent=302),
    "log": Route(get=only("controller")),
    "log-unusual": Route(get=only("controller")),
    "worklist": Route(get=only(*VIEWERS)),
    "worklist-export": Route(get=only(*(set(VIEWERS) - {"teacher", "nurse", "boa"}))),
    "worklist-sheet": Route(get=only(*(set(VIEWERS) - {"teacher", "nurse", "boa"}))),
    "worklist-take": Route(post=only(*WORKERS), sent=302),
    "worklist-divide": Route(post=only(*DIVIDERS), sent=200),
    "case-follow": form(MUNICIPAL_WORK),
    "closing-proposals": Route(get=only(*WORKERS)),
    "closing-proposal": form(OWN_PROPOSAL),
    "clocks": Route(get=only(*DIVIDERS)),
    "divide": Route(get=only(*DIVIDERS), post=only(*DIVIDERS), sent=200),
    "divide-all-of": form(DIVIDE),
    "division": Route(get=DIVIDE),
    "division-undo": Route(post=DIVIDE, sent=302),
    "away": form(only(*WORKERS)),
    "away-end": Route(post=AWAY, sent=302),
    "worklist-filter": Route(post=only(*VIEWERS), sent=302),
    "worklist-filter-drop": Route(post=OWN_FILTERS, sent=302),
    "search-suggest": Route(post=only(*VIEWERS), sent=200),
    "search": Route(get=only(*VIEWERS), post=only(*VIEWERS), shown=302, sent=200),
    "region": Route(get=only("region")),
    "region-agenda": Route(get=only("region")),
    "agreements": Route(get=only("region")),
    "term-new": form(only("region")),
    "term-end": form(REGION_ROW),
    "mandate-new": form(only("region")),
    "mandate-end": form(REGION_ROW),
    "ladder-new": form(only("region")),
    "ladder": Route(get=REGION_ROW),
    "ladder-edit": form(REGION_ROW),
    "rung-new": form(REGION_ROW),
    "rung": form(REGION_ROW),
    "rung-remove": Route(post=REGION_ROW, sent=302),
    "ladder-agree": form(REGION_ROW),
    "ladder-back": Route(post=REGION_ROW, sent=302),
    "ladder-drop": Route(post=REGION_ROW, sent=302),
    "covenant-new": form(only("region")),
    "covenant": Route(get=REGION_ROW),
    "covenant-edit": form(REGION_ROW),
    "covenant-file": form(REGION_ROW),
    "covenant-pdf": Route(get=REGION_ROW),
    "signature-new": form(REGION_ROW),
    "signature-remove": Route(post=REGION_ROW, sent=302),
    "action-points": Route(get=only("region")),
    "action-point-new": form(only("region")),
    "action-point": form(REGION_ROW),
    "action-point-settle": form(REGION_ROW),
    "referrals": Route(get=only(*WORKERS)),
    "referral": form(REFERRAL, sent=200),
    "reviews": Route(get=only("coordinator", "partner_elsewhere")),
    "reviews-assign": Route(post=only("coordinator", "partner_elsewhere"), sent=302),
    "review": form(REVIEW),
    "emergency": form(only(*ALL_OFFICERS)),
    "reports": Route(get=only(*ALL_OFFICERS, "teacher")),
    "report-new": form(only(*ALL_OFFICERS, "teacher")),
    "report": Route(get=REPORTS, post=HANDLED, sent=302),
    "report-again": form(REPORTS),
    "report-change": form(TYPED),
    "report-withdraw": form(TYPED),
    "report-answer": form(ANSWERED),
    "identities": Route(get=only(*ALL_OFFICERS)),
    "identity": form(IDENTITY),
    "join": form(MUNICIPAL),
    "join-preview": form(MUNICIPAL),
    "join-undo": Route(post=MUNICIPAL, sent=302),
    "upload": form(only(*ALL_OFFICERS)),
    "upload-preview": form(OWN_FILES, sent=302),
    "quarantine": Route(get=only(*ALL_OFFICERS)),
    "correct": form(OWN_FILES),
    "drop-line": Route(post=OWN_FILES, sent=302),
    "lines-adrift": Route(get=only("admin")),
    "give-line": Route(post=only("admin"), sent=302),
    "case-new": form(only(*ALL_OFFICERS)),
    "takeover": form(only("leader")),
    "takeover-preview": form(TAKE_OVER, sent=302),
    "takeover-refused": Route(get=TAKE_OVER),
    "case": Route(get=SEE),
    "letters": Route(get=LETTERS),
    "letter": Route(get=LETTERS, post=LETTERS, sent=422),
    "letter-about": Route(get=ABOUT_EXEMPTION, post=ABOUT_EXEMPTION, sent=422),
    "letter-file": Route(get=OWN_LETTER),
    "letter-sent": form(OWN_LETTER),
    "schools-upload": form(only("admin")),
    "schools-preview": form(only("admin"), sent=302),
    "school-search": Route(get=only(*WORKERS, "holder", "admin")),
    "redivisions": Route(get=only("admin")),
    "redivision-new": form(only("admin")),
    "redivision-cancel": Route(post=only("admin"), sent=302),
    "redivision-children": Route(get=only(*ALL_OFFICERS)),
    "redivision-choose": Route(post=OWN_CHILD, sent=302),
    "letter-details": Route(get=only("admin")),
    "letter-details-edit": form(only("admin"), sent=302),
    "letter-templates": form(only("admin")),
    "letter-standard": Route(get=only("admin")),
    "letter-preview": Route(get=only("admin")),
    "dossier-paper": Route(get=EXPORT),
    "dossier-paper-for": form(EXPORT),
    "case-move": form(MUNICIPAL_WORK, sent=302),
    "case-close": form(MUNICIPAL_WORK),
    "case-assign": form(MUNICIPAL_WORK),
    "case-pgn": Route(post=MUNICIPAL, sent=200),
    "case-history": Route(get=MUNICIPAL_SEE),
    "contact": form(WORK),
    "contact-edit": form(AUTHOR),
    "contact-withdraw": form(WITHDRAWS),
    "note-withdraw": form(WITHDRAWS),
    "note": form(WORK),
    "note-edit": form(AUTHOR),
    "task": form(WORK),
    # Whose row it is decides who acts on it: here the gemeente, of the step the school (tests/house/act_table.py).
    "task-edit": form(MUNICIPAL_WORK),
    "task-done": form(MUNICIPAL_WORK),
    "task-propose": form(OWN_SHARE),
    "step": form(MUNICIPAL_WORK | {"teacher": "404 in 404 404"}),
    "step-propose": form(OWN_SHARE | {"teacher": "404 403 404 404"}),
    "proposals": Route(get=only(*WORKERS)),
    "proposal": form(MUNICIPAL_WORK),
    "proposal-refuse": form(MUNICIPAL_WORK),
    "pause": form(MUNICIPAL_WORK),
    "pause-end": Route(post=MUNICIPAL_WORK, sent=302),
    "propose": form(WORK),
    "look-again": form(MUNICIPAL_WORK),
    "lead-end": Route(post=MUNICIPAL_WORK, sent=302),
    "barrier": form(WORK),
    "barrier-edit": form(MUNICIPAL_WORK),
    "barrier-solved": form(MUNICIPAL_WORK),
    "dispute": form(WORK),
    "dispute-edit": form(MUNICIPAL_WORK),
    "dispute-end": form(MUNICIPAL_WORK),
    "offer-new": form(WORK),
    "offer": Route(get=COURSE),
    # Of an offer of the gemeente samenwerkingsverband and school record the TLV.
    "offer-edit": form(WORK | {"nurse": "404 403 404 404"}),
    "offer-move": form(MUNICIPAL_WORK),
    "decisions": Route(get=only("holder")),
    "decision-register": Route(get=only("region")),
    "decision-request": form(WORK),
    "decision": Route(get=COURSE),
    "decision-question": form(PREPARE),
    "decision-content": form(PREPARE, sent=302),
    "decision-answers": form(PREPARE, sent=302),
    "decision-item": form(PREPARE),
    "decision-item-edit": form(PREPARE),
    "decision-item-drop": Route(post=PREPARE, sent=302),
    "decision-move": form(PREPARE_OR_DECIDE),
    # In preparation there is nothing to sign or to tell: back to the decision.
    "decision-sign": Route(get=SIGN, post=SIGN, shown=302, sent=302),
    "decision-told": Route(get=PREPARE, post=PREPARE, shown=302, sent=302),
    "decision-letter": Route(get=EXPORT),
    "enforcement": Route(get=BOA),
    "enforcement-new": form(BOA),
    "enforcement-edit": form(BOA),
    "enforcement-end": form(BOA),
    "exemptions": Route(get=only(*ALL_OFFICERS)),
    "claim-choose": Route(get=MUNICIPAL),
    "claim-new": form(MUNICIPAL),
    "claim": Route(get=MUNICIPAL),
    "claim-edit": form(MUNICIPAL),
    "claim-judge": form(MUNICIPAL),
    "claim-told": Route(get=MUNICIPAL, post=MUNICIPAL, shown=302, sent=302),  # nothing was decided yet
    "claim-objection": Route(get=MUNICIPAL, post=MUNICIPAL, shown=302, sent=302),  # nothing was decided yet
    "meeting-plan": form(WORK),
    "meeting-past": form(WORK),
    "meeting": Route(get=MEETING),
    "meeting-answer": form(INVITED),
    "invitations": Route(get=only(*WORKERS)),
    "meeting-edit": form(MUNICIPAL_WORK),
    "meeting-record": form(MUNICIPAL_WORK | {"coordinator": "404 in 404 404"}),
    "meeting-cancel": form(MUNICIPAL_WORK),
    "meeting-ics": Route(get=MEETING),
    "meeting-pdf": Route(get=EXPORT),
    "labels": form(WORK, sent=302),
    "risk": form(WORK, sent=302),
    "risk-levels": form(only(*KEEPERS)),
    "risk-level": form(LEVEL),
    "risk-level-end": Route(post=LEVEL, sent=302),
    "family": Route(get=MUNICIPAL_WORK),
    "family-invite": form(MUNICIPAL_WORK),
    "family-end": Route(post=MUNICIPAL_WORK, sent=302),
    "family-doors": Route(get=only("admin")),
    "family-door": Route(post=dict.fromkeys(SEE, NEVER) | {"admin": "in in 404 in"}, sent=302),
    "professional": form(WORK),
    "professional-edit": form(MUNICIPAL_WORK),
    "goal": form(WORK),
    "goal-edit": form(MUNICIPAL_WORK),
    "goal-review": form(MUNICIPAL_WORK),
    "goal-opinions": form(WORK),
    "plan-opinions": form(WORK),
    "sibling": form(MUNICIPAL),
    "sibling-said": Route(post=MUNICIPAL, sent=302),
    "attachment-new": form(WORK),
    "attachment-edit": form(AUTHOR),
    "attachment-withdraw": form(WITHDRAWS),
    "attachment-file": Route(get=OWN_TEXT),
    "talk-plan": form(WORK),
    "talk": Route(get=MEETING),
    "talk-edit": form(MUNICIPAL_WORK),
    "talk-cancel": form(MUNICIPAL_WORK),
    "talk-ics": Route(get=MEETING),
    "contact-of-talk": form(MUNICIPAL_WORK),
    "problems": form(WORK, sent=302),
    "involve": form(MUNICIPAL_WORK),
    "involve-end": Route(post=MUNICIPAL_WORK, sent=302),
    "consent": form(WORK),
    "leave": form(OWN_SHARE),
    "consent-withdraw": Route(post=OWN_CONSENT, sent=302),
    "refer": form(MUNICIPAL_WORK),
    "hand-over": form(MUNICIPAL_WORK),
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
    "agenda-feed": "a calendar cannot log in: the address is the key (docs/adr/0038)",
    **dict.fromkeys(
        ("along-enter", "along-code", "along-leave"),
        "parents and children are no users: a code lets them in (ADR 0046)",
    ),
    **dict.fromkeys(
        ("along", "along-say", "along-send", "along-letter", "along-looks", "along-rights"),
        "the same: without one there is only the page where one comes in",
    ),
}
