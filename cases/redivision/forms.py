"""Preparing a herindeling, and choosing where a child goes."""

import re

from django import forms

from leerplicht.law.identifiers import parse_municipality
from leerplicht.models import Municipality, RedivisionPart
from thuiszitters.core.pages.forms import DateField, HouseForm

POSTCODES_HELP = (
    "Vier cijfers, met komma's ertussen: 5056, 5057. Alleen als de gemeente over meer gemeenten wordt verdeeld."
)
OTHERS_HELP = "Per regel een gemeente: code; naam; postcodes. Bijvoorbeeld: 0855; Tilburg; 5056, 5057."
NAME_LENGTH = RedivisionPart._meta.get_field("name").max_length or 100


def _code(text: str) -> str:
    try:
        return parse_municipality(text)
    except ValueError as problem:
        raise forms.ValidationError(str(problem)) from problem


def _postcodes(text: str) -> list[str]:
    found = [word for word in re.split(r"[\s,;]+", text) if word]
    for word in found:
        if not re.fullmatch("[1-9][0-9]{3}", word):
            raise forms.ValidationError(f"“{word[:10]}” is geen postcode van vier cijfers.")
    return sorted(set(found))


def _named(code: str, name: str) -> str:
    """The name as it is known here, else as typed."""
    known = Municipality.objects.filter(code=code).values_list("name", flat=True).first()
    if not known and not name:
        raise forms.ValidationError(f"Gemeente {code} is hier nog niet bekend. Vul ook de naam in.")
    return known or name


class RedivisionForm(HouseForm):
    old = forms.ModelChoiceField(Municipality.objects.none(), label="Welke gemeente wordt opgeheven?")
    day = DateField(label="Eerste dag van de nieuwe indeling", help_text="Meestal 1 januari.")
    code = forms.CharField(
        label="Code van de gemeente waarin zij opgaat", max_length=6, help_text="Vier cijfers: 0402."
    )
    name = forms.CharField(
        label="Naam van die gemeente",
        max_length=NAME_LENGTH,
        required=False,
        help_text="Nodig als de code hier nieuw is.",
    )
    postcodes = forms.CharField(label="Postcodes", required=False, max_length=4000, help_text=POSTCODES_HELP)
    others = forms.CharField(
        label="Andere gemeenten die een deel krijgen",
        required=False,
        max_length=8000,
        help_text=OTHERS_HELP,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["old"].queryset = Municipality.objects.filter(last_day=None)

    def clean_code(self):
        return _code(self.cleaned_data["code"])

    def clean_postcodes(self):
        return _postcodes(self.cleaned_data["postcodes"])

    def clean_others(self):
        lines = [line for line in self.cleaned_data["others"].splitlines() if line.strip()]
        return [self._part(line) for line in lines]

    @staticmethod
    def _part(line: str) -> RedivisionPart:
        cells = [cell.strip() for cell in line.split(";")]
        if len(cells) != 3:
            raise forms.ValidationError(f"“{line[:40]}” moet drie delen hebben: code; naam; postcodes.")
        code = _code(cells[0])
        return RedivisionPart(code=code, name=_named(code, cells[1])[:NAME_LENGTH], postcodes=_postcodes(cells[2]))

    def clean(self):
        data = super().clean()
        if code := data.get("code"):
            try:
                data["name"] = _named(code, data.get("name", ""))
            except forms.ValidationError as problem:
                self.add_error("name", problem)
        return data

    def parts(self) -> list[RedivisionPart]:
        """The main part first."""
        data = self.cleaned_data
        return [RedivisionPart(code=data["code"], name=data["name"], postcodes=data["postcodes"]), *data["others"]]


class ChoiceForm(HouseForm):
    part = forms.ModelChoiceField(RedivisionPart.objects.none(), label="Nieuwe gemeente")
    same = forms.BooleanField(label="Ja, het is hetzelfde kind", required=False)

    def __init__(self, *args, child, **kwargs):
        super().__init__(*args, **kwargs)
        parts = RedivisionPart.objects.filter(redivision=child.redivision)
        self.fields["part"].queryset = parts
        if len(child.parts) == 1:
            self.fields["part"].initial = child.parts[0]
        if child.twin:
            self.fields["same"].required = True
        else:
            del self.fields["same"]
