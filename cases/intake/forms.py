"""The form of a verzuimmelding: the same columns as the file, so the same rules."""

import re

from django import forms

from cases.intake.refused import label_of
from leerplicht.imports.absence_rows import COLUMNS
from leerplicht.law.obligation import Known
from leerplicht.models import AbsenceReport, Municipality, School
from leerplicht.models.pupils import BIRTH_KNOWN
from leerplicht.schools.fields import SchoolField
from thuiszitters.core.pages.forms import DateField, HouseForm, dress
from thuiszitters.core.words import birth_code

TYPED_HOURS = re.compile(r"^(\d{1,2})[-/](\d{1,2})[-/](\d{4})\s*[:=]?\s*(\d+(?:[.,]\d+)?)(?:\s*(?:uur|u))?$", re.ASCII)
YES_NO = [("J", "ja"), ("N", "nee")]
KINDS = [("", "Kies een soort")] + [
    (k.value, k.label) for k in AbsenceReport.Kind if k not in (AbsenceReport.Kind.V1, AbsenceReport.Kind.V2)
]


def _as_in_file(match: re.Match) -> str:
    day, month, year, hours = match.groups()
    return f"{year}-{int(month):02}-{int(day):02}={hours.replace(',', '.')}"


class ReportForm(HouseForm):
    """What a school or officer enters; `row()` gives it as a row of the file."""

    school = SchoolField()
    persoonsgebonden_nummer = forms.CharField(
        label="BSN of onderwijsnummer van de leerling",
        max_length=12,
        help_text="8 of 9 cijfers.",
        error_messages={"required": "Vul dit in, of kruis hieronder aan dat er geen nummer is."},
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    zonder_nummer = forms.BooleanField(
        label="Deze leerling heeft geen BSN of onderwijsnummer",
        required=False,
        help_text="Bijvoorbeeld een kind dat net in Nederland is. Schrijf dan alle voornamen op.",
    )
    voornamen = forms.CharField(label="Voornamen", max_length=200, required=False)
    achternaam = forms.CharField(label="Achternaam, met voorvoegsel", max_length=200)
    geboortedatum = DateField(label="Geboortedatum")
    geboortedatum_bekend = forms.ChoiceField(
        label="Is de hele geboortedatum bekend?",
        choices=BIRTH_KNOWN,
        initial=Known.DAY.value,
        required=False,
        help_text="Kent u de dag niet? Vul dan een dag van die maand in (of van dat jaar) en kies wat bekend is.",
    )
    gemeentecode = forms.ChoiceField(label="Woongemeente")
    begindatum = DateField(label="Eerste dag van het verzuim")
    einddatum = DateField(label="Laatste dag van het verzuim", required=False, help_text="Leeg zolang het duurt.")
    verzuimsoort = forms.ChoiceField(label="Soort verzuim", choices=KINDS)
    alle_lessen_gemist = forms.ChoiceField(
        label="Mist de leerling alle lessen?", choices=YES_NO, widget=forms.RadioSelect
    )
    verzuimuren = forms.CharField(
        label="Gemiste lesuren per dag",
        required=False,
        max_length=2000,
        help_text="Per regel een dag en het aantal uren, bijvoorbeeld: 5-10-2026 4",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    reden = forms.CharField(label="Vermoedelijke reden", required=False, max_length=200, help_text="Geen diagnose.")
    actie_school = forms.CharField(
        label="Wat deed de school al?", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    actie_gemeente_gewenst = forms.ChoiceField(
        label="Wilt u dat de gemeente iets doet?", choices=YES_NO, initial="J", widget=forms.RadioSelect
    )
    toelichting = forms.CharField(
        label="Toelichting",
        required=False,
        max_length=500,
        help_text="Nodig als u geen actie van de gemeente wilt.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    melder_naam = forms.CharField(label="Uw naam", required=False, max_length=100)
    melder_functie = forms.CharField(label="Uw functie", required=False, max_length=60)
    melder_telefoon = forms.CharField(label="Telefoon", required=False, max_length=20)
    melder_email = forms.EmailField(label="E-mail", required=False, max_length=100)

    def __init__(self, *args, municipalities, schools=(), **kwargs):
        super().__init__(*args, **kwargs)
        choices = [(m.code, m.name) for m in municipalities]
        self.fields["gemeentecode"].choices = [("", "Kies een gemeente"), *choices]
        if schools:
            own = School.objects.filter(code__in=schools)
            self.fields["school"] = forms.ChoiceField(label="School", choices=[(s.code, s.name) for s in own])
            self.fields["school"].widget.attrs["class"] = "utrecht-select utrecht-select--html-select"
        else:  # an officer writes down what a school tells
            self.fields["melder_naam"].label = "Wie meldt het namens de school?"
            self.fields["melder_functie"].label = "Functie van die persoon"
            self.fields["actie_gemeente_gewenst"].label = "Vraagt de school of de gemeente iets doet?"
        if self.is_bound and self.data.get("zonder_nummer"):
            self.fields["persoonsgebonden_nummer"].required = False
        self.order_fields(["school"])

    def clean(self):
        """A number, or that there is none: an empty field may be forgotten."""
        data = super().clean()
        number, without = data.get("persoonsgebonden_nummer"), data.get("zonder_nummer")
        if number and without:
            self.add_error("zonder_nummer", "U vulde ook een nummer in. Haal het nummer of dit vinkje weg.")
        if without and not data.get("voornamen"):
            self.add_error("voornamen", "Zonder nummer hebben wij de voornamen nodig.")
        return data

    def clean_verzuimuren(self) -> str:
        """As people type it, a day and hours per line, to the notation of the file; what is not clear stays as it was
        and is refused by the rules of the file."""
        lines = re.split(r"[\n;]|,(?=\s*\d+[-/]\d)", self.cleaned_data["verzuimuren"])
        return ",".join(TYPED_HOURS.sub(_as_in_file, line.strip()) for line in lines if line.strip())

    def row(self, *, number: str, changed_at: str, status: str = "R") -> dict[str, str]:
        """The values as text, under the column names of the file."""
        data = {name: self._text(self.cleaned_data.get(name)) for name in COLUMNS if name in self.fields}
        known = self.cleaned_data["geboortedatum_bekend"] or Known.DAY.value
        data["geboortedatum"] = birth_code(self.cleaned_data["geboortedatum"], known)
        school = self.cleaned_data["school"]
        code = school.code if isinstance(school, School) else school
        return data | {
            "meldingsnummer": number,
            "datum_mutatie": changed_at,
            "status": status,
            "brin": code[:4],
            "vestiging": code[4:],
        }

    @staticmethod
    def _text(value) -> str:
        if value is None:
            return ""
        return value.isoformat() if hasattr(value, "isoformat") else str(value)


class SetAsideForm(HouseForm):
    because = forms.CharField(label="Waarom hoeft dit geen dossier te worden?", max_length=300)


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
