"""A dossier, what was said, noted and agreed in it, as lines of another system say them, each on its own day."""

from datetime import date
from typing import Any

from django.utils import timezone

from cases.dossier import tasks
from cases.dossier.entry import WrittenEntry
from cases.dossier.models import Assignment, Case, StatusChange, Task
from cases.dossier.states import State
from cases.intake.models import Intake
from cases.parts.matrix import Part
from cases.takeover.saving.run import (
    Kind,
    Run,
    Saved,
    check_been,
    check_born,
    check_fits,
    check_no_pgn,
    check_order,
    moment,
)
from cases.work.models import Contact, Note
from leerplicht.imports.text_files import RowRefused
from leerplicht.law.home import Kind as Absence
from leerplicht.models import AbsenceReport, NotEnrolled, Pupil, School
from thuiszitters.core.sealed.secrets import keyed_hash

Values = dict[str, Any]


def dossier(run: Run, values: Values) -> Saved:
    """With a number of our own, and the old one beside it."""
    pupil = run.child_of(values["kind_sleutel"])
    _check_days(run, values, pupil)
    closed = values["afgesloten_op"]
    state = _state(values)
    number = values["nummer"] or values["sleutel"]
    for column, text in (("sleutel", values["sleutel"]), ("nummer", number)):
        check_no_pgn(text, pupil, column)
    if not closed and (running := Case.objects.open().filter(pupil=pupil).first()):
        raise RowRefused("kind_sleutel", f"dit kind heeft hier al een open dossier: {running.number}")
    code = pupil.municipality_id
    case = Case(
        number=run.number(code),
        pupil=pupil,
        municipality_id=code,
        state=state,
        handler=run.colleague(values["behandelaar_e_mail"], code, "behandelaar_e_mail"),
        opened_on=values["geopend_op"],
        opened_because=values["aanleiding"],
        closed_on=closed,
        result=values["uitkomst"] or "",
        taken_over_from=run.source,
        taken_over_on=run.today,
        old_number=number,
    )
    check_fits(case)
    case._history_user = run.by  # type: ignore[attr-defined] # simple_history reads it, and names it nowhere
    case.save()
    _moves(run, case)
    if case.handler:  # nothing new for who had it already
        Assignment.objects.create(case=case, handler=case.handler, by=run.by, seen_at=timezone.now())
    if values["thuis_sinds"]:
        _at_home(run, case, values)
    run.cases[case.pk] = case
    if case.is_open:
        run.opened.append(case.pk)
    return Saved(pupil, case.pk)


def _check_days(run: Run, values: Values, pupil: Pupil) -> None:
    for column in ("geopend_op", "afgesloten_op", "thuis_sinds", "thuis_tot_en_met"):
        check_been(values[column], run.today, column)
        check_born(values[column], pupil, column)
    check_order(values["geopend_op"], values["afgesloten_op"], "afgesloten_op", "geopend_op")
    check_order(values["thuis_sinds"], values["thuis_tot_en_met"], "thuis_tot_en_met", "thuis_sinds")
    if values["thuis_sinds"]:
        check_order(values["thuis_sinds"], values["afgesloten_op"], "afgesloten_op", "thuis_sinds")
        if not values["soort_verzuim"]:
            raise RowRefused("soort_verzuim", "is nodig bij thuis_sinds: relatief of absoluut")
    elif values["thuis_tot_en_met"]:
        raise RowRefused("thuis_sinds", "is nodig bij thuis_tot_en_met")


def _state(values: Values) -> State:
    """Where the dossier stands; one that is open and says nothing is being looked into."""
    closed, result, told = bool(values["afgesloten_op"]), bool(values["uitkomst"]), values["stand"]
    if closed != result:
        missing = "uitkomst" if closed else "afgesloten_op"
        raise RowRefused(missing, "is nodig: een afgesloten dossier heeft een dag en een uitkomst")
    if told and closed != (told == State.AFGESLOTEN):
        raise RowRefused("stand", "past niet bij afgesloten_op")
    return State(told) if told else State.AFGESLOTEN if closed else State.ONDERZOEK


def _moves(run: Run, case: Case) -> None:
    """Opened then, and how it stood when it came or was closed. By whom is not known."""
    rows = [(StatusChange(case=case, target=State.NIEUW, because=case.opened_because), case.opened_on)]
    if case.state != State.NIEUW:
        last = StatusChange(case=case, source=State.NIEUW, target=case.state, because=run.origin, result=case.result)
        rows.append((last, case.closed_on or run.today))
    for row, day in rows:
        row.save()
        StatusChange.objects.filter(pk=row.pk).update(at=moment(day))


def _at_home(run: Run, case: Case, values: Values) -> None:
    """The fact from which the clock follows. Of a closed dossier that says no last day, the day of closing is it:
    of the days after it nothing is known."""
    first, last = values["thuis_sinds"], values["thuis_tot_en_met"] or case.closed_on
    if values["soort_verzuim"] == Absence.ABSOLUUT:
        fact = NotEnrolled(pupil=case.pupil, first_day=first, last_day=last, how_known=run.origin, recorded_by=run.by)
        fact._history_user = run.by  # type: ignore[attr-defined] # as above
        fact.save()
        return
    school = _school_on(case.pupil, first)
    number = f"OVERGENOMEN-{case.number}"
    report = AbsenceReport.objects.create(
        number=number,
        changed_at=moment(max(first, case.opened_on)),
        pupil=case.pupil,
        school=school,
        municipality_id=case.municipality_id,
        first_day=first,
        last_day=last,
        kind=AbsenceReport.Kind.LRV,
        all_lessons=True,
        explanation=run.origin,
        content_hash=keyed_hash(number),
        received_from=run.by,
    )
    Intake.objects.create(number=number, pupil=case.pupil, report=report, state=Intake.State.IN_CASE, case=case)


def _school_on(pupil: Pupil, day: date) -> School:
    """Relatief verzuim is absence from a school where the child is enrolled (domain 1.6)."""
    there = [e for e in pupil.enrolments.select_related("school") if e.covers(day)]
    if not there:
        raise RowRefused("soort_verzuim", "bij relatief verzuim hoort een inschrijving op de dag van thuis_sinds")
    return max(there, key=lambda e: (e.first_day or date.min, e.pk)).school


def contact(run: Run, values: Values) -> Saved:
    case = run.case_of(values["dossier_sleutel"])
    _check_written(run, case, values)
    parent = None
    if values["ouder_sleutel"]:
        before = run.parent(Kind.GUARDIAN, values["ouder_sleutel"], "ouder_sleutel")
        parent = case.pupil.guardians.filter(pk=before.row_id).first()
        if parent is None:
            raise RowRefused("ouder_sleutel", "is geen ouder van dit kind")
    row = Contact(
        on=values["datum"],
        who=values["met_wie"],
        guardian=parent,
        name=values["naam"],
        on_behalf_of=values["namens"],
        channel=values["hoe"],
        own_words=values["eigen_woorden"],
        agreed=values["afspraak"],
        **_written(run, case, values),
    )
    run.spoken.add(case.pk)
    return _save_entry(run, case, row, row.on)


def note(run: Run, values: Values) -> Saved:
    case = run.case_of(values["dossier_sleutel"])
    _check_written(run, case, values)
    kind = values["soort"] or Note.Kind.GENERAL
    row = Note(kind=kind, text=values["tekst"], **_written(run, case, values))
    return _save_entry(run, case, row, values["datum"])


def _check_written(run: Run, case: Case, values: Values) -> None:
    check_been(values["datum"], run.today, "datum")
    check_born(values["datum"], case.pupil, "datum")


def _written(run: Run, case: Case, values: Values) -> Values:
    """What a contact and a note share: for the own side, by nobody who is a user here."""
    return {
        "case": case,
        "organisation": run.organisation_of(case.municipality_id),
        "part": values["waarover"] or Part.VERLOOP.value,
        "kept_from_parents": bool(values["niet_voor_ouders"]),
        "taken_over_from": run.source,
        "written_by": values["schrijver"],
    }


def _save_entry(run: Run, case: Case, row: WrittenEntry, on: date) -> Saved:
    """Written on its own day."""
    check_fits(row)
    row._history_user = run.by  # type: ignore[attr-defined] # as above
    row.save()
    type(row)._default_manager.filter(pk=row.pk).update(at=moment(on))
    return Saved(case.pupil, row.pk)


def step(run: Run, values: Values) -> Saved:
    """A step that was done, or one that somebody is still to take: then by its owner when that is a colleague here,
    else by the handler."""
    case = run.case_of(values["dossier_sleutel"])
    done = values["gedaan_op"]
    check_been(done, run.today, "gedaan_op")
    check_born(done, case.pupil, "gedaan_op")
    if not done and not case.is_open:
        raise RowRefused("gedaan_op", "is nodig: het dossier is afgesloten")
    if not done and values["uitkomst"]:
        raise RowRefused("gedaan_op", "is nodig bij een uitkomst")
    owner = None
    if not done:
        owner = run.colleague(values["wie_e_mail"], case.municipality_id, "wie_e_mail") or case.handler
        # It was asked for only because there was no step.
        tasks.end_all(case.tasks.filter(kind=Task.Kind.TAKEN_OVER, done_on=None), run.origin, by=run.by)
    row = Task(
        case=case,
        title=values["stap"],
        owner=owner,
        due_on=values["uiterlijk_op"],
        done_on=done,
        outcome=values["uitkomst"],
        by=run.by,
        taken_over_from=run.source,
        written_by=values["wie"],
    )
    check_fits(row)
    row._history_user = run.by  # type: ignore[attr-defined] # as above
    row.save()
    return Saved(case.pupil, row.pk)
