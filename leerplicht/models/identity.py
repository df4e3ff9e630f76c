"""What somebody of the gemeente has to say about who a child is."""

from django.db import models
from django.db.models import Q

from leerplicht.names.persons import Person
from leerplicht.names.prefixes import WIDEST, join_name, spoken_name
from leerplicht.querysets import IdentityQuestionQuerySet
from thuiszitters.core.kept import ABOUT_THE_CHILD, WITH_THE_PUPIL, Kept

from .pupils import BIRTH_KNOWN, Pupil
from .reports import AbsenceReport


class IdentityQuestion(models.Model):
    """A report whose child may be the one we know (`known`). Until the gemeente says so, the report is about `pupil`: a
    row of its own, with what was sent and without a number, so that nothing of the known child changes. The answer
    is remembered: who sends the same again is not asked about again. See docs/adr/0029."""

    class Kind(models.TextChoices):
        WHO = "wie", "is dit hetzelfde kind?"
        NAME = "naam", "hetzelfde kind, met een andere naam"
        NUMBER = "nummer", "een kind dat zonder nummer bekend is"

    class Answer(models.TextChoices):
        SAME = "zelfde", "hetzelfde kind"
        OTHER = "ander", "een ander kind"
        VOID = "vervallen", "niet meer nodig"

    kind = models.CharField("soort vraag", max_length=8, choices=Kind.choices, default=Kind.WHO)
    pupil = models.ForeignKey(Pupil, models.CASCADE, related_name="identity_questions")
    known = models.ForeignKey(Pupil, models.CASCADE, related_name="asked_about")
    report = models.ForeignKey(AbsenceReport, models.SET_NULL, null=True, related_name="+")
    sent_hash = models.CharField("zoeksleutel van het gemelde nummer", max_length=64, blank=True)
    sent_first_names = models.CharField("voornamen zoals gemeld", max_length=200, blank=True)
    sent_prefix = models.CharField("voorvoegsel zoals gemeld", max_length=WIDEST, blank=True)
    sent_last_name = models.CharField("achternaam zoals gemeld", max_length=200, blank=True)
    sent_born = models.DateField("geboortedatum zoals gemeld")
    sent_born_known = models.CharField(max_length=5, choices=BIRTH_KNOWN, default="dag")
    asked_at = models.DateTimeField(auto_now_add=True)
    answer = models.CharField("antwoord", max_length=10, choices=Answer.choices, blank=True)
    answered_by = models.ForeignKey("core.User", models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    objects = IdentityQuestionQuerySet.as_manager()

    class Meta:
        verbose_name = "vraag wie dit is"
        verbose_name_plural = "vragen wie dit is"
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None) | ~Q(answer="") & Q(answered_at__isnull=False),
                name="identity_answered_once",
            )
        ]
        indexes = [
            models.Index(fields=["sent_hash"], name="identity_sent"),
            models.Index(fields=["known"], condition=Q(answer=""), name="identity_open"),
        ]

    @property
    def sent(self) -> Person:
        return Person(
            self.sent_first_names,
            join_name(self.sent_prefix, self.sent_last_name),
            self.sent_born,
            self.sent_born_known,
        )

    @property
    def sent_name(self) -> str:
        return spoken_name(self.sent_first_names, self.sent_prefix, self.sent_last_name)

    @property
    def is_open(self) -> bool:
        return not self.answer

    @property
    def stands_apart(self) -> bool:
        """Whether the report waits with a row of its own, beside the known child."""
        return self.pupil_id != self.known_id


KEPT = {"IdentityQuestion": Kept("vraag of een gemeld kind het bekende kind is", WITH_THE_PUPIL, True, ABOUT_THE_CHILD)}
