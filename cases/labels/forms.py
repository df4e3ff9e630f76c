"""Choosing from the own list, and adding a word to it."""

from django import forms

from thuiszitters.core.pages.forms import HouseForm


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
