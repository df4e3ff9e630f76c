from django import forms

from leerplicht.models import School
from leerplicht.schools.acts import LARGEST
from thuiszitters.core.pages.forms import HouseForm


class SchoolFileForm(HouseForm):
    file = forms.FileField(label="Bestand met schoolvestigingen van DUO (CSV)", max_length=200, allow_empty_file=True)
    sector = forms.ChoiceField(
        label="Soort onderwijs",
        choices=School.Sector.choices,
        initial=School.Sector.PO,
        help_text="Alleen nodig als het bestand het zelf niet zegt.",
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(f"Dit bestand is groter dan {LARGEST // 2**20} MB.")
        return file


class AgreeForm(HouseForm):
    """Yes to what the preview shows; where there is a doubt, yes in so many words."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64, required=False)
    sure = forms.BooleanField(label="Ja, dit klopt. Ik heb de aantallen bekeken.", required=False)

    def __init__(self, *args, doubts, **kwargs):
        super().__init__(*args, **kwargs)
        if doubts:
            self.fields["sure"].required = True
        else:
            del self.fields["sure"]
