"""Overleg over one child: who was asked, who came, what was said and what comes next. What people agreed are the
ordinary steps of the dossier (`Task.meeting`), so that they stand on the list of whoever has to act."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from simple_history.models import HistoricalRecords

from cases.dossier.models import Case, Task
from cases.dossier.taking_part import Involvement
from cases.sight.queries import reads_course
from cases.talks.planned import Planned
from leerplicht.models import Guardian
from thuiszitters.core.kept import OPINION, WITH_THE_CASE, Kept
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import User
from thuiszitters.core.sealed.fields import SealedTextField
from thuiszitters.core.sealed.secrets import seal, unseal


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def last_day_of_contact(self) -> date | None:
        """The last day on which an overleg was held."""
        last = self.filter(state=Meeting.State.HELD).order_by("-starts_at").first()
        return last.on if last else None


class Meeting(Planned):
    """Overleg. Belongs to the course of events and is shared with all who see that; health does not belong in it.
    `asks`: what will be asked of whom, said beforehand, kept encrypted; it stands in the invitation as well."""

    class Kind(models.TextChoices):
        MDO = "mdo", "MDO"
        TABLE = "tafel", "thuiszitterstafel"

    case = models.ForeignKey(Case, models.PROTECT, related_name="meetings")
    kind = models.CharField("wat voor overleg", max_length=12, choices=Kind.choices)
    question = models.TextField("welke vraag ligt voor", blank=True)
    asks_sealed = SealedTextField("wat wij gaan vragen", blank=True, editable=False)
    ground = models.CharField("grond om gegevens te delen", max_length=12, choices=Involvement.Ground.choices)
    uninvited_because = models.CharField("waarom is een ouder of het kind niet uitgenodigd", max_length=300, blank=True)
    facts = models.TextField("wat is er besproken", blank=True)
    goals = models.TextField("wat willen wij bereiken", blank=True)
    no_agreements_because = models.CharField("waarom zijn er geen afspraken", max_length=300, blank=True)
    next_on = models.DateField("volgende overleg op", null=True, blank=True)
    # Who recorded it first, or called it off: not always who planned it.
    settled_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+", verbose_name="vastgelegd of afgezegd door"
    )
    objects = MeetingQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "overleg"
        verbose_name_plural = "overleggen"
        ordering = ["starts_at", "pk"]
        constraints = [
            *Planned.Meta.constraints,
            # A second click plans nothing twice.
            models.UniqueConstraint(
                fields=["case", "kind", "starts_at"], condition=~Q(state="afgezegd"), name="meeting_once"
            ),
            models.CheckConstraint(condition=~Q(state="gehouden", question=""), name="meeting_held_on_a_question"),
        ]

    @property
    def asks(self) -> str:
        return unseal(self.asks_sealed) if self.asks_sealed else ""

    @asks.setter
    def asks(self, text: str) -> None:
        """The same words keep their token, so that a version that changed nothing says nothing."""
        if text.strip() != self.asks:
            self.asks_sealed = seal(text.strip()) if text.strip() else ""

    @property
    def label(self) -> str:
        """MDO, Thuiszitterstafel: at the head of a page or a line."""
        word = self.get_kind_display()
        return word[0].upper() + word[1:]


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def visible_to(self, user: User) -> Self:
        """Those of an own organisation, or a gemeente that the user works for, where the course of events may be
        read."""
        access = access_of(user)
        own = Q(organisation__in=access.organisations_with(Right.CASE_WORK))
        codes = access.municipalities_with(Right.CASE_WORK)
        gemeente = Q(organisation__kind=Organisation.Kind.GEMEENTE, organisation__code__in=codes)
        return self.filter(own | gemeente, meeting__case__in=Case.objects.filter(reads_course(user)))

    def by_another_side(self) -> Self:
        """Invitations to an organisation that did not plan it itself, nor its bureau."""
        own = Q(organisation=F("meeting__organisation"))
        municipal = (Organisation.Kind.GEMEENTE, Organisation.Kind.REGIONAAL_BUREAU)
        own |= Q(organisation__kind=Organisation.Kind.GEMEENTE, meeting__organisation__kind__in=municipal)
        return self.filter(organisation__isnull=False).exclude(own)

    def unanswered(self) -> Self:
        """Those to what is still to come, on which nobody said yet who comes."""
        rows = self.by_another_side().filter(comes="", meeting__case__closed_on=None)
        return rows.filter(meeting__state=Planned.State.PLANNED, meeting__starts_at__gt=timezone.now())


class Attendance(models.Model):
    """Somebody who was asked for an overleg, or came: for an organisation, as a parent, as the child, or otherwise.
    `comes`: what the organisation said beforehand; `instead`: who comes in somebody's place."""

    class Role(models.TextChoices):
        SCHOOL = "school", "school"
        SAMENWERKINGSVERBAND = "samenwerkingsverband", "samenwerkingsverband"
        GEMEENTE = "gemeente", "gemeente"
        CARE = "jeugdhulp", "jeugdhulp"
        DOCTOR = "jeugdarts", "jeugdarts"
        PARENT = "ouder", "ouder of verzorger"
        CHILD = "kind", "het kind zelf"
        CONSULTANT = "onderwijsconsulent", "onderwijsconsulent"
        OTHER = "anders", "iemand anders"

    class Present(models.TextChoices):
        YES = "ja", "was erbij"
        NO = "nee", "was er niet"
        UNKNOWN = "onbekend", "onbekend"

    class Comes(models.TextChoices):
        YES = "ja", "komt"
        NO = "nee", "komt niet"
        INSTEAD = "ander", "iemand anders komt"

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="people")
    name = models.CharField("naam", max_length=100, blank=True)
    role = models.CharField("rol", max_length=24, choices=Role.choices)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    organisation_name = models.CharField("namens wie", max_length=100, blank=True)
    guardian = models.ForeignKey(Guardian, models.PROTECT, null=True, blank=True, related_name="+")
    invited = models.BooleanField("uitgenodigd", default=True)
    present = models.CharField("erbij", max_length=8, choices=Present.choices, default=Present.UNKNOWN)
    comes = models.CharField("komt u?", max_length=5, choices=Comes.choices, blank=True, editable=False)
    instead = models.CharField("wie komt er?", max_length=100, blank=True, editable=False)
    answered_by = models.ForeignKey(User, models.PROTECT, null=True, editable=False, related_name="+")
    answered_at = models.DateTimeField(null=True, editable=False)
    objects = AttendanceQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        verbose_name = "deelnemer aan een overleg"
        verbose_name_plural = "deelnemers aan een overleg"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "guardian"], name="attendance_parent_once"),
            models.UniqueConstraint(fields=["meeting"], condition=Q(role="kind"), name="attendance_child_once"),
            models.CheckConstraint(
                condition=Q(role="kind")
                | Q(guardian__isnull=False)
                | Q(organisation__isnull=False)
                | ~Q(name="")
                | ~Q(organisation_name=""),
                name="attendance_of_somebody",
            ),
        ]

    @property
    def key(self) -> tuple:
        """Who this is, apart from the row: the same person is asked once."""
        if self.guardian_id:
            return ("ouder", self.guardian_id)
        if self.role == self.Role.CHILD:
            return ("kind",)
        if self.organisation_id:
            return ("organisatie", self.organisation_id)
        return ("vrij", self.role, self.name.casefold(), self.organisation_name.casefold())

    @property
    def told(self) -> str:
        """What the organisation said beforehand, in words."""
        if self.comes == self.Comes.INSTEAD:
            return f"{self.instead} komt"
        return self.get_comes_display() if self.comes else ""

    @property
    def was_there(self) -> bool:
        return self.present == self.Present.YES

    @property
    def side(self) -> str:
        """On behalf of whom, as people say it."""
        return self.organisation.name if self.organisation else self.organisation_name

    @property
    def words(self) -> str:
        """A line of the list: name, role, organisation; without what says the same twice."""
        if self.guardian:
            return f"{self.guardian.name} ({self.guardian.relation})"
        role = self.get_role_display()
        says_it = self.side.casefold().startswith(role) or (self.role == self.Role.OTHER and self.name)
        line = ", ".join(p for p in (self.name, "" if says_it else role, self.side) if p)
        return line[0].upper() + line[1:]

    @property
    def short(self) -> str:
        """The same in a row of several: who, no more."""
        return self.side or (self.guardian.name if self.guardian else self.name or self.get_role_display())


class Outsider(models.Model):
    """Who does what was agreed and does not work with this application: a parent, a professional, anybody. The step is
    of the handler, who asks whether it was done. Kept as it was said, whatever becomes of that person here."""

    task = models.OneToOneField(Task, models.PROTECT, related_name="outsider")
    what = models.CharField("wat is afgesproken", max_length=200)
    name = models.CharField("naam", max_length=100)
    # Chosen from the family: nobody is known by a name that another can have.
    guardian = models.ForeignKey(Guardian, models.PROTECT, null=True, editable=False, related_name="+")
    is_child = models.BooleanField("het kind zelf", default=False, editable=False)
    works_at = models.CharField("organisatie", max_length=120, blank=True)
    phone = models.CharField("telefoon", max_length=40, blank=True)
    email = models.EmailField("e-mail", blank=True)

    class Meta:
        verbose_name = "wie een afspraak buiten de applicatie uitvoert"
        verbose_name_plural = "wie een afspraak buiten de applicatie uitvoeren"
        ordering = ["pk"]
        constraints = [models.CheckConstraint(condition=~Q(name="") & ~Q(what=""), name="outsider_named")]

    @property
    def words(self) -> str:
        return f"{self.name} ({self.works_at})" if self.works_at else self.name

    @property
    def reached(self) -> str:
        """How to reach that person, as far as it is known."""
        return ", ".join(filter(None, [self.phone, self.email]))


KEPT = {
    "Outsider": Kept(
        "wie een afspraak uitvoert zonder deze applicatie: naam, organisatie, telefoon en e-mail",
        WITH_THE_CASE,
        True,
        "gaat over wie iets voor het kind doet, soms een ouder; ieder krijgt de eigen gegevens",
    ),
    "Meeting": Kept("overleg: vraag, feiten, doelen", WITH_THE_CASE, True, OPINION),
    "Attendance": Kept(
        "wie bij een overleg was uitgenodigd en erbij was",
        WITH_THE_CASE,
        True,
        "met wie over het kind is gesproken (AVG art. 15 lid 1c)",
    ),
}
