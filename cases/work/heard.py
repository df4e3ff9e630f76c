"""Who was heard since the child came home: the one answer for the first step of the stappenplan and for a decision."""

from dataclasses import dataclass
from datetime import date

from cases.dossier.models import Case
from cases.parts.matrix import Part
from cases.work.models import Contact
from leerplicht.models import Guardian
from thuiszitters.core.dates import age_on

HEARD_FROM = 12


@dataclass(frozen=True)
class Heard:
    """`parents`: ids of the guardians who were heard. `child`: whether the child itself was. `tried`: the days on which
    a guardian (id) could not be reached."""

    parents: frozenset[int]
    child: bool
    tried: dict[int, frozenset[date]]


def heard_in(case: Case) -> Heard:
    """Who said something in own words during this period at home, and who could not be reached. Reads
    `case.contacts.all()`. What was written about health or safety counts for nothing here: others read what follows
    from it, and may not even know that it is there (docs/adr/0011)."""
    contacts = [c for c in case.contacts.all() if _counts(c, case.home_since)]
    heard = [c for c in contacts if c.is_talk and c.own_words.strip()]
    failed = [c for c in contacts if not c.is_talk and c.guardian_id]
    return Heard(
        parents=frozenset(c.guardian_id for c in heard if c.who == Contact.Who.PARENT and c.guardian_id),
        child=any(c.who == Contact.Who.CHILD for c in heard),
        tried={
            pk: frozenset(c.on for c in failed if c.guardian_id == pk)
            for pk in {c.guardian_id for c in failed if c.guardian_id}
        },
    )


def _counts(contact: Contact, since: date | None) -> bool:
    return contact.part == Part.VERLOOP and (since is None or contact.on >= since)


def who_is_missing(case: Case, today: date) -> list[str]:
    """Who was not heard yet: each parent with gezag, in own words, and the child itself (from 12 always, younger where
    it can be)."""
    heard = heard_in(case)
    parents = list(case.pupil.guardians.running().filter(gezag=Guardian.Gezag.YES))
    missing = [f"{g.name} ({g.relation})" for g in parents if g.pk not in heard.parents]
    if not parents:
        missing.append("een ouder met gezag (nog niet vastgelegd)")
    if not heard.child:
        age = age_on(today, case.pupil.born)
        missing.append("het kind zelf" if age >= HEARD_FROM else f"het kind zelf ({age} jaar, waar dat kan)")
    return missing
