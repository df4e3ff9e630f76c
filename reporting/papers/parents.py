"""What a parent may read on paper (domain 8.5)."""

from dataclasses import dataclass

from django.utils import timezone

from cases.attachments.models import Attachment
from cases.dossier.rules import YOUTH_DECIDES_AT
from cases.parts.matrix import Part
from cases.sight.seats import Sight, readable_by_parents
from cases.work.models import Contact
from leerplicht.models import Pupil
from thuiszitters.core.dates import age_on


@dataclass(frozen=True, kw_only=True)
class ParentSight(Sight):
    """The own words and those of the child, not those of the other parent; nothing that a young person of 16 or over
    keeps back; without gezag the facts and the dates only."""

    pupil: Pupil
    guardian_id: int | None
    facts_only: bool
    within: Sight

    def can_read(self, entry) -> bool:
        if not self.course or not readable_by_parents(entry, self.pupil) or not self.within.can_read(entry):
            return False
        if isinstance(entry, Attachment) and entry.by_family:
            return False  # of one of the family, who has it already
        if isinstance(entry, Contact):
            return entry.who not in (Contact.Who.PARENT, Contact.Who.OTHER) or entry.guardian_id == self.guardian_id
        return True

    def knows_of(self, entry) -> bool:
        if not self.within.knows_of(entry):
            return False
        if not isinstance(entry, Contact) or entry.who == Contact.Who.OTHER or kept_back(entry, self.pupil):
            return self.can_read(entry)
        return Part(entry.part) == Part.VERLOOP

    def sees_opinion(self, guardian_id: int | None) -> bool:
        """The own one, and that of a child which does not yet decide for itself what its parents read."""
        own = guardian_id == self.guardian_id if guardian_id else not is_16(self.pupil)
        return self.course and own

    def knows_letter(self, document) -> bool:
        """Those to this parent."""
        return any(g.pk == self.guardian_id for g in document.guardians.all())


@dataclass(frozen=True, kw_only=True)
class YouthSight(ParentSight):
    """What a child reads that looks along itself: what is shared with all, what it said, also what it keeps back; not
    what its parents said."""

    def can_read(self, entry) -> bool:
        shared = Part(entry.part) == Part.VERLOOP and entry.shared
        if not self.course or not shared or not self.within.can_read(entry):
            return False
        if isinstance(entry, Attachment) and entry.by_family:
            return False
        return not isinstance(entry, Contact) or entry.who not in (Contact.Who.PARENT, Contact.Who.OTHER)

    def sees_opinion(self, guardian_id: int | None) -> bool:
        """The own one."""
        return self.course and guardian_id is None

    def knows_letter(self, document) -> bool:
        """Those to the young person: a letter to parents names them."""
        return document.part == Part.VERLOOP and not document.guardians.all()


def kept_back(entry, pupil: Pupil) -> bool:
    """Whether a young person of 16 or over does not want the parents to know what this says."""
    return entry.kept_from_parents and is_16(pupil)


def is_16(pupil: Pupil) -> bool:
    return age_on(timezone.localdate(), pupil.born) >= YOUTH_DECIDES_AT


def is_facts_only(sight: Sight) -> bool:
    """Whether this is a paper of facts and dates, for a parent without gezag or where the address is secret."""
    return isinstance(sight, ParentSight) and sight.facts_only
