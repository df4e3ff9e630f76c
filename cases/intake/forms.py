"""Reading in a file, and mending a line of it: the same columns as the file, so the same rules."""

from django import forms

from cases.intake.refused import label_of
from leerplicht.imports.absence_rows import COLUMNS
from leerplicht.models import AbsenceReport, Municipality
from leerplicht.schools.fields import SchoolField
from thuiszitters.core.pages.forms import HouseForm, dress

YES_NO = [("J", "ja"), ("N", "nee")]


class UploadForm(HouseForm):
    file = forms.FileField(
        label="Bestand met verzuimmeldingen (CSV, Excel of LibreOffice)", max_length=200, allow_empty_file=True
    )


OF_SCHOOL = ("brin", "vestiging")


def field_of(column: str) -> str:
    """The field of a form in which a column of the file is asked: BRIN and location are one school."""
    return "school" if column in OF_SCHOOL else column


class CorrectionForm(HouseForm):
    """All columns of a refused line: the rules are those of the file. What has a list is chosen; a value that is not in
    the list stays to be seen, so that nothing is lost."""

    def __init__(self, *args, municipalities, wrong="", **kwargs):
        super().__init__(*args, **kwargs)
        choices = CHOICES | {"gemeentecode": [(m.code, f"{m.name} ({m.code})") for m in municipalities]}
        self.wrong = field_of(wrong)
        self.initial["school"] = f"{self.initial.get('brin', '')}{self.initial.get('vestiging', '')}".strip()
        for name in ("school", *(c for c in COLUMNS if c not in OF_SCHOOL)):
            self.fields[name] = (
                SchoolField(required=False) if name == "school" else self._field(name, choices.get(name))
            )
            dress(self.fields[name])
        self.order_fields([self.wrong])

    def _field(self, name: str, choices: list[tuple[str, str]] | None) -> forms.Field:
        label, required = label_of(name).capitalize(), name not in MAY_BE_EMPTY
        if choices is None:
            widget = forms.Textarea(attrs={"rows": 2}) if name in LONG else forms.TextInput()
            return forms.CharField(label=label, required=required, max_length=4000, widget=widget)
        sent = self.initial.get(name, "").strip()
        shown = choices if sent in dict(choices) or not sent else [(sent, f"“{sent}” (onbekend)"), *choices]
        return forms.ChoiceField(label=label, required=required, choices=[("", "Kies"), *shown])

    def row(self) -> dict[str, str]:
        """The values under the column names of the file."""
        school = self.cleaned_data["school"]
        code = school.code if school else ""
        typed = {name: self.cleaned_data[name] for name in COLUMNS if name not in OF_SCHOOL}
        return typed | {"brin": code[:4], "vestiging": code[4:]}

    @property
    def first(self):
        """The field that was wrong, when it is one of the columns."""
        return [self[self.wrong]] if self.wrong in self.fields else []

    @property
    def others(self):
        return [field for field in self if field.name != self.wrong]


class GiveToForm(HouseForm):
    municipality = forms.ModelChoiceField(label="Gemeente", queryset=Municipality.objects.none())

    def __init__(self, *args, municipalities, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["municipality"].queryset = municipalities


CHOICES: dict[str, list[tuple[str, str]]] = {
    "verzuimsoort": [(k.value, f"{k.label} ({k.value})") for k in AbsenceReport.Kind],
    "status": [(k.value, f"{k.label} ({k.value})") for k in AbsenceReport.Status],
    "alle_lessen_gemist": YES_NO,
    "actie_gemeente_gewenst": YES_NO,
}
MAY_BE_EMPTY = (
    "voornamen",
    "einddatum",
    "verzuimuren",
    "reden",
    "actie_school",
    "toelichting",
    "melder_naam",
    "melder_functie",
    "melder_telefoon",
    "melder_email",
)
LONG = ("actie_school", "toelichting", "verzuimuren")
