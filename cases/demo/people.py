"""Who stands around the children of the demonstration, a few brothers and sisters, and the goals that people set."""

from collections import Counter
from datetime import date, timedelta

from cases.demo.children import school_day
from cases.dossier.models import Case
from cases.dossier.states import State
from cases.goals.acts import review, save_goal, say
from cases.goals.models import Goal, Opinion
from cases.people.acts import save_professional, say_sibling
from cases.people.models import Professional
from leerplicht.models import Guardian
from thuiszitters.core.people.organisations import Organisation

WHO = (
    ("E. Verhoeven", "mentor", "", "030 5550 120", "e.verhoeven@school.test"),
    ("S. Amrani", "jeugdarts", "GGD Lekstroom", "030 5550 130", "s.amrani@ggd.test"),
    ("T. de Graaf", "gezinscoach", "Jeugdteam Lekstroom", "030 5550 140", "t.degraaf@jeugdteam.test"),
)
EVERY = 3  # of so many dossiers one has its people written down


# Goal, who works on it, in how many days people look, what the first parent and the child think of it.
GOALS = (
    ("Elke ochtend een uur in de rustige groep", "mentor en moeder", 9, "eens", "deels", "Als het niet te druk is."),
    ("Twee keer per week buiten met de gezinscoach", "gezinscoach", 16, "eens", "eens", "Dat vind ik fijn."),
    ("Kennismaken op de nieuwe school", "leerplichtambtenaar en ouders", 12, "deels", "oneens", "Het is te ver weg."),
)
ENDED = (
    (Goal.State.REACHED, "Vier weken gelukt. Nu twee uur per dag."),
    (Goal.State.NOT_REACHED, "Twee keer gelukt, daarna niet meer. We zoeken een kleinere groep."),
    (Goal.State.DROPPED, "De gezinscoach is gestopt. Er komt een ander doel."),
)


def stand_around(today: date) -> None:
    cases = Case.objects.open().exclude(handler=None).select_related("pupil", "handler").order_by("number")
    for n, case in enumerate(cases):
        if n % EVERY:
            continue
        for name, role, works_at, phone, email in WHO[: 1 + n % len(WHO)]:
            row = Professional(case=case, name=name, role=role, works_at=works_at, phone=phone, email=email)
            row.organisation, row.by = gemeente_of(case), case.handler
            save_professional(row, by=case.handler)
    _families(list(cases))
    _set_goals(list(cases), today)


def _families(cases: list[Case]) -> None:
    """In each gemeente two pairs of children of one name live at one address: of the first somebody said that they are
    brother and sister, the second is proposed."""
    pairs: Counter[str] = Counter()
    seen: dict[tuple[str, str], Case] = {}
    for case in cases:
        other = seen.setdefault((case.municipality_id, case.pupil.last_name), case)
        if other is case or pairs[case.municipality_id] == 2 or any(c.pupil.secret_address for c in (case, other)):
            continue
        del seen[case.municipality_id, case.pupil.last_name]
        pairs[case.municipality_id] += 1
        case.pupil.address = other.pupil.address
        case.pupil.save()
        _same_parents(other, case)
        if pairs[case.municipality_id] == 1:
            say_sibling(other, case.pupil, holds=True, by=other.handler)


def _set_goals(cases: list[Case], today: date) -> None:
    """One dossier in EVERY that is in work has a goal; half of them ended, in each way."""
    working = [case for case in cases if case.state == State.AANPAK]
    for n, case in enumerate(working[::EVERY]):
        text, who, days, parent, child, why = GOALS[n % len(GOALS)]
        own = {"case": case, "by": case.handler, "organisation": gemeente_of(case)}
        goal = Goal(text=text, who=who, review_on=school_day(today + timedelta(days=days)), **own)
        save_goal(goal, by=case.handler)
        mother = case.pupil.guardians.first()
        said = [Opinion(goal=goal, guardian=mother, says=parent, on=today, **own)] if mother else []
        said.append(Opinion(goal=goal, says=child, why=why, on=today, **own))
        say(case, said, by=case.handler)
        if n % 2:
            state, because = ENDED[n // 2 % len(ENDED)]
            review(goal, state=state, because=because, by=case.handler)


def gemeente_of(case: Case) -> Organisation:
    return Organisation.objects.get(kind=Organisation.Kind.GEMEENTE, code=case.municipality_id)


def _same_parents(one: Case, other: Case) -> None:
    for mine, theirs in zip(
        Guardian.objects.filter(pupil=one.pupil_id), Guardian.objects.filter(pupil=other.pupil_id), strict=False
    ):
        theirs.name, theirs.phone = mine.name, mine.phone
        theirs.save()
