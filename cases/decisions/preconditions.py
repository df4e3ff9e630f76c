"""What must be there before a doorzettingsbesluit (domain 4.5): P1 to P11 over what is recorded. No Django here.

Of health only a yes or no comes in, so that no word of it can go out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

TRIES_NEEDED = 2  # dates on which a parent who was not reached was tried
OPP_HEARD = "P5H"  # under which code it is typed whether the pupil was heard on the OPP
OPTIONS_NEEDED = 2  # options that were tried, each with why it failed


@dataclass(frozen=True, slots=True)
class Recorded:
    """What the dossier and the decision hold. `unheard_parents`: parents with gezag that were not spoken to, each with
    the number of dates on which they were tried. `answers`: what is typed, by code, where no row can tell."""

    gezag_known: bool
    unheard_parents: Mapping[str, int] = field(default_factory=dict)
    child_heard: bool = False
    met_lately: bool = False
    options_failed: int = 0
    tlv_known: bool = False
    health_known: bool = True
    health_plays: bool = False
    medical_advice: bool = False
    doctor_met: bool = False
    responsible_school: bool = False
    needs_known: bool = False
    exemption_running: bool = False
    answers: Mapping[str, str] = field(default_factory=dict)

    def answered(self, code: str) -> bool:
        """Whether something was typed for this code; blanks are no answer."""
        return bool(self.answers.get(code, "").strip())


@dataclass(frozen=True, slots=True)
class Check:
    """One precondition. `blocking`: no decision without it. `why`: what is missing, empty when met."""

    code: str
    label: str
    blocking: bool
    met: bool
    why: str


def preconditions(r: Recorded) -> list[Check]:
    """P1 to P11, in this order. P6 blocks only where health plays a role, or where nobody said whether it does."""
    return [
        _check("P1", "Ouders met gezag gehoord", not _not_heard(r), _not_heard(r)),
        _check(
            "P2",
            "Kind gehoord",
            r.child_heard or r.answered("P2"),
            "Het kind is niet gehoord. Leg het gesprek vast, of waarom het niet kon.",
        ),
        _check(
            "P3",
            "Overleg in de laatste 8 weken",
            r.met_lately,
            "Er was in de laatste 8 weken geen MDO met school, samenwerkingsverband, gemeente of jeugdhulp erbij.",
        ),
        _check(
            "P4",
            "Wat al is geprobeerd",
            r.options_failed >= OPTIONS_NEEDED,
            f"Nodig zijn {OPTIONS_NEEDED} mogelijkheden met de reden waarom het niet lukte. "
            f"Er staan er {r.options_failed}.",
        ),
        _check("P5", "Ontwikkelingsperspectief (OPP) en TLV", not _opp_or_tlv(r), _opp_or_tlv(r)),
        _check(
            "P6",
            "Medisch advies",
            r.health_known and not _no_advice(r),
            _no_advice(r),
            blocking=r.health_plays or not r.health_known,
        ),
        _check("P7", "School die verantwoordelijk is", r.responsible_school, "Er staat nog geen school bij."),
        _check(
            "P8",
            "Vervoer en jeugdhulp",
            r.needs_known or r.answered("P8"),
            "Nog niet bekend is of vervoer en jeugdhulp nodig zijn.",
            blocking=False,
        ),
        _check(
            "P9",
            "Onderwijsconsulent",
            r.answered("P9"),
            "Niet vastgelegd is of een onderwijsconsulent is aangeboden.",
            blocking=False,
        ),
        _check(
            "P10", "Veiligheid", r.answered("P10"), "Niet vastgelegd is of aan de meldcode is gedacht.", blocking=False
        ),
        _legal_stand(r),
    ]


def blocks(checks: list[Check], passed: Mapping[str, str]) -> list[Check]:
    """The checks that stop the signing: blocking, not met, and not passed with a reason (`passed`: reason by code)."""
    return [c for c in checks if c.blocking and not c.met and not passed.get(c.code, "").strip()]


def _check(code: str, label: str, met: bool, why: str, *, blocking: bool = True) -> Check:
    return Check(code, label, blocking, met, "" if met else why)


def _not_heard(r: Recorded) -> str:
    if not r.gezag_known:
        return "Nog niet vastgelegd is wie het gezag heeft."
    names = [name for name, tries in r.unheard_parents.items() if tries < TRIES_NEEDED]
    return f"Nog niet gehoord, en niet op {TRIES_NEEDED} dagen geprobeerd: {', '.join(names)}." if names else ""


def _no_advice(r: Recorded) -> str:
    """A doctor gives advice and joins the MDO, where health plays a role. Said here and not with the MDO, because not
    everybody who reads that may know it."""
    if not r.health_known:
        return "Nog niet vastgelegd is of gezondheid meespeelt."
    if not r.health_plays:
        return ""
    missing = ([] if r.medical_advice else ["er is nog geen advies van een arts"]) + (
        [] if r.doctor_met else ["er was geen jeugdarts bij het MDO"]
    )
    return f"De gemeente legde vast dat gezondheid meespeelt: {' en '.join(missing)}." if missing else ""


def _opp_or_tlv(r: Recorded) -> str:
    """The pupil has the right to be heard on the OPP (Wet versterking positie ouders en leerlingen, domain 1.10):
    whether that was done is an answer of its own."""
    missing = [
        *([] if r.answered("P5") else ["hoe het staat met het OPP"]),
        *([] if r.answered(OPP_HEARD) else ["of de leerling over het OPP is gehoord"]),
        *([] if r.tlv_known else ["de TLV"]),
    ]
    return f"Nog niet vastgelegd: {', '.join(missing)}." if missing else ""


def _legal_stand(r: Recorded) -> Check:
    """A running exemption is no reason to stop by itself, but the holder must know that it is there, whatever was
    typed."""
    lead = "Er loopt een vrijstelling. " if r.exemption_running else ""
    met = r.answered("P11")
    why = lead.strip() if met else f"{lead}Leg vast of een vrijstelling of een proces-verbaal loopt."
    return Check("P11", "Vrijstelling en proces-verbaal", True, met, why)
