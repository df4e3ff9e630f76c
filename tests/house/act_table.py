"""Who does what on whose row: the act matrix (AZ-14). Beside the route matrix, which says who gets in at all.

Every route that writes stands here once: in OWNED with a row per owner, or in OTHERWISE with the reason why the owner
of a row changes nothing, or what decides instead. A new writing route fails until it has its place.
"""

ACTORS = ("officer", "leader", "coordinator", "teacher", "nurse")
OWNERS = {"gemeente": "nieuwegein", "verband": "verband", "school": "school", "jeugdteam": "jeugdteam"}

# Per owner, for the actors in their order: "A" acts, "P" may propose, "-" is refused. "duty": what the law asks of the
# gemeente. All partners take part with everything that can be shared.
TO_FINISH = {
    "gemeente": "A A P P P",
    "verband": "A A A P P",
    "school": "A A P A P",
    "jeugdteam": "A A P P A",
    "duty": "A A - - -",
}
LED = {"gemeente": "A A - - -", "verband": "A A A - -", "school": "A A - A -", "jeugdteam": "A A - - A"}
ITS_OWN = {"gemeente": "A A - - -", "verband": "- - A - -", "school": "- - - A -", "jeugdteam": "- - - - A"}
OWNED: dict[str, dict[str, str]] = {
    "task-done": TO_FINISH,
    "task-edit": LED | {"duty": "A A - - -"},
    # A step of the gemeente is its investigation; nobody takes part for whom a step of jeugdhulp is there.
    "step": {"duty": "A A - - -", "verband": "A A A P P", "school": "A A P A P"},
    "meeting-edit": ITS_OWN,
    "meeting-cancel": ITS_OWN,
    "talk-edit": LED,
    "talk-cancel": LED,
    "contact-of-talk": LED,
    "meeting-record": LED,
    # Samenwerkingsverband and school record the TLV of any offer, and nothing else of it.
    "offer-edit": dict.fromkeys(OWNERS, "A A A A -") | {"jeugdteam": "A A A A A"},
    "offer-move": LED,
    "barrier-edit": LED,
    "barrier-solved": LED,
    "dispute-edit": LED,
    "dispute-end": LED,
}
PROPOSED = {"task-done": "task-propose", "step": "step-propose"}

NEW = "a new row, of who writes it"
GEMEENTE = "of the gemeente that owns the dossier alone (`check_may_lead`)"
WRITER = "who wrote it, and nobody else"
MINE = "of the person: a setting, a draft, a filter, a list"
OTHERWISE: dict[str, tuple[str, ...]] = {
    NEW: ("attachment-new", "contact", "note", "task", "barrier", "dispute", "offer-new", "meeting-plan",
          "meeting-past", "talk-plan", "consent", "professional", "goal", "goal-opinions", "plan-opinions",
          "propose", "decision-request", "letter", "letter-about", "dossier-paper-for", "report-new", "report-again"),
    GEMEENTE: ("case-move", "case-close", "case-assign", "case-pgn", "pause", "pause-end", "look-again", "lead-end",
               "involve", "involve-end", "refer", "hand-over", "pupil", "guardian", "guardian-edit", "fact",
               "fact-edit", "fact-remove", "decision-question", "decision-content", "decision-answers",
               "decision-item", "decision-item-edit", "decision-item-drop", "decision-move", "decision-told",
               "claim-new", "claim-edit", "claim-judge", "claim-told", "claim-objection", "identity", "join",
               "join-preview", "join-undo", "upload", "upload-preview", "correct", "drop-line", "case-new",
               "redivision-choose", "case-follow", "closing-proposal", "sibling", "sibling-said",
               "family-invite", "family-end"),
    "the side that wrote it down, or the gemeente (`cases.sight.access.may_change`)": (
        "professional-edit", "goal-edit", "goal-review"),
    WRITER: ("contact-edit", "note-edit", "attachment-edit"),
    "who wrote it, and the team lead for the own side (`cases.work.withdrawing`)": (
        "contact-withdraw", "note-withdraw", "attachment-withdraw"),
    MINE: ("password", "draft", "digest", "agenda-make", "agenda-stop", "worklist-filter",
           "worklist-filter-drop", "search", "search-suggest",
           "emergency"),
    "who divides the work of the gemeente (`cases.owners`), or of oneself": (
        "divide", "divide-all-of", "division-undo", "worklist-divide", "worklist-take", "away", "away-end"),
    "the own organisation ticks its own rows and sees no others there": ("problems", "labels", "risk"),
    "who may finish the step answers, and only who may not finish it proposes (TO_FINISH)": (
        "task-propose", "step-propose", "proposal", "proposal-refuse"),
    "of the organisation whose data or share it is, or the gemeente (`cases.sharing.access`)": (
        "consent-withdraw", "leave", "letter-sent"),
    "of the organisation to which it was asked or that asked it": ("referral", "review", "reviews-assign"),
    "where the child lives, or the school that sent it": ("report",),
    "the gemeente where the child lives": ("report-answer",),
    "who divides the work of the organisation whose list it is, or judges for it": (
        "risk-levels", "risk-level", "risk-level-end"),
    "who looks after the gemeente (`cases.family.access`)": ("family-door",),
    "of the organisation that was invited (`cases.meetings.access`)": ("meeting-answer",),
    "of the organisation that typed it (`cases.intake.access.may_change`)": ("report-change", "report-withdraw"),
    "the holder of a mandate for it (docs/adr/0021)": ("decision-sign",),
    "the boa of the own gemeente": ("enforcement-new", "enforcement-edit", "enforcement-end"),
    "of who plans the Thuiszitterstop: an organisation, or the coordinator of its region": (
        "stop-new", "stop-edit", "stop-cancel", "stop-move", "stop-order", "stop-sort"),
    "of who belongs to the region: own dossiers, and off again what the own side put there": (
        "stop-choose", "stop-off", "stop-off-many", "stop-undo"),
    "of who belongs to the region, in a dossier in which they may write": ("stop-minutes",),
    "of the organisation that made the pack": ("packs", "pack-cancel", "pack-retry"),
    "what a region agrees, by its regional coordinator": (
        "term-new", "term-end", "mandate-new", "mandate-end", "ladder-new", "ladder-edit", "rung-new", "rung",
        "rung-remove", "ladder-agree", "ladder-back", "ladder-drop", "covenant-new", "covenant-edit", "covenant-file",
        "signature-new", "signature-remove", "action-point-new", "action-point", "action-point-settle"),
    "the administration; no child": ("give-line", "schools-upload", "schools-preview", "redivision-new",
                                     "redivision-cancel", "letter-details-edit", "letter-templates", "job-retry"),
    "a file of the own team": ("takeover", "takeover-preview"),
}  # fmt: skip
