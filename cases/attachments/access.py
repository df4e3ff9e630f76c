"""Who may open a file: who may read it, once it is known that it holds no malware."""

from cases.attachments.models import Attachment
from cases.sight.seats import Sight

WAITS = "Dit bestand is nog niet op virussen gecontroleerd. Tot dan kan alleen wie het toevoegde het openen."
CLOSED = "Dit bestand is afgesloten: er zit een virus in. Vraag de afzender om een nieuw bestand."


def may_open(row: Attachment, sight: Sight) -> bool:
    """What was not looked at yet opens for who put it in, and has it already. Where nothing looks it opens, and the
    page says so."""
    if row.is_infected or not sight.can_read(row):
        return False
    return not row.is_waiting or (row.by_id is not None and row.by_id == sight.user_id)


def why_closed(row: Attachment) -> str:
    return CLOSED if row.is_infected else WAITS
