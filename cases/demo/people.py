"""Who stands around the children of the demonstration, a few brothers and sisters, the goals that people set, and who
looks along."""

from collections import Counter
from datetime import date, timedelta

from django.utils import timezone

from cases.demo.children import school_day
from cases.dossier.models import Case
from cases.dossier.states import State
from cases.family import acts as family
from cases.family import saying
from cases.family.access import why_not
from cases.family.codes import code_hash, new_code, pin_hash
from cases.family.models import LookAlong, LookAlongCode
from cases.family.rules import in_two
from cases.goals.acts import review, save_goal, say
from cases.goals.models import Goal, Opinion
from cases.people.acts import save_professional, say_sibling
from cases.people.models import Professional
from leerplicht.models import Guardian
from thuiszitters.core.files.allowed import Sent, take
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.users import User

WHO = (
    ("E. Verhoeven", "mentor", "", "030 5550 120", "e.verhoeven@school.test"),
    ("S. Amrani", "jeugdarts", "GGD Lekstroom", "030 5550 130", "s.amrani@ggd.test"),
    ("T. de Graaf", "gezinscoach", "Jeugdteam Lekstroom", "030 5550 140", "t.degraaf@jeugdteam.test"),
)
# Where parents look along, and one of them.
ALONG, PARENT, PIN = "0356", "ouder@voorbeeld.test", "246810"
LETTER = "Beste ouders, wij zien uw kind over twee weken weer op het spreekuur."
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


def look_along(today: date) -> None:
    """In one gemeente parents and children can look along: a parent who has a view on the goal and sent a letter, one
    who was invited and did not look yet, and a child."""
    admin = User.objects.get(email="beheerder@voorbeeld.test")
    family.set_door(Organisation.objects.get(kind=Organisation.Kind.GEMEENTE, code=ALONG), is_open=True, by=admin)
    goals = Goal.objects.filter(case__municipality=ALONG, state=Goal.State.RUNNING, case__closed_on=None)
    found = [(g, who) for g in goals.select_related("case__pupil", "case__handler") if (who := _parent_of(g, today))]
    for n, (goal, parent) in enumerate(found[:2]):
        email = PARENT if n == 0 else "k.ouder@voorbeeld.test"
        row = family.invite(goal.case, parent, by_mail=False, email=email, by=goal.case.handler).row
        if n == 0:
            LookAlong.objects.filter(pk=row.pk).update(entered_at=timezone.now(), pin_hash=pin_hash(PIN))
            saying.say(row, says="deels", why="Het is fijn, maar het begin van de dag is nog te druk.", goal=goal)
            saying.send(row, take([Sent("Brief van de huisarts.txt", LETTER.encode())]), health=True)
    if child := next((g.case for g, _ in found[2:] if not why_not(g.case, None, today)), None):
        family.invite(child, None, by_mail=False, by=child.handler)


def _parent_of(goal: Goal, today: date) -> Guardian | None:
    guardians = goal.case.pupil.guardians.running(today)
    return next((g for g in guardians if not why_not(goal.case, g, today)), None)


def code_of_parent() -> str:
    """A code for the parent who looks along, anew each time: what was printed before may have been used."""
    row = LookAlong.objects.running().filter(email=PARENT).first()
    if row is None:
        return ""
    LookAlong.objects.filter(pk=row.pk).update(tries=0)
    code = new_code()
    until = timezone.now() + timedelta(days=1)
    LookAlongCode.objects.create(along=row, hash=code_hash(code), until=until, invites=True)
    return in_two(code)


def gemeente_of(case: Case) -> Organisation:
    return Organisation.objects.get(kind=Organisation.Kind.GEMEENTE, code=case.municipality_id)


def _same_parents(one: Case, other: Case) -> None:
    for mine, theirs in zip(
        Guardian.objects.filter(pupil=one.pupil_id), Guardian.objects.filter(pupil=other.pupil_id), strict=False
    ):
        theirs.name, theirs.phone = mine.name, mine.phone
        theirs.save()
