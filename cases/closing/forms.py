"""With what result a dossier closes."""

from django import forms
from django.utils import timezone

from cases.dossier import results
from thuiszitters.core.pages.forms import DateField, HouseForm


class CloseForm(HouseForm):
    result = forms.ChoiceField(label="Met welke uitkomst?")
    back_on = DateField(
        label="Eerste dag weer op school",
        required=False,
        help_text="Nodig bij een passende plek, als die dag nog niet is vastgelegd.",
    )
    because = forms.CharField(label="Toelichting", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["result"].choices = [("", "Kies een uitkomst"), *results.choices()]

    def clean_back_on(self):
        day = self.cleaned_data["back_on"]
        if day and day > timezone.localdate():
            raise forms.ValidationError("Die dag is nog niet geweest. Sluit af wanneer het kind echt terug is.")
        return day
