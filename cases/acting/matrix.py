"""What an organisation may do on rows of a dossier: one table that an auditor can read (docs/adr/0034). No Django.

What is written anew is of who writes it; what only the gemeente does (closing, sharing, facts) is asked by
`check_may_lead`. This table is about rows that are there and belong to somebody.
"""

from dataclasses import dataclass
from enum import StrEnum


class May(StrEnum):
    """What somebody who is not the owner may do."""

    ACT = "zelf doen"
    PROPOSE = "voorstellen, de eigenaar bevestigt"
    NO = "niets"


class Act(StrEnum):
    FINISH_TASK = "een afgesproken stap afronden"
    EDIT_TASK = "een afgesproken stap wijzigen"
    FINISH_STEP = "een stap van het stappenplan afronden"
    EDIT_MEETING = "een overleg wijzigen"
    CANCEL_MEETING = "een overleg afzeggen"
    RECORD_MEETING = "een overleg vastleggen"
    EDIT_OFFER = "een aanbod wijzigen"
    RECORD_TLV = "de toelaatbaarheidsverklaring bij een aanbod vastleggen"
    MOVE_OFFER = "een aanbod een stap verder zetten"
    EDIT_BARRIER = "een belemmering wijzigen"
    SOLVE_BARRIER = "een belemmering opgelost noemen"
    EDIT_DISPUTE = "een bezwaar, klacht of geschil wijzigen"
    END_DISPUTE = "de uitkomst van een bezwaar, klacht of geschil vastleggen"


class Duty(StrEnum):
    """What the law asks of the gemeente itself; nobody else closes it or proposes to."""

    INVESTIGATION = "het onderzoek van de leerplichtambtenaar (Leerplichtwet art. 16 en 22)"
    TELLING = "een besluit vertellen aan ouders en kind"
    TAKEN_OVER = "een overgenomen dossier nakijken"


@dataclass(frozen=True, slots=True)
class Rule:
    """`gemeente`: what the gemeente may do on a row of a partner. `partner`: what a partner may do on a row of another,
    the gemeente among them. `because`: why, for both. `refused`: what somebody reads who may not."""

    gemeente: May
    partner: May
    because: str
    refused: str


_STEP = "Deze stap is van {owner}. Alleen {owner} kan hem afronden."
TABLE: dict[Act, Rule] = {
    Act.FINISH_TASK: Rule(
        May.ACT,
        May.PROPOSE,
        "The gemeente answers for the clock and not every partner logs in: it closes 'namens'. A partner can know that "
        "something was done; whether that is enough the owner says.",
        _STEP,
    ),
    Act.EDIT_TASK: Rule(
        May.ACT,
        May.NO,
        "The gemeente agrees with partners who does what and when. Who has a step does not find it changed by a third.",
        "Deze stap is van {owner}. Vraag {owner} hem te wijzigen.",
    ),
    Act.FINISH_STEP: Rule(
        May.ACT,
        May.PROPOSE,
        "As for an agreed step: the stappenplan is led by the gemeente, and partners tell what they did or know.",
        _STEP,
    ),
    Act.EDIT_MEETING: Rule(
        May.NO,
        May.NO,
        "Who planned it has the agenda of all guests; a change by another reaches nobody.",
        "Dit overleg is gepland door {owner}. Vraag {owner} het te wijzigen.",
    ),
    Act.CANCEL_MEETING: Rule(
        May.NO,
        May.NO,
        "The same. Who cannot come says so; the others may still meet.",
        "Dit overleg is gepland door {owner}. Kunt u niet? Laat dat {owner} weten.",
    ),
    Act.RECORD_MEETING: Rule(
        May.ACT,
        May.NO,
        "People who were asked to one table read one record, whoever types it (docs/adr/0017): they count as owner. "
        "The gemeente records what was held without it, because being held counts for a decision.",
        "Dit overleg is van {owner} en uw organisatie was niet uitgenodigd.",
    ),
    Act.EDIT_OFFER: Rule(
        May.ACT,
        May.NO,
        "The clock hangs on it, which is the duty of the gemeente. The school whose place it is counts as owner.",
        "Dit aanbod is van {owner}. Vraag {owner} het te wijzigen.",
    ),
    Act.RECORD_TLV: Rule(
        May.NO,
        May.ACT,
        "The samenwerkingsverband gives the TLV and the school asks for it, for whoever arranged the place; the "
        "gemeente reads it (docs/adr/0018). Who of the partners may is the row OPP/TLV of `cases.parts.matrix`.",
        "De TLV legt het samenwerkingsverband of de school vast.",
    ),
    Act.MOVE_OFFER: Rule(
        May.ACT,
        May.NO,
        "The same: whether a child has begun is recorded by the gemeente, for whoever offered the place.",
        "Dit aanbod is van {owner}. Weet u iets wat {owner} nog niet weet, leg dat vast als contact.",
    ),
    Act.EDIT_BARRIER: Rule(
        May.ACT,
        May.NO,
        "The gemeente keeps promises up to date with who made them. Who can take it away counts as owner.",
        "Deze belemmering is van {owner}. Vraag {owner} haar te wijzigen.",
    ),
    Act.SOLVE_BARRIER: Rule(
        May.ACT,
        May.NO,
        "The same. A third does not say that what another needs is there.",
        "Deze belemmering is van {owner}. Alleen {owner} kan zeggen dat zij is opgelost.",
    ),
    Act.EDIT_DISPUTE: Rule(
        May.ACT,
        May.NO,
        "The gemeente keeps the dossier whole. Who wrote down that a route was started knows which one it is.",
        "Dit is vastgelegd door {owner}. Vraag {owner} het te wijzigen.",
    ),
    Act.END_DISPUTE: Rule(
        May.ACT,
        May.NO,
        "The same: an outcome that stays unknown hides that a route is over. A third tells it as a contact.",
        "Dit is vastgelegd door {owner}. Weet u de uitkomst, leg die dan vast als contact.",
    ),
}
DUTY_REFUSED = "Dit is een taak van de gemeente: {duty}. Weet u er iets over, leg dat dan vast als contact of notitie."


def may(act: Act, *, own: bool, gemeente: bool, duty: bool = False) -> May:
    """What somebody may do: `own` when it is of the own organisation, `gemeente` for the side that owns the dossier."""
    if own:
        return May.ACT
    if gemeente:
        return TABLE[act].gemeente
    return May.NO if duty else TABLE[act].partner
