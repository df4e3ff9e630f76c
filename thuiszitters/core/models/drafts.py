from django.db import models


class Draft(models.Model):
    """Text that somebody was typing in a form, kept until the form is saved. One per user and form."""

    user = models.ForeignKey("core.User", models.CASCADE, related_name="drafts")
    key = models.CharField(max_length=200)
    fields = models.JSONField(default=dict)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="draft_once")]
