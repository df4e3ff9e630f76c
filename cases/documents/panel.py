"""The letters of a dossier, as its page shows them."""

from cases.documents.models import Document
from cases.dossier.models import Case
from cases.sight.seats import Sight


def letters_of(case: Case, sight: Sight) -> list[Document]:
    """Those that show, the newest first; of each letter the last version."""
    last = {
        (d.kind, d.recipient, d.organisation_id, d.claim_id): d for d in case.documents.all() if sight.knows_letter(d)
    }
    return sorted(last.values(), key=lambda d: d.at, reverse=True) if sight.course else []
