"""What was taken over from another system follows its child, when two rows of it become one (docs/adr/0029)."""

from cases.takeover.models import TakenOver
from leerplicht.models import Pupil
from leerplicht.services.merging import Relation


def _keys(gone: Pupil, keep: Pupil) -> None:
    """The key of the child itself leads to the row that stays, so that the file can be read again."""
    rows = TakenOver.objects.filter(pupil=gone)
    rows.filter(kind=TakenOver.Kind.CHILD, row_id=gone.pk).update(row_id=keep.pk)
    rows.update(pupil=keep)


RELATIONS = {"cases.TakenOver.pupil": Relation("sleutels van het vorige systeem", _keys, told=False)}
