import json

from django.db import models

from thuiszitters.core.kept import AT_ONCE, Kept
from thuiszitters.core.sealed.fields import SealedTextField
from thuiszitters.core.sealed.secrets import seal, unseal


class Draft(models.Model):
    """Text that somebody was typing in a form, kept until the form is saved. One per user and form. Encrypted: people
    type names, numbers and worries of a child before they belong to any dossier."""

    user = models.ForeignKey("core.User", models.CASCADE, related_name="drafts")
    key = models.CharField(max_length=200)
    sealed = SealedTextField(default="")
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="draft_once")]

    @property
    def fields(self) -> dict[str, list[str]]:
        return json.loads(unseal(self.sealed))

    @staticmethod
    def sealed_from(fields: dict[str, list[str]]) -> str:
        return seal(json.dumps(fields))


KEPT = {
    "Draft": Kept(
        "tekst die iemand aan het typen is", AT_ONCE, False, "is nog geen deel van het dossier en verdwijnt bij bewaren"
    )
}
