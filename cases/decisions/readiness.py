"""What the dossier and a doorzettingsbesluit hold, for the preconditions (domain 4.5). Of health only yes or no."""

from datetime import date

from cases.decisions.models import Decision
from cases.decisions.preconditions import Check, Recorded, preconditions
from cases.dossier.models import Case
from cases.meetings.rules import held_within
from cases.offers.models import Need, OfferChange
from cases.offers.states import FAILED
from cases.parts.matrix import Level, Part
from cases.sight.seats import MUNICIPAL, Sight
from cases.work.heard import Heard, heard_in
from leerplicht.models import Guardian

# A place at these asks for a verklaring of the samenwerkingsverband first (domain 5.1).
NEEDS_TLV = frozenset({"SBO", "SO", "VSO", "PRO"})
# Which of the preconditions say something of a part that not everybody in a dossier may know of.
CONFINED: dict[str, tuple[Part, ...]] = {
    "P6": (Part.GEZONDHEID,),
    "P10": (Part.VEILIGHEID,),
    "P11": (Part.VRIJSTELLING, Part.HANDHAVING),
}


def is_hidden(code: str, sight: Sight, *, decides: bool) -> bool:
    """What tells of a confined part is for the gemeente and for who decides, as far as they know of that part at all;
    of OPP and TLV for who sees a TLV."""
    if code == "P5" and sight.tlv == Level.NONE:
        return True
    confined = CONFINED.get(code, ())
    return bool(confined) and not ((sight.officer or decides) and all(sight.at(part) > Level.NONE for part in confined))


def checks_of(decision: Decision, today: date) -> list[Check]:
    """P1 to P11: as they are now, or as they were when it was signed."""
    if decision.is_taken:
        return [Check(**row) for row in decision.checks]
    return preconditions(recorded(decision, today))


def recorded(decision: Decision, today: date) -> Recorded:
    """A constant number of queries, whatever stands in the dossier."""
    case, parties = decision.case, list(decision.parties.all())
    heard = heard_in(case)
    conditions = {c.kind for c in decision.conditions.all()}
    offers = list(case.offers.all())
    plays = _health_plays(decision)
    return Recorded(
        gezag_known=_gezag_known(case),
        unheard_parents=_unheard(decision, heard, parties),
        child_heard=heard.child or any(p.who == p.Who.CHILD and p.is_heard for p in parties),
        met_lately=held_within(case, today),
        options_failed=_failed(decision),
        tlv_known=_tlv_known(decision, offers, conditions),
        health_known=plays or decision.medical != Decision.Medical.UNKNOWN,
        health_plays=plays,
        medical_advice=decision.medical == Decision.Medical.GIVEN,
        doctor_met=plays and held_within(case, today, doctor=True),
        responsible_school=decision.responsible_school_id is not None,
        needs_known=_needs_known(offers, conditions),
        exemption_running=any(e.releases(today) for e in case.pupil.exemptions.all()),
        answers=decision.answers,
    )


def _gezag_known(case: Case) -> bool:
    """Of everybody around the child, and at least one has it."""
    found = set(case.pupil.guardians.running().values_list("gezag", flat=True))
    return Guardian.Gezag.YES in found and Guardian.Gezag.UNKNOWN not in found


def _unheard(decision: Decision, heard: Heard, parties) -> dict[str, int]:
    """Parents with gezag who were not heard, each with the number of days on which they were tried."""
    known = heard.parents | {p.guardian_id for p in parties if p.guardian_id and p.is_heard}
    parents = decision.case.pupil.guardians.running().filter(gezag=Guardian.Gezag.YES)
    return {g.name: len(heard.tried.get(g.pk, ())) for g in parents if g.pk not in known}


def _failed(decision: Decision) -> int:
    """Options that did not work out, each with why: typed here, or an offer that was refused or failed. A place
    that never began because another decision took over was not tried."""
    ended = (
        OfferChange.objects.filter(offer__case=decision.case_id, target__in=FAILED)
        .exclude(because="")
        .exclude(cause=OfferChange.Cause.REPLACED)
    )
    typed = decision.options.exclude(failed_because="")
    return ended.values("offer").distinct().count() + typed.count()


def _tlv_known(decision: Decision, offers, conditions: set[str]) -> bool:
    if decision.kind and decision.kind not in NEEDS_TLV:
        return True  # not needed there
    return "tlv" in conditions or any(o.tlv != Need.UNKNOWN for o in offers)


def _needs_known(offers, conditions: set[str]) -> bool:
    """Whether somebody said of transport and of help how it stands."""
    transport = "vervoer" in conditions or any(o.transport != Need.UNKNOWN for o in offers)
    return transport and ("jeugdhulp" in conditions or any(o.care != Need.UNKNOWN for o in offers))


def _health_plays(decision: Decision) -> bool:
    """By what the gemeente says or recorded itself; what another organisation recorded counts for nothing here."""
    if decision.medical in (Decision.Medical.ASKED, Decision.Medical.GIVEN):
        return True
    own = decision.case.problems.filter(until=None, organisation__kind__in=MUNICIPAL)
    return any(p.part == Part.GEZONDHEID for p in own)
