"""What happened in the demonstration dossiers: handlers, parents, contacts, notes, steps, states, results."""

import random
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from cases.clock.acts import facts_changed
from cases.closing import acts as closing
from cases.demo.children import school_day
from cases.demo.escalations import Escalations
from cases.demo.places import Places
from cases.demo.region import GEMEENTEN
from cases.dossier.models import Assignment, Case, StatusChange, Task
from cases.dossier.rules import YOUTH_DECIDES_AT, YOUTH_JOINS_AT
from cases.dossier.taking_part import Consent, Involvement
from cases.handling import acts as handling
from cases.sharing import acts as sharing
from cases.sharing import asking as referrals
from cases.sharing.models import Referral
from cases.steps import acts as steps
from cases.steps.models import EscalationStep, Pause
from cases.work import acts as work
from cases.work.models import Contact, Note, Problem
from leerplicht.models import Enrolment, Exemption, Guardian, HomePeriod, PermittedAbsence, School, SchoolReturn
from leerplicht.services.verbanden import LEVELS
from thuiszitters.core.dates import age_on
from thuiszitters.core.people.organisations import Membership, Organisation

QUOTES_CHILD = (
    "Het is te druk. Ik wil weer bij Sofie in de groep.",
    "Ik slaap niet, dan lukt het niet.",
    "Ik wil wel, maar ik durf de klas niet in.",
    "Ze lachen me uit in de app.",
)
QUOTES_PARENT = (
    "Wij krijgen ons kind niet de deur uit.",
    "Ze wil wel, maar durft de klas niet in.",
    "Wij wachten al maanden op hulp.",
    "De school belde pas na drie weken.",
)
AGREED = ("Donderdag kennismaken met de mentor.", "Volgende week huisbezoek.", "Jeugdarts belt ouders.", "")
STEPS = (
    "MDO plannen",
    "Gezag moeder vastleggen",
    "Gesprek met de jeugdarts",
    "Opbouwrooster afspreken met school",
    "Aanvraag leerlingenvervoer nakijken",
    "Thuiszitterstafel vragen",
)
NOTES = (
    "Huisbezoek geweest. Kind was boven en wilde later praten.",
    "School zoekt een rustige plek voor de start.",
    "Ouders zijn het niet met elkaar eens over de school.",
)
OUTCOMES = ("Gesproken, ouders willen hulp.", "Afspraken gemaakt over opbouw.", "Plan gemaakt, volgende stap gezet.")
RESTRICTED = (
    ("gezondheid", "Moeder vertelt dat de behandeling bij de ggz in januari begint."),
    ("veiligheid", "Zorgen over thuis. Advies gevraagd bij Veilig Thuis."),
)
CHANNELS = ("telefoon", "gesprek", "huisbezoek", "telefoon", "niet gelukt")
CODES = ("A1", "A3", "A4", "B2", "C1", "D1", "D3", "E1", "E2", "E5", "F1", "F2", "F3")


class Course:
    """Gives dossiers a past. The same day gives the same past."""

    def __init__(self, today: date):
        self.today, self.random = today, random.Random(1969)
        verbanden = Organisation.objects.filter(kind="samenwerkingsverband")
        self.care = Organisation.objects.get(kind="zorgpartij")
        self.verbanden = {v.code[:2]: v for v in verbanden}
        self.school = School.objects.get(code="99BA00")
        self.places, self.escalations = Places(today, self.random), Escalations(today, self.random)
        self.staff = {code: self._staff(code) for code in GEMEENTEN}

    @staticmethod
    def _staff(code: str) -> list[Membership]:
        own = Membership.objects.filter(organisation__code=code, role="leerplichtambtenaar")
        bureau = Membership.objects.filter(organisation__kind="regionaal_bureau", role="leerplichtambtenaar")
        return list(own.select_related("user", "organisation")) * 3 + list(
            bureau.select_related("user", "organisation")
        )

    def run(self) -> None:
        for case in Case.objects.select_related("pupil").order_by("number"):
            self._live(case)

    def _live(self, case: Case) -> None:
        draw = self.random
        self._parents(case)
        age = (self.today - case.opened_on).days
        if (age < 4 and draw.random() < 0.7) or draw.random() < 0.04:
            return
        member = draw.choice(self.staff[case.municipality_id])
        self._assign(case, member.user, seen=age > 8 or draw.random() < 0.5)
        self._contacts(case, member, age)
        self._problems(case, member)
        self._tasks(case, member)
        self._climb(case, member.user, age)
        self._move(case, member.user, age)
        if case.is_open and age > 12:
            self.places.draw(case, member)

    def _parents(self, case: Case) -> None:
        draw, last = self.random, " ".join(filter(None, [case.pupil.prefix, case.pupil.last_name]))
        for relation in ("moeder", "vader")[: draw.choice([1, 2, 2])]:
            gezag = draw.choice(["ja", "ja", "ja", "onbekend", "nee"])
            source = "" if gezag == "onbekend" else "gezagsregister"
            Guardian.objects.create(
                pupil=case.pupil,
                name=f"{draw.choice('ABDEFHJKMRST')}. {last}",
                relation=relation,
                gezag=gezag,
                gezag_source=source,
                gezag_on=case.opened_on if source else None,
                # No draw: the same children come out as before.
                lives="elders" if relation == "vader" and case.pk % 3 == 0 else "kind",
                address="Kade 2, 3512 JE Utrecht" if relation == "vader" and case.pk % 3 == 0 else "",
                phone=f"06 000 {case.pk:05}",  # of no network
            )
        case.pupil.secret_address = draw.random() < 0.04
        case.pupil.address = _address(case)
        case.pupil.save()

    def _assign(self, case: Case, user, *, seen: bool) -> None:
        handling.assign(case, user, by=None)
        at = self._at(min(self.today, case.opened_on + timedelta(days=1)))
        Assignment.objects.filter(case=case).update(at=at, seen_at=at if seen else None)

    def _contacts(self, case: Case, member: Membership, age: int) -> None:
        draw = self.random
        guardians = list(case.pupil.guardians.all())
        how_many = min(6, age // 9 + draw.choice([0, 1, 1]))
        for n in range(how_many):
            # Spread over the life of the dossier, the last one some days ago: a few dossiers are silent.
            on = case.opened_on + timedelta(
                days=min(age, 2 + n * max(1, (age - draw.choice([1, 3, 6, 20])) // how_many))
            )
            child = n == 1
            guardian = None if child else draw.choice(guardians)
            contact = Contact(
                case=case,
                by=member.user,
                organisation=member.organisation,
                on=on,
                who="kind" if child else "ouder",
                guardian=guardian,
                channel=draw.choice(CHANNELS),
                own_words=draw.choice(QUOTES_CHILD if child else QUOTES_PARENT),
                agreed=draw.choice(AGREED),
                shared=draw.random() < 0.5,
            )
            if not contact.is_talk:
                contact.own_words = ""
            work.save_entry(contact, by=member.user)
        if draw.random() < 0.4:
            work.save_entry(self._note(case, member), by=member.user)
        for part, text in RESTRICTED:
            if draw.random() < 0.06:
                note = Note(case=case, by=member.user, organisation=member.organisation, part=part, text=text)
                work.save_entry(note, by=member.user)

    def _note(self, case: Case, member: Membership) -> Note:
        return Note(case=case, by=member.user, organisation=member.organisation, text=self.random.choice(NOTES))

    def _problems(self, case: Case, member: Membership) -> None:
        codes = self.random.sample(CODES, self.random.choice([0, 1, 2, 2, 3]))
        for n, code in enumerate(codes):
            Problem.objects.create(
                case=case, code=code, primary=n == 0, by=member.user, organisation=member.organisation
            )

    def _tasks(self, case: Case, member: Membership) -> None:
        for task in case.tasks.filter(done_on=None):
            work.finish_task(task, outcome="Gesproken.", by=member.user)
            Task.objects.filter(pk=task.pk).update(owner=member.user, done_on=min(self.today, task.due_on))
        if self.random.random() < 0.9:
            due = self.today + timedelta(days=self.random.randint(-4, 14))
            Task.objects.create(
                case=case, title=self.random.choice(STEPS), owner=member.user, due_on=due, by=member.user
            )

    def _climb(self, case: Case, user, age: int) -> None:
        """The first steps of the stappenplan are done, most of them in time."""
        if age < 10:
            return
        begun = case.steps.filter(result="", stopped_on=None, planned_on__lte=self.today, position__lte=3)
        for step in list(begun)[: self.random.choice([2, 3, 3, 4])]:
            step.case = case
            reasons = dict.fromkeys(steps.missing_for(step), "Drie keer gebeld en een brief gestuurd, geen antwoord.")
            steps.finish(
                step,
                result="gedaan",
                outcome=self.random.choice(OUTCOMES),
                late_because="Dossier kwam later binnen.",
                reasons=reasons,
                by=user,
            )
            last = step.due_on + timedelta(days=self.random.choice([-1, 0, 0, 3]))
            EscalationStep.objects.filter(pk=step.pk).update(done_on=min(self.today, max(step.planned_on, last)))
        if self.random.random() < 0.04:
            row = Pause(
                case=case,
                since=self.today,
                until=self.today + timedelta(days=12),
                because="Wacht op de uitslag van het onderzoek.",
            )
            steps.pause(row, by=user)

    def _move(self, case: Case, user, age: int) -> None:
        draw = self.random
        if age < 5:
            return
        self._transition(case, "onderzoek", user, "Ouders uitgenodigd.", 3)
        if age > 20 and draw.random() < 0.8:
            self._transition(case, "aanpak", user, "Plan besproken met school en ouders.", 15)
        if age > 28 and draw.random() < 0.35:
            self._involve(case, user)
        elif age > 14 and draw.random() < 0.12:
            self._ask(case, user)
        if age > 35 and draw.random() < 0.30:
            self._return(case, user, age)
        elif draw.random() < 0.03:
            self._exempt(case, user)
        elif draw.random() < 0.03:
            self._permit(case)

    def _transition(self, case: Case, to: str, user, because: str, after: int, **fields) -> None:
        handling.transition(case, to, by=user, because=because, **fields)
        day = min(self.today, case.opened_on + timedelta(days=after))
        StatusChange.objects.filter(case=case, target=to).update(at=self._at(day))

    def _involve(self, case: Case, user) -> None:
        since = min(self.today, case.opened_on + timedelta(days=25))
        enrolment = case.pupil.enrolments.select_related("school").first()
        verband = self.verbanden[LEVELS[enrolment.school.sector][0] if enrolment else "VO"]
        told = since if self.random.random() < 0.8 else None
        until = self.today + timedelta(days=300)
        partners = [(verband, ["verzuim", "verloop"])]
        if enrolment and self.random.random() < 0.5:
            school = Organisation.objects.filter(kind="school", code=enrolment.school.code).first()
            partners += [(school, ["verzuim", "verloop"])] if school else []
        if self.random.random() < 0.3:
            partners.append((self.care, ["verloop"]))
        for organisation, parts in partners:
            row = Involvement(
                case=case,
                organisation=organisation,
                since=since,
                until=until,
                ground="convenant",
                parts=parts,
                explanation="Afspraak in het MDO.",
                added_by=user,
                told_on=told,
            )
            sharing.involve(row, by=user)
        if case.number[-1] in "036":  # no draw: the rest of the past stays as it was
            due = self.today + timedelta(days=6)
            Task.objects.create(
                case=case, title="Plek zoeken die past", owner_organisation=verband, due_on=due, by=user
            )
        self._consent(case, verband, user)
        self.escalations.draw(case, verband, user, since)

    def _consent(self, case: Case, verband: Organisation, user) -> None:
        """Now and then parents and child let the samenwerkingsverband read about health."""
        if self.random.random() > 0.2:
            return
        age = age_on(self.today, case.pupil.born)
        gemeente = Organisation.objects.get(kind="gemeente", code=case.municipality_id)
        consent = Consent(
            case=case,
            owner=gemeente,
            recipient=verband,
            by_parents=age < YOUTH_DECIDES_AT,
            by_youth=age >= YOUTH_JOINS_AT,
            health=True,
            scope="zoeken naar een passende plek",
            given_on=self.today,
        )
        sharing.give_consent(consent, by=user)

    def _ask(self, case: Case, user) -> None:
        """A question that waits for an answer: of the samenwerkingsverband, or of the gemeente where the child went."""
        own = Organisation.objects.get(kind="gemeente", code=case.municipality_id)
        asked = {"case": case, "from_organisation": own, "from_municipality_id": case.municipality_id}
        if self.random.random() < 0.8:
            enrolment = case.pupil.enrolments.select_related("school").first()
            verband = self.verbanden[LEVELS[enrolment.school.sector][0] if enrolment else "VO"]
            row = Referral(
                **asked,
                kind="verwijzing",
                to_organisation=verband,
                ground="taak",
                parts=["verzuim", "verloop"],
                question="Is er een plek met minder prikkels? Wij zoeken vóór de kerstvakantie.",
                until=self.today + timedelta(days=300),
            )
        else:
            other = Organisation.objects.get(kind="gemeente", code="0193")
            row = Referral(**asked, kind="overdracht", to_organisation=other, question="Verhuisd volgens de BRP.")
        referrals.ask(row, by=user)

    def _return(self, case: Case, user, age: int) -> None:
        draw = self.random
        back = case.opened_on + timedelta(days=draw.randint(30, age))
        back = school_day(back)
        if back > self.today:
            return
        SchoolReturn.objects.create(pupil=case.pupil, first_day=back, source="gebeld met de mentor")
        if case.pupil.not_enrolled.exists():
            Enrolment.objects.create(pupil=case.pupil, school=self.school, first_day=back)
        facts_changed([case.pupil_id], self.today)
        self._transition(case, "volgen", user, "Kind gaat weer.", (back - case.opened_on).days)
        at_home = HomePeriod.objects.filter(pupil=case.pupil_id, last_day=None).exists()
        if not at_home and (self.today - back).days > 14 and draw.random() < 0.7:
            result = draw.choice(["EIGEN_SCHOOL_VOLLEDIG", "EIGEN_SCHOOL_OPBOUW", "ANDERE_SCHOOL", "VSO", "OPDC"])
            closing.close(case, result=result, by=user, because="Vier weken gevolgd, het gaat goed.")

    def _exempt(self, case: Case, user) -> None:
        Exemption.objects.create(
            pupil=case.pupil,
            article="art_5_onder_a",
            first_day=self.today - timedelta(days=6),
            last_day=date(self.today.year + (self.today.month > 7), 7, 31),
            received_on=self.today - timedelta(days=8),
        )
        facts_changed([case.pupil_id], self.today)
        closing.close(case, result="VRIJSTELLING_5A", by=user, because="Geldig beroep op vrijstelling.")

    def _permit(self, case: Case) -> None:
        PermittedAbsence.objects.create(
            pupil=case.pupil,
            first_day=self.today - timedelta(days=20),
            reason="ziekte",
            explanation="Advies jeugdarts.",
        )
        facts_changed([case.pupil_id], self.today)

    @staticmethod
    def _at(day: date) -> datetime:
        return timezone.make_aware(datetime.combine(day, time(9, 30)))


def _address(case: Case) -> str:
    """An invented one: no street of this name, no postal code of this gemeente."""
    draw = random.Random(case.number)
    street = draw.choice(("Zilverreigerdreef", "Wulpenkade", "Grutterspad", "Kievitsbocht", "Roerdomplaan"))
    letters = draw.choice(("AB", "BC", "CD", "DE", "EF"))
    return f"{street} {draw.randint(1, 90)}, 99{draw.randint(10, 98)} {letters} {case.municipality.name}"
