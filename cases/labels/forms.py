"""Choosing from the own lists of words and levels, and adding to them."""

from django import forms

from cases.dossier.forms import VersionMixin
from cases.labels.models import CaseRisk, RiskLevel
from thuiszitters.core.pages.forms import HouseForm, HouseModelForm


class LabelsForm(HouseForm):
    names = forms.MultipleChoiceField(
        label="Welke labels?", required=False, widget=forms.CheckboxSelectMultiple, help_text=""
    )
    new = forms.CharField(
        label="Nieuw label",
        max_length=40,
        required=False,
        help_text="Kort, bijvoorbeeld: wacht op vervoer. Schrijf niets over gezondheid: uw hele organisatie leest dit.",
    )

    # What stood there when the form was made, with bars between: only that can be taken away.
    shown = forms.CharField(required=False, max_length=1000, strip=False, widget=forms.HiddenInput)

    def __init__(self, *args, known, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["names"].choices = [(name, name) for name in known]
        if not known:
            del self.fields["names"]

    def clean_new(self) -> str:
        return self.cleaned_data["new"].replace("|", " ")

    def read(self) -> list[str]:
        return self.cleaned_data["shown"].split("|")

    def chosen(self) -> list[str]:
        return [*self.cleaned_data.get("names", []), self.cleaned_data["new"]]


class RiskForm(VersionMixin, HouseModelForm):
    class Meta:
        model = CaseRisk
        fields = ["level", "because"]
        widgets = {"level": forms.RadioSelect}
        labels = {"level": "Hoe groot is het risico?", "because": "Waarom?"}
        help_texts = {"because": "Kort. Schrijf niets over gezondheid: uw hele organisatie leest dit."}

    def __init__(self, *args, levels, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["level"].queryset = levels
        self.fields["level"].empty_label = "nog niet ingeschat"


class LevelForm(VersionMixin, HouseModelForm):
    class Meta:
        model = RiskLevel
        fields = ["name", "position", "tone"]
        widgets = {"tone": forms.RadioSelect}
        labels = {"name": "Naam van het risiconiveau", "position": "Plaats in de lijst", "tone": "Kleur"}
        help_texts = {
            "name": "Bijvoorbeeld: rood, direct handelen.",
            "position": "1 staat bovenaan.",
            "tone": "De naam staat er altijd bij.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["tone"].choices = RiskLevel.Tone.choices
