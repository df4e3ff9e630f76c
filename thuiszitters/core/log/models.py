from django.db import models

from thuiszitters.core.kept import LOG, Kept
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.organisations import Organisation, OrganisationLink
from thuiszitters.core.people.roles import Right


class AuditEventQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Rows about what people of the own organisations did, and of the gemeenten for which these act."""
        return self.filter(organisation_id__in=controlled_by(user))


def controlled_by(user) -> set[int]:
    """Ids of the organisations whose people this controller looks after."""
    access = access_of(user)
    codes = access.municipalities_with(Right.LOG_VIEW)
    gemeenten = Organisation.objects.filter(kind=Organisation.Kind.GEMEENTE, code__in=codes)
    before = OrganisationLink.objects.filter(kind=OrganisationLink.Kind.SUCCEEDS, organisation__in=gemeenten)
    others = set(gemeenten.values_list("pk", flat=True)) | set(before.values_list("other", flat=True))
    return access.organisations_with(Right.LOG_VIEW) | others


class AppendOnly(models.Model):
    """A row that the application only adds. On PostgreSQL its database role has no right to do more (docs/adr/0012)."""

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if self.pk:
            raise TypeError("Een regel in het logboek verandert nooit.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("Een regel in het logboek wordt nooit gewist.")


class AuditEvent(AppendOnly):
    """Who did what and who looked at whom. Never changed or deleted by the application; no foreign keys, so that
    it outlives what it tells about. Holds no names and no BSN: only numbers of rows.

    `role` and `organisation_id`: on whose behalf. `parts`: which parts of the dossier (`cases.parts`). `purpose`: for
    what (AVG art. 5 lid 1 onder b). `request_id`: the same in the log of the application.
    """

    class Result(models.TextChoices):
        DONE = "gelukt", "gelukt"
        REFUSED = "geweigerd", "geweigerd"

    at = models.DateTimeField("wanneer", auto_now_add=True, db_index=True)
    user_id = models.BigIntegerField("gebruiker", null=True)
    role = models.CharField("rol", max_length=24, blank=True)
    organisation_id = models.BigIntegerField("organisatie", null=True)
    action = models.CharField("handeling", max_length=40)
    pupil_ids = models.JSONField("leerlingen", default=list)
    case_number = models.CharField("dossier", max_length=20, blank=True)
    parts = models.JSONField("onderdelen", default=list)
    purpose = models.CharField("doel", max_length=100, blank=True)
    result = models.CharField("uitkomst", max_length=10, choices=Result.choices, default=Result.DONE)
    detail = models.JSONField("bijzonderheden", default=dict)
    request_id = models.CharField("verzoek", max_length=64, blank=True)
    objects = AuditEventQuerySet.as_manager()

    class Meta:
        verbose_name = "regel in het logboek"
        verbose_name_plural = "logboek"
        indexes = [
            models.Index(fields=["case_number", "-at"], name="audit_case"),
            models.Index(fields=["user_id", "-at"], name="audit_user"),
            models.Index(fields=["organisation_id", "-at"], name="audit_organisation"),
        ]


class AuditSeal(AppendOnly):
    """The link that a row has in the chain of its organisation; changing, removing or inserting a row breaks it."""

    event_id = models.BigIntegerField("regel", unique=True)
    chain = models.BigIntegerField("organisatie", default=0)
    position = models.BigIntegerField("plaats in de keten")
    digest = models.CharField("zegel", max_length=64)

    class Meta:
        verbose_name = "zegel van het logboek"
        verbose_name_plural = "zegels van het logboek"
        constraints = [models.UniqueConstraint(fields=["chain", "position"], name="seal_position_once")]


class AuditSubject(AppendOnly):
    """Which rows of the log are about a child: the index by which a controller searches. Holds nothing of its own."""

    event_id = models.BigIntegerField("regel")
    pupil_id = models.BigIntegerField("leerling")

    class Meta:
        verbose_name = "leerling in het logboek"
        verbose_name_plural = "leerlingen in het logboek"
        constraints = [models.UniqueConstraint(fields=["pupil_id", "event_id"], name="audit_subject_once")]
        indexes = [models.Index(fields=["event_id"], name="audit_subject_event")]


KEPT = {
    "AuditEvent": Kept(
        "logboek: wie keek of deed wat bij wie, zonder namen",
        LOG,
        True,
        "aan wie gegevens zijn getoond, zonder de namen van medewerkers (HvJ EU C-579/21)",
    ),
    "AuditSeal": Kept(
        "zegel over een regel van het logboek", LOG, False, "zegt niets over iemand; bewijst dat de regel klopt"
    ),
    "AuditSubject": Kept(
        "welke regels van het logboek over een kind gaan", LOG, False, "een wijzer; de regels zelf gaan mee"
    ),
}
