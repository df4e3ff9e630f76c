"""The form of a verzuimmelding: the same columns as the file, so the same rules."""

import re

from django import forms

from cases.intake.forms import YES_NO
from cases.intake.models import ReportAnswer
from cases.reports.sent import as_row
from leerplicht.imports.absence_rows import COLUMNS
from leerplicht.law.obligation import Known
from leerplicht.models import AbsenceReport, School
from leerplicht.models.pupils import BIRTH_KNOWN
from leerplicht.schools.fields import SchoolField
from thuiszitters.core.pages.forms import DateField, HouseForm, HouseModelForm, dress
from thuiszitters.core.words import birth_code

TYPED_HOURS = re.compile(r"^(\d{1,2})[-/](\d{1,2})[-/](\d{4})\s*[:=]?\s*(\d+(?:[.,]\d+)?)(?:\s*(?:uur|u))?$", re.ASCII)
KINDS = [("", "Kies een soort")] + [
    (k.value, k.label) for k in AbsenceReport.Kind if k not in (AbsenceReport.Kind.V1, AbsenceReport.Kind.V2)
]


def _as_in_file(match: re.Match) -> str:
    day, month, year, hours = match.groups()
    return f"{year}-{int(month):02}-{int(day):02}={hours.replace(',', '.')}"


OF_THE_CHILD = (
    "persoonsgebonden_nummer",
    "zonder_nummer",
    "voornamen",
    "achternaam",
    "geboortedatum",
    "geboortedatum_bekend",
)


class ReportForm(HouseForm):
    """What a school or officer enters; `row()` gives it as a row of the file. `known`: an earlier report about the same
    child, of which who that is is taken."""

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

    def __init__(self, *args, municipalities, schools=(), known: AbsenceReport | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.known = known
        choices = [(m.code, m.name) for m in municipalities]
        self.fields["gemeentecode"].choices = [("", "Kies een gemeente"), *choices]
        if schools:
            own = list(School.objects.filter(code__in=schools))
            self.fields["school"] = forms.ChoiceField(label="School", choices=[(s.code, s.name) for s in own])
            if len(own) == 1:  # nothing to choose
                self.fields["school"].widget = forms.HiddenInput()
                self.initial.setdefault("school", own[0].code)
            else:
                dress(self.fields["school"])
        else:  # an officer writes down what a school tells
            self.fields["melder_naam"].label = "Wie meldt het namens de school?"
            self.fields["melder_functie"].label = "Functie van die persoon"
            self.fields["actie_gemeente_gewenst"].label = "Vraagt de school of de gemeente iets doet?"
        if self.is_bound and self.data.get("zonder_nummer"):
            self.fields["persoonsgebonden_nummer"].required = False
        for name in OF_THE_CHILD if known else ():
            del self.fields[name]
        self.order_fields(["school"])

    def clean(self):
        """A number, or that there is none: an empty field may be forgotten."""
        data = super().clean()
        if self.known:
            return data
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
        data = typed(self)
        if self.known:
            data = as_row(self.known) | data
        else:
            known = self.cleaned_data["geboortedatum_bekend"] or Known.DAY.value
            data["geboortedatum"] = birth_code(self.cleaned_data["geboortedatum"], known)
        code = self.of_school.code
        return data | {
            "meldingsnummer": number,
            "datum_mutatie": changed_at,
            "status": status,
            "brin": code[:4],
            "vestiging": code[4:],
        }

    @property
    def of_school(self) -> School:
        """That of the report: typed by an officer, chosen by a school from its own."""
        school = self.cleaned_data["school"]
        return school if isinstance(school, School) else School.objects.get(code=school)

    @property
    def without_number(self) -> bool:
        return not self.known.sent_hash if self.known else self.cleaned_data["zonder_nummer"]


def typed(form: forms.Form) -> dict[str, str]:
    """What the form asks of the columns of the file, as text."""
    return {name: _text(form.cleaned_data.get(name)) for name in COLUMNS if name in form.fields}


def _text(value) -> str:
    if value is None:
        return ""
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


class ChangeForm(ReportForm):
    """A report once more, without which child it is, of which school and gemeente: who made a mistake there takes the
    report back and makes a new one."""

    def __init__(self, *args, report: AbsenceReport, **kwargs):
        initial = shown(as_row(report))
        super().__init__(*args, municipalities=(), known=report, initial=initial, **kwargs)
        for name in ("school", "gemeentecode"):
            del self.fields[name]
        # The version that was read: a colleague may be first.
        self.fields["versie"] = forms.IntegerField(widget=forms.HiddenInput, initial=report.pk)


def shown(row: dict[str, str]) -> dict[str, str]:
    """The columns of the file as people type them, without the number of the child: that stands on no page."""
    lines = [part.partition("=") for part in row["verzuimuren"].split(",") if part]
    hours = "\n".join(f"{_day_first(day)} {number.replace('.', ',')}" for day, _, number in lines)
    return {name: value for name, value in row.items() if name not in OF_THE_CHILD} | {"verzuimuren": hours}


def _day_first(day: str) -> str:
    year, month, number = day.split("-")
    return f"{int(number)}-{int(month)}-{year}"


class WithdrawForm(HouseForm):
    because = forms.CharField(
        label="Waarom trekt u de melding in?",
        max_length=450,
        help_text="Bijvoorbeeld: het is een andere leerling. De gemeente leest dit.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    versie = forms.IntegerField(widget=forms.HiddenInput)


class AnswerForm(HouseModelForm):
    class Meta:
        model = ReportAnswer
        fields = ["what", "text", "phone"]
        widgets = {"what": forms.RadioSelect, "text": forms.Textarea(attrs={"rows": 4})}
        labels = {"what": "Wat gebeurt er met de melding?", "text": "Wat mag de school weten?"}
        help_texts = {
            "text": "Geen diagnose, en niets wat ouders of kind u in vertrouwen vertelden.",
            "phone": "Uw naam en e-mailadres staan er vanzelf bij.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["what"].choices = ReportAnswer.What.choices

    def clean(self):
        data = super().clean()
        if data.get("what") == ReportAnswer.What.SPOKEN and not data.get("text", "").strip():
            self.add_error("text", "Schrijf op wat de school van dat gesprek mag weten.")
        return data


class SetAsideForm(HouseForm):
    because = forms.CharField(
        label="Waarom hoeft dit geen dossier te worden?", max_length=300, help_text="Alleen voor uw eigen organisatie."
    )
    told = forms.CharField(
        label="Wat hoort de school?",
        required=False,
        max_length=1000,
        help_text="Leeg: de school leest alleen dat de melding is afgedaan.",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
