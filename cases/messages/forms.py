from django import forms

from cases.messages.models import Digest
from thuiszitters.core.pages.forms import HouseForm


class DigestForm(HouseForm):
    frequency = forms.ChoiceField(
        label="Hoe vaak wilt u bericht?",
        choices=Digest.Frequency.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Maak een keuze."},
    )
