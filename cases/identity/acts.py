"""Saying who it is. The report that waited follows the answer; nothing of a child changes before it, and only what was
chosen after it."""

from django.db import transaction
from django.utils import timezone

from cases.clock.acts import facts_changed
from cases.dossier.rules import NotNow
from cases.identity.access import check_may_say
from cases.intake.acts import take_in
from cases.intake.joining import join_pupils
from cases.intake.models import Intake
from leerplicht.models import AbsenceReport, IdentityQuestion, Pupil
from thuiszitters.core.log.audit import log_event
from thuiszitters.core.people.users import User

ALREADY = "Een collega heeft dit net beantwoord."
KNOWN_NUMBER = "Er is al een ander kind met dit nummer in deze gemeente. Zoek dat kind eerst op."
FROM_REPORT = "overgenomen uit een melding"
Answer = IdentityQuestion.Answer


def say_same(question: IdentityQuestion, *, by: User | None, take_name: bool = False, take_born: bool = False) -> Pupil:
    """It is the child we know: its report becomes one of that child. With `take_name` and `take_born` the child gets
    the name and the birth date that were sent; what stood there stays in the history."""
    check_may_say(question, by)
    with transaction.atomic():
        _settle(question, Answer.SAME, by)
        apart, known = question.pupil, question.known
        if question.stands_apart:
            join_pupils(apart, known, by=by)
            known.refresh_from_db()
        _take(known, question, take_name, take_born, by)
        _place(known, by)
        log_event("identity_said", by=by, pupils={apart.pk, known.pk}, row=question.pk, answer=Answer.SAME.value)
    return known


def say_other(question: IdentityQuestion, *, by: User | None) -> Pupil:
    """It is another child: the report becomes one of a child of its own, without the number, which was not its."""
    check_may_say(question, by)
    with transaction.atomic():
        _settle(question, Answer.OTHER, by)
        known, child = question.known, question.pupil
        if not question.stands_apart:
            child = _set_apart(question, by)
        _place(child, by)
        facts_changed([known.pk], timezone.localdate())
        log_event("identity_said", by=by, pupils={child.pk, known.pk}, row=question.pk, answer=Answer.OTHER.value)
    return child


def _settle(question: IdentityQuestion, answer: str, by: User | None) -> None:
    rows = IdentityQuestion.objects.open().filter(pk=question.pk)
    if not rows.update(answer=answer, answered_by=by, answered_at=timezone.now()):
        raise NotNow(ALREADY)
    question.refresh_from_db()


def _take(pupil: Pupil, question: IdentityQuestion, name: bool, born: bool, by: User | None) -> None:
    if name:
        pupil.first_names = question.sent_first_names or pupil.first_names
        pupil.prefix, pupil.last_name = question.sent_prefix, question.sent_last_name
    if born:
        pupil.born, pupil.born_known = question.sent_born, question.sent_born_known
    if name or born:
        pupil.version += 1
        pupil._history_user, pupil._change_reason = by, FROM_REPORT  # type: ignore[attr-defined] # simple_history reads them
        pupil.save()


def _place(pupil: Pupil, by: User | None) -> None:
    """The reports that waited for the answer, and the clock."""
    waiting = AbsenceReport.objects.current().filter(pupil=pupil, intake__state=Intake.State.WAITING)
    take_in(list(waiting.select_related("pupil")), today=timezone.localdate(), by=by)
    facts_changed([pupil.pk], timezone.localdate())


def _set_apart(question: IdentityQuestion, by: User | None) -> Pupil:
    """A child of its own for the reports that came with this name and birth date and counted as the known one's."""
    known = question.known
    child = Pupil(
        first_names=question.sent_first_names,
        prefix=question.sent_prefix,
        last_name=question.sent_last_name,
        born=question.sent_born,
        born_known=question.sent_born_known,
        municipality_id=known.municipality_id,
    )
    child._history_user = by  # type: ignore[attr-defined]
    child.save()
    reports = AbsenceReport.objects.current().filter(pupil=known)
    for report in (r for r in reports if r.sent and r.sent.key == question.sent.key):
        AbsenceReport.objects.filter(number=report.number, pupil=known).update(pupil=child)
        Intake.objects.filter(number=report.number, pupil=known).update(
            pupil=child, state=Intake.State.WAITING, case=None, because="", handled_by=None, handled_at=None
        )
    IdentityQuestion.objects.filter(pk=question.pk).update(pupil=child)
    return child
