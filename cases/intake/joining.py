"""What hangs on a child on this floor, when two rows of it become one; and the joining itself (docs/adr/0029)."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from cases.clock.acts import facts_changed
from cases.dossier.models import Case
from cases.intake.models import Intake
from leerplicht.models import AbsenceReport, Pupil
from leerplicht.services.merging import Relation, joined_values, merge_pupils
from thuiszitters.core.people.users import User
from thuiszitters.core.words import birth_date, long_date

TWO_OPEN = "Dit kind heeft twee open dossiers. Sluit eerst een van de twee."


@dataclass(frozen=True, slots=True)
class Field:
    """A field of two rows of a child as people read it: of the one that stays, of the other, and what will stand."""

    label: str
    keep: str
    gone: str
    will_be: str

    @property
    def differs(self) -> bool:
        return self.keep != self.gone


SHOWN = ("first_names", "prefix", "last_name", "born", "pgn_end", "municipality", "secret_address", "address",
         "twelve_years_done", "startkwalificatie_on", "released")  # fmt: skip


LABELS = {"pgn_end": "Nummer eindigt op", "released": "Geen kwalificatieplicht (art. 4a lid 2)"}


def preview_of(gone: Pupil, keep: Pupil) -> list[Field]:
    """Every field that people know, before somebody says yes. A secret address is not shown to compare."""
    after, secret = joined_values(gone, keep), gone.secret_address or keep.secret_address
    found = []
    for name in SHOWN:
        column = Pupil._meta.get_field(name)
        values: tuple[object, ...] = (getattr(keep, name), getattr(gone, name), after[name])
        if name == "born":  # as far as it is known
            values = (
                birth_date(keep.born, keep.born_known),
                birth_date(gone.born, gone.born_known),
                birth_date(after["born"], after["born_known"]),
            )
        label = LABELS.get(name) or str(column.verbose_name).capitalize()  # type: ignore[union-attr]
        found.append(Field(label, *(_word(v, hidden=secret and name == "address") for v in values)))
    return found


def _word(value: object, *, hidden: bool) -> str:
    if value in ("", None):
        return "leeg"
    if hidden:
        return "geheim"
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return long_date(value) if isinstance(value, date) else str(value)


def join_pupils(gone: Pupil, keep: Pupil, *, by: User | None = None) -> None:
    """`gone` becomes `keep` and is there no more; the clock follows. Who may was asked by the act that joins."""
    with transaction.atomic():
        keep._history_user = by  # type: ignore[attr-defined] # simple_history reads it, and names it nowhere
        merge_pupils(gone, keep)
        Pupil.objects.get(pk=gone.pk).delete()
        facts_changed([keep.pk], timezone.localdate())


def _cases(gone: Pupil, keep: Pupil) -> None:
    rows = list(Case.objects.filter(pupil=gone))
    if any(c.is_open for c in rows) and Case.objects.open().filter(pupil=keep).exists():
        raise ValueError(TWO_OPEN)
    Case.objects.filter(pupil=gone).update(pupil=keep)
    moved = list(Case.objects.filter(pk__in=[c.pk for c in rows]))
    Case.history.bulk_history_create(moved, update=True, default_change_reason="leerling samengevoegd")


def _intakes(gone: Pupil, keep: Pupil) -> None:
    """Reports that both have under one number: each version is kept once, and the newest one is current in the place
    that `keep` gave it."""
    mine = {i.number: i for i in Intake.objects.filter(pupil=gone)}
    for theirs in Intake.objects.filter(pupil=keep, number__in=mine).select_related("report"):
        mine[theirs.number].answers.update(intake=theirs)
        mine[theirs.number].delete()
        versions = list(AbsenceReport.objects.filter(number=theirs.number, pupil=gone))
        have = set(keep.reports.filter(number=theirs.number).values_list("changed_at", flat=True))
        for version in versions:
            if version.changed_at in have:
                version.delete()
        _only_the_newest(theirs, [v for v in versions if v.changed_at not in have])
    Intake.objects.filter(pupil=gone).update(pupil=keep)


def _only_the_newest(intake: Intake, others: list[AbsenceReport]) -> None:
    newest = max([intake.report, *others], key=lambda r: r.changed_at)
    older = [r.pk for r in [intake.report, *others] if r.pk != newest.pk]
    AbsenceReport.objects.filter(pk__in=older, superseded_at=None).update(superseded_at=timezone.now())
    if newest.pk != intake.report_id:
        intake.report = newest
        intake.save()


RELATIONS = {
    "cases.Case.pupil": Relation("dossiers", _cases),
    "cases.Intake.pupil": Relation("plaats van een melding", _intakes, told=False),
}
