"""With what result a dossier closes, and how a child is followed that is back."""

from django import forms
from django.utils import timezone

from cases.dossier import results
from thuiszitters.core.pages.forms import DateField, HouseForm


class CloseForm(HouseForm):
    result = forms.ChoiceField(label="Met welke uitkomst?")
    because = forms.CharField(label="Toelichting", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    seen = forms.BooleanField(label="Ik heb gezien wat er nog openstaat")

    def __init__(self, *args, still_open: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["result"].choices = [("", "Kies een uitkomst"), *results.choices()]
        if not still_open:
            del self.fields["seen"]


class FollowForm(HouseForm):
    """A return with its build-up. The day is one that was: plans are for an offer."""

    first_day = DateField(label="Eerste dag weer op school")
    full_on = DateField(
        label="Wanneer gaat het kind alle uren?",
        required=False,
        help_text="Laat leeg als het meteen alle uren gaat. U krijgt op die dag een stap om het na te vragen.",
    )
    source = forms.CharField(
        label="Hoe is dit bekend?", max_length=200, help_text="Bijvoorbeeld: gebeld met de mentor."
    )

    def __init__(self, *args, at_home_since, **kwargs):
        super().__init__(*args, **kwargs)
        self.at_home_since = at_home_since

    def clean_first_day(self):
        day = self.cleaned_data["first_day"]
        if day > timezone.localdate():
            raise forms.ValidationError("Die dag is nog niet geweest. Leg de terugkeer vast als het kind er echt was.")
        if self.at_home_since and day <= self.at_home_since:
            raise forms.ValidationError(f"Het kind is thuis sinds {self.at_home_since:%d-%m-%Y}. Kies een latere dag.")
        return day

    def clean(self):
        data = super().clean()
        if data.get("full_on") and data.get("first_day") and data["full_on"] < data["first_day"]:
            self.add_error("full_on", "Die dag ligt voor de eerste dag.")
        return data


class AnswerForm(HouseForm):
    words = forms.CharField(
        label="Waarom kan het niet dicht?",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Alleen nodig als u nee zegt.",
    )
