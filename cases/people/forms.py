"""Forms for who stands around the child."""

from django import forms

from cases.dossier.forms import VersionMixin
from cases.people.models import Professional
from thuiszitters.core.pages.forms import HouseForm, HouseModelForm


class ProfessionalForm(VersionMixin, HouseModelForm):
    class Meta:
        model = Professional
        fields = ["name", "role", "works_at", "phone", "email", "until"]
        help_texts = {
            "role": "Bijvoorbeeld mentor, jeugdarts of gezinscoach.",
            "until": "Alleen als deze persoon er niet meer bij hoort. De regel blijft bewaard.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.instance.pk:
            del self.fields["until"]


class SiblingForm(HouseForm):
    number = forms.CharField(
        label="Dossiernummer van de broer of zus",
        max_length=40,
        help_text="Zoals TZ-0356-2026-0001. U vindt het door de naam te zoeken.",
    )
