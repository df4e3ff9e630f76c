"""A child, its parents, where it is enrolled and its exemptions, as lines of another system say them. The rules are
those of the forms with which people record the same."""

from typing import Any

from cases.facts.forms import EnrolmentForm, ExemptionForm, GuardianForm
from cases.takeover.layout import JOIN, OTHER
from cases.takeover.saving.run import KNOWN, Run, Saved, check_been, check_fits, check_no_pgn
from leerplicht.imports.absence_rows import split_prefix
from leerplicht.imports.text_files import RowRefused
from leerplicht.models import Enrolment, Exemption, Guardian, Pupil

Values = dict[str, Any]
EARLIEST_BIRTH = 1990


def child(run: Run, values: Values) -> Saved:
    """A child that is known by its number stays as it is here; one that resembles a known child is a question."""
    run.check_municipality(values["gemeentecode"])
    check_been(values["geboortedatum"], run.today, "geboortedatum")
    if values["geboortedatum"].year < EARLIEST_BIRTH:
        raise RowRefused("geboortedatum", "kan niet kloppen")
    pupil = _pupil(values)
    check_no_pgn(values["sleutel"], pupil, "sleutel")
    known = _by_number(pupil, values["hoort_bij"]) or _by_answer(pupil, values["hoort_bij"], run)
    if known:
        return Saved(known, known.pk, KNOWN)
    check_fits(pupil)
    pupil._history_user = run.by  # type: ignore[attr-defined] # simple_history reads it, and names it nowhere
    pupil.save()
    return Saved(pupil, pupil.pk)


def _pupil(values: Values) -> Pupil:
    prefix, last_name = values["voorvoegsel"], values["achternaam"]
    if not prefix:
        prefix, last_name = split_prefix(last_name)
    pupil = Pupil(
        first_names=values["voornamen"],
        prefix=prefix,
        last_name=last_name,
        born=values["geboortedatum"],
        municipality_id=values["gemeentecode"],
        address=values["adres"],
        secret_address=bool(values["geheim_adres"]),
    )
    if values["persoonsgebonden_nummer"]:
        pupil.set_pgn(values["persoonsgebonden_nummer"])
    pupil.fill_search()
    return pupil


def _by_number(pupil: Pupil, answer: str | None) -> Pupil | None:
    """The child that has this number here. Another name with it may be a slip in the number, so a person says."""
    if not pupil.pgn_hash:
        return None
    known = Pupil.objects.filter(municipality=pupil.municipality_id, pgn_hash=pupil.pgn_hash).first()
    if known and known.born != pupil.born:
        raise RowRefused("geboortedatum", "is anders dan bij de leerling met dit nummer")
    if known and answer != JOIN and not (_same_first_name(known, pupil) and known.search_last == pupil.search_last):
        told = "heeft hier een andere naam. Is het hetzelfde kind, schrijf dan"
        raise RowRefused("hoort_bij", f"het kind met dit nummer {told} “{JOIN}” in deze kolom")
    return known


def _by_answer(pupil: Pupil, answer: str | None, run: Run) -> Pupil | None:
    """Without a number in common, name and birth date decide nothing: a person says whether it is the same child."""
    similar = _similar(pupil)
    if answer == OTHER or (not similar and answer is None):
        return None
    if answer != JOIN:
        raise RowRefused("hoort_bij", f"{_resembles(similar[0])}. Schrijf “{JOIN}” of “{OTHER}” in deze kolom")
    if len(similar) != 1:
        many = "meer dan één kind" if similar else "geen kind"
        raise RowRefused("hoort_bij", f"er is {many} met deze naam en geboortedatum")
    known = similar[0]
    if pupil.pgn_hash and not known.pgn_hash:
        for name in ("pgn_sealed", "pgn_hash", "pgn_kind", "pgn_end"):
            setattr(known, name, getattr(pupil, name))
        known._history_user = run.by  # type: ignore[attr-defined] # as above
        known.save()
    return known


def _similar(pupil: Pupil) -> list[Pupil]:
    """Children of that gemeente with the same birth date, last name and first given name, of which not both numbers are
    known. Twins have another given name."""
    same = Pupil.objects.filter(municipality=pupil.municipality_id, born=pupil.born, search_last=pupil.search_last)
    return [other for other in same if not (other.pgn_hash and pupil.pgn_hash) and _same_first_name(other, pupil)]


def _same_first_name(one: Pupil, other: Pupil) -> bool:
    """The first of the given names; where nothing is known it can be anybody."""
    first, second = (p.search_first.split(" ")[0] for p in (one, other))
    return not first or not second or first == second


def _resembles(known: Pupil) -> str:
    case = known.cases.order_by("closed_on", "-opened_on").first()
    of = f"het kind van dossier {case.number}" if case else "een leerling zonder dossier"
    return f"lijkt op {of}: dezelfde naam en geboortedatum"


def guardian(run: Run, values: Values) -> Saved:
    pupil = run.child_of(values["kind_sleutel"])
    known = next((g for g in pupil.guardians.all() if g.name.casefold() == values["naam"].casefold()), None)
    if known:
        return Saved(pupil, known.pk, KNOWN)
    columns = {
        "name": "naam",
        "relation": "band",
        "kind": "soort",
        "gezag": "gezag",
        "gezag_source": "gezag_blijkt_uit",
        "gezag_on": "gezag_bekend_op",
        "phone": "telefoon",
        "email": "e_mail",
    }
    told = values | {
        "gezag": values["gezag"] or Guardian.Gezag.UNKNOWN.value,
        "soort": values["soort"] or Guardian.Kind.PARENT.value,
    }
    row = _filled(GuardianForm, Guardian(pupil=pupil), columns, told)
    row.until = values["tot_en_met"]
    return _save(run, pupil, row)


def enrolment(run: Run, values: Values) -> Saved:
    pupil = run.child_of(values["kind_sleutel"])
    columns = {"first_day": "ingeschreven_sinds", "last_day": "ingeschreven_tot_en_met", "school_code": "brin"}
    told = values | {"brin": values["brin"] + values["vestiging"]}
    row = _filled(EnrolmentForm, Enrolment(pupil=pupil), columns, told)
    known = next((e for e in pupil.enrolments.all() if _same_enrolment(e, row)), None)
    return Saved(pupil, known.pk, KNOWN) if known else _save(run, pupil, row)


def _same_enrolment(known: Enrolment, new: Enrolment) -> bool:
    """At that school on the same days; since when is not always known here."""
    same = (known.school_id, known.last_day) == (new.school_id, new.last_day)
    return same and known.first_day in (new.first_day, None)


def exemption(run: Run, values: Values) -> Saved:
    pupil = run.child_of(values["kind_sleutel"])
    columns = {
        "article": "artikel",
        "letter": "letter",
        "hours_a_week": "uren_per_week",
        "first_day": "eerste_dag",
        "last_day": "laatste_dag",
        "received_on": "ontvangen_op",
        "expert": "deskundige",
        "statement_on": "verklaring_op",
    }
    told = values | {"letter": values["letter"].lower()}
    row = _filled(ExemptionForm, Exemption(pupil=pupil), columns, told)
    same = {"article": row.article, "letter": row.letter, "first_day": row.first_day}
    known = pupil.exemptions.filter(**same).first()
    return Saved(pupil, known.pk, KNOWN) if known else _save(run, pupil, row)


def _filled(form_class: Any, row: Any, columns: dict[str, str], values: Values) -> Any:
    """The row as its form gives it; what the form refuses is refused under the name of the column."""
    # What a file does not say stays as a new row has it.
    untold = {name: value for name in form_class._meta.fields if (value := getattr(row, name)) is not None}
    form = form_class(untold | {name: values[column] for name, column in columns.items()}, instance=row)
    for name, problems in form.errors.items():
        raise RowRefused(columns.get(name, "regel"), str(problems[0]).rstrip("."))
    return form.save(commit=False)


def _save(run: Run, pupil: Pupil, row: Any) -> Saved:
    check_fits(row)
    if hasattr(row, "recorded_by_id"):
        row.recorded_by = run.by
    row._history_user = run.by
    row.save()
    return Saved(pupil, row.pk)
