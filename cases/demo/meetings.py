"""Overleg in the demonstration: in some of the dossiers in which others take part an MDO was held and the next one is
planned. In others a talk is planned, some carry a label, and some have files."""

import io
import random
from collections import Counter
from datetime import date, datetime, time, timedelta
from email.message import EmailMessage

import pikepdf
from django.utils import timezone

from cases.attachments.acts import add_attachments
from cases.attachments.models import Attachment
from cases.demo.children import school_day
from cases.dossier.access import acting_organisation
from cases.dossier.models import Case, Task
from cases.dossier.states import State
from cases.labels.acts import end_level, list_owner, owner_for, risk_of, save_level, set_labels, set_risk
from cases.labels.models import RiskLevel
from cases.meetings import acts as meetings
from cases.meetings.models import Attendance, Meeting, Outsider
from cases.meetings.rules import must_be_asked
from cases.talks.acts import plan
from cases.talks.models import Talk
from leerplicht.models import Guardian
from thuiszitters.core.files.allowed import Sent, take
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.users import User

PER_GEMEENTE = 5
QUESTION = "Wat heeft dit kind nodig om weer naar school te gaan, en wie doet wat?"
FACTS = (
    "School kan twee uur per dag een rustige plek bieden. Ouders willen dat het rustig begint. "
    "Het kind wil eerst de mentor ontmoeten, zonder de klas."
)
GOALS = "Over zes weken elke dag twee uur op school, met een vaste begeleider."
TO_ASK = "School: welke plek is er, en vanaf wanneer?\nSamenwerkingsverband: welk arrangement past daarbij?"
PLACES = ("Stadskantoor, kamer 2.14", "Op school", "Bij de ouders thuis")
LEVELS = (
    ("rood: nu handelen", "over", "Niemand sprak het kind deze maand."),
    ("oranje: volgen", "near", ""),
    ("groen: loopt", "ok", "School en ouders zijn het eens."),
    ("nog te bespreken", "plain", ""),
)
WORDS = ("wacht op vervoer", "bellen na de vakantie", "tolk nodig")
EACH = 3


def hold_meetings(today: date) -> None:
    """The same day gives the same meetings. Own chance, so that the rest of the demonstration stays as it was."""
    draw = random.Random(2018)
    cases = Case.objects.open().exclude(handler=None).filter(involvements__ended_at=None, involvements__isnull=False)
    rows = cases.select_related("pupil", "handler").distinct().order_by("number")
    seen: Counter[str] = Counter()
    for case in rows:
        n = seen[case.municipality_id]
        seen[case.municipality_id] += 1
        if n < PER_GEMEENTE and n % 3 != 2:
            _held(case, today, draw)
        if n < PER_GEMEENTE and n % 3 != 1:
            _planned(case, today, draw)


def _held(case: Case, today: date, draw: random.Random) -> None:
    on = school_day(today - timedelta(days=draw.randint(8, 20)), back=True)
    meeting = _meeting(case, on, draw)
    people = _people(case, on)
    meetings.plan(meeting, people, past=True, by=case.handler)
    Meeting.objects.filter(pk=meeting.pk).update(at=meeting.starts_at - timedelta(days=6))
    for person in people:
        person.present = "nee" if person.role == "kind" and draw.random() < 0.5 else "ja"
    meeting.facts, meeting.goals, meeting.next_on = (
        FACTS,
        GOALS,
        school_day(today + timedelta(days=draw.randint(9, 30))),
    )
    verband = case.involvements.select_related("organisation").earliest("pk").organisation
    agreed = [
        Task(
            title="Arrangement aanvragen voor een rustige start",
            due_on=today + timedelta(days=draw.randint(-2, 9)),
            owner_organisation=verband,
        ),
        Task(
            title="Ouders bellen na de eerste week",
            due_on=today + timedelta(days=draw.randint(2, 12)),
            owner=case.handler,
        ),
        _outside(case, today + timedelta(days=7)),
    ]
    meetings.record(meeting, people, agreed, by=case.handler)


def _outside(case: Case, due_on: date) -> Task:
    """Somebody who does not use the application does it; the handler asks after it."""
    what, who = "Onderzoek afronden en de uitkomst met ouders bespreken", ("S. Amrani", "GGD Lekstroom")
    task = Task(title=f"Nagaan: {what} ({who[0]})", due_on=due_on, owner=case.handler)
    Outsider(task=task, what=what, name=who[0], works_at=who[1], phone="030 5550 130", email="s.amrani@ggd.test")
    return task


def _planned(case: Case, today: date, draw: random.Random) -> None:
    on = school_day(today + timedelta(days=draw.randint(2, 12)))
    meetings.plan(_meeting(case, on, draw), _people(case, on), by=case.handler)


def _meeting(case: Case, on: date, draw: random.Random) -> Meeting:
    moment = datetime.combine(on, time(draw.choice([9, 11, 13, 15]), draw.choice([0, 30])))
    own = Organisation.objects.get(kind="gemeente", code=case.municipality_id)
    meeting = Meeting(
        case=case,
        kind=draw.choice(["mdo", "mdo", "mdo", "tafel"]),
        starts_at=timezone.make_aware(moment),
        place=draw.choice(["Online", "Gemeentehuis, zaal 2", "Op school"]),
        question=QUESTION,
        ground="convenant",
        organisation=own,
    )
    meeting.asks = TO_ASK
    return meeting


def _people(case: Case, on: date) -> list[Attendance]:
    roles = {"samenwerkingsverband": "samenwerkingsverband", "school": "school", "zorgpartij": "jeugdhulp"}
    own = Organisation.objects.get(kind="gemeente", code=case.municipality_id)
    people = [Attendance(organisation=own, role="gemeente", name=case.handler.short_name)]
    for row in case.involvements.running().select_related("organisation"):
        if role := roles.get(row.organisation.kind):
            people.append(Attendance(organisation=row.organisation, role=role))
    asked = {key for key, _ in must_be_asked(case, on)}
    people += [Attendance(guardian_id=key[1], role="ouder") for key in sorted(asked) if key[0] == "ouder"]
    return [*people, Attendance(role="kind")] if ("kind",) in asked else people


def answer_invitations() -> None:
    """The samenwerkingsverband answered half of what it was asked, in each way; the rest waits for it."""
    user = User.objects.get(email="coordinator@voorbeeld.test")
    rows = Attendance.objects.visible_to(user).unanswered().select_related("meeting__case").order_by("pk")
    for n, row in enumerate(list(rows)[::2]):
        comes = Attendance.Comes.values[n % len(Attendance.Comes.values)]
        meetings.say_who_comes(row, comes=comes, instead="P. Plaats, consulent", by=user)


def plan_talks(today: date) -> None:
    """In the coming days, in every third dossier that somebody works in; a label on every third as well."""
    rows = Case.objects.filter(state__in=[State.ONDERZOEK, State.AANPAK], handler__isnull=False).order_by("pk")
    for n, case in enumerate(rows.select_related("pupil", "handler")[: 8 * EACH : EACH]):
        day = school_day(today + timedelta(days=n + 1))
        starts_at = timezone.make_aware(datetime.combine(day, time(9 + n % 6, 30)))
        parents = list(case.pupil.guardians.running().filter(gezag=Guardian.Gezag.YES))
        own = Organisation.objects.filter(kind="gemeente", code=case.municipality_id).first()
        talk = Talk(case=case, starts_at=starts_at, place=PLACES[n % len(PLACES)], organisation=own, child=not parents)
        if starts_at > timezone.now():  # a demonstration of a day that was plans nothing
            plan(talk, parents, by=case.handler)
    for n, case in enumerate(rows.select_related("handler")[1 : 10 * EACH : EACH]):
        set_labels(case, [WORDS[n % len(WORDS)]], shown=(), by=case.handler)
    _judge_risks(list(rows.filter(municipality="0356").select_related("handler")[: 4 * EACH : 2]))


def _judge_risks(cases: list[Case]) -> None:
    """One gemeente has a list; a level that ended still stands on a dossier."""
    leader = User.objects.get(email="teamleider@voorbeeld.test")
    made = []
    for n, (name, tone, _) in enumerate(LEVELS, start=1):
        made.append(RiskLevel(organisation=list_owner(leader), name=name, tone=tone, position=n))
        save_level(made[-1], by=leader)
    for n, case in enumerate(cases):
        row = risk_of(case, owner_for(case, case.handler))
        row.level, row.because = made[n % len(made)], LEVELS[n % len(LEVELS)][2]
        set_risk(row, by=case.handler)
    end_level(made[-1], by=leader)


OPP = (
    "Ontwikkelingsperspectief (voorbeeld)",
    "Doel: over zes weken elke dag twee uur op school.",
    "Evaluatie: elke maand.",
)
MAIL = "Beste collega,\n\nVandaag was er een plek vrij in de rustige groep. Zullen we maandag bellen?\n"


def put_in_files(today: date) -> None:
    """In three dossiers an OPP, and in the first two the mail that came with it."""
    rows = Case.objects.filter(state__in=[State.ONDERZOEK, State.AANPAK], handler__isnull=False).order_by("pk")
    for n, case in enumerate(rows.select_related("pupil", "handler")[:3]):
        _put_in(
            case, Sent("OPP.pdf", _paper(OPP)), kind="opp", from_whom="school", dated_on=case.opened_on, shared=True
        )
        if n < 2:
            _put_in(case, Sent("Plek in de rustige groep.eml", _mail()), kind="post", from_whom="intern begeleider")


def _put_in(case: Case, file: Sent, **about) -> None:
    own = acting_organisation(case, case.handler)
    add_attachments(Attachment(case=case, organisation=own, **about), take([file]), by=case.handler)


def _paper(lines: tuple[str, ...]) -> bytes:
    """A page of plain text."""
    pdf, out = pikepdf.new(), io.BytesIO()
    page = pdf.add_blank_page(page_size=(595, 842))
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=pdf.make_indirect(font)))
    # In a string of a PDF a bracket that is text has a stroke before it.
    texts = (line.replace("(", r"\(").replace(")", r"\)") for line in lines)
    shown = " ".join(f"({text}) Tj 0 -24 Td" for text in texts)
    page.Contents = pdf.make_stream(f"BT /F1 12 Tf 72 760 Td {shown} ET".encode("latin-1"))
    pdf.save(out)
    return out.getvalue()


def _mail() -> bytes:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "school@voorbeeld.test", "leerplicht@voorbeeld.test", "Plek"
    mail.set_content(MAIL)
    return mail.as_bytes()
