from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from thuiszitters.core.kept import EMPLOYMENT, OTHERS, Kept
from thuiszitters.core.people.roles import KINDS_OF_ROLE, MUNICIPAL_ROLES, Right, Role


class Period(models.Model):
    """Something that holds from a day up to and including another day; no end: until further notice."""

    valid_from = models.DateField("geldig vanaf")
    valid_until = models.DateField("geldig tot en met", null=True, blank=True)

    class Meta:
        abstract = True

    def holds_on(self, day) -> bool:
        return self.valid_from <= day and (self.valid_until is None or day <= self.valid_until)

    @staticmethod
    def covers(day) -> Q:
        return Q(valid_from__lte=day) & (Q(valid_until=None) | Q(valid_until__gte=day))


def ends_after_start(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
        name=name,
        violation_error_message="De einddatum ligt voor de begindatum.",
    )


class Organisation(models.Model):
    class Kind(models.TextChoices):
        GEMEENTE = "gemeente", "gemeente"
        REGIONAAL_BUREAU = "regionaal_bureau", "regionaal bureau"
        SAMENWERKINGSVERBAND = "samenwerkingsverband", "samenwerkingsverband"
        SCHOOL = "school", "school"
        ZORGPARTIJ = "zorgpartij", "zorgpartij"
        REGIO = "regio", "regio"

    kind = models.CharField("soort", max_length=24, choices=Kind.choices)
    name = models.CharField("naam", max_length=200)
    code = models.CharField(
        "code",
        max_length=12,
        blank=True,
        help_text="Gemeentecode (0356), code van het samenwerkingsverband (VO2604) of BRIN met vestiging (25PL00).",
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = "organisatie"
        verbose_name_plural = "organisaties"
        ordering = ["kind", "name"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "code"], condition=~Q(code=""), name="organisation_code_once")
        ]

    def __str__(self):
        return self.name

    @property
    def is_school(self) -> bool:
        return self.kind == self.Kind.SCHOOL


class OrganisationLink(Period):
    """A regionaal bureau acts for gemeenten; a regio has members; a gemeente succeeds one that became a part of it. All
    with dates."""

    class Kind(models.TextChoices):
        ACTS_FOR = "acts_for", "handelt voor"
        HAS_MEMBER = "has_member", "heeft als lid"
        SUCCEEDS = "succeeds", "is opvolger van"

    kind = models.CharField("soort", max_length=12, choices=Kind.choices)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="links", verbose_name="organisatie")
    other = models.ForeignKey(Organisation, models.PROTECT, related_name="linked_by", verbose_name="andere organisatie")
    history = HistoricalRecords()

    class Meta:
        verbose_name = "band tussen organisaties"
        verbose_name_plural = "banden tussen organisaties"
        constraints = [
            ends_after_start("organisation_link_ends_after_start"),
            models.CheckConstraint(condition=~Q(organisation=F("other")), name="organisation_link_to_another"),
        ]

    def __str__(self):
        return f"{self.organisation} {self.get_kind_display()} {self.other}"


class Membership(Period):
    """A user holds a role at an organisation, from a day until a day."""

    user = models.ForeignKey("core.User", models.PROTECT, related_name="memberships", verbose_name="gebruiker")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="memberships", verbose_name="organisatie"
    )
    role = models.CharField("rol", max_length=24, choices=[(r.value, r.label) for r in Role])
    work_goes = models.CharField(
        "open werk gaat naar",
        max_length=8,
        blank=True,
        choices=[("verdelen", "wie het werk verdeelt"), ("collega", "een collega")],
        help_text="Nodig als de rol eindigt en iemand met deze rol dossiers heeft.",
    )
    work_to = models.ForeignKey(
        "core.User", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="welke collega"
    )
    history = HistoricalRecords()

    class Meta:
        verbose_name = "rol van een gebruiker"
        verbose_name_plural = "rollen van gebruikers"
        constraints = [ends_after_start("membership_ends_after_start")]

    def __str__(self):
        return f"{self.user}: {self.get_role_display()} bij {self.organisation}"

    def clean(self):
        """A role that does not fit the organisation would show too much, or nothing."""
        kinds = KINDS_OF_ROLE.get(self.role) if self.role and self.organisation_id else None
        if kinds and self.organisation.kind not in kinds:
            raise ValidationError({"role": f"Deze rol past niet bij een {self.organisation.get_kind_display()}."})
        if self.valid_until and self.role in MUNICIPAL_ROLES and Right.CASE_WORK in Role(self.role).rights:
            self._check_work()

    def _check_work(self) -> None:
        """Who leaves leaves no dossier behind that points at nobody (docs/adr/0036)."""
        if not self.work_goes:
            raise ValidationError({"work_goes": "Zeg waar het open werk heen gaat als deze rol eindigt."})
        if self.work_goes == "verdelen":
            self.work_to = None
        elif not self.work_to or self.work_to_id == self.user_id:
            raise ValidationError({"work_to": "Kies de collega die het open werk krijgt."})
        elif not Membership.objects.filter(
            Period.covers(self.valid_until + timedelta(days=1)),
            organisation=self.organisation_id,
            user=self.work_to,
            role__in=MUNICIPAL_ROLES,
        ).exists():
            raise ValidationError({"work_to": "Deze collega werkt dan niet bij deze organisatie."})


KEPT = {"Membership": Kept("rol van een medewerker", EMPLOYMENT, False, OTHERS)}
NOBODY = {"Organisation": "organisaties", "OrganisationLink": "banden tussen organisaties"}
