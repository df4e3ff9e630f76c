from django.db import models


class AuditEvent(models.Model):
    """Who did what and who looked at whom. Never changed or deleted by the application; no foreign keys, so that
    it outlives what it tells about. Holds no names and no BSN: only numbers of rows."""

    at = models.DateTimeField("wanneer", auto_now_add=True, db_index=True)
    user_id = models.BigIntegerField("gebruiker", null=True)
    role = models.CharField("rol", max_length=24, blank=True)
    organisation_id = models.BigIntegerField("organisatie", null=True)
    action = models.CharField("handeling", max_length=40)
    pupil_ids = models.JSONField("leerlingen", default=list)
    case_number = models.CharField("dossier", max_length=20, blank=True)
    detail = models.JSONField("bijzonderheden", default=dict)
    request_id = models.CharField("verzoek", max_length=64, blank=True)

    class Meta:
        verbose_name = "regel in het logboek"
        verbose_name_plural = "logboek"
        indexes = [
            models.Index(fields=["case_number", "-at"], name="audit_case"),
            models.Index(fields=["user_id", "-at"], name="audit_user"),
        ]

    def save(self, *args, **kwargs):
        if self.pk:
            raise TypeError("Een regel in het logboek verandert nooit.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("Een regel in het logboek wordt nooit gewist.")
