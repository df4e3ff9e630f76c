"""Forms for the facts of a child."""

from django import forms
from django.utils import timezone
from django.utils.text import capfirst

from leerplicht.law.absence import HOURS_WITH_THE_HEAD, freed_until
from leerplicht.law.calendar import FIRST_KNOWN_DAY
from leerplicht.law.exemptions import Article
from leerplicht.law.identifiers import parse_pgn
from leerplicht.law.obligation import Known, first_possible
from leerplicht.models import (
    Enrolment,
    Exemption,
    Guardian,
    Municipality,
    NotEnrolled,
    PermittedAbsence,
    Pupil,
    SchoolReturn,
)
from leerplicht.schools.fields import SchoolField
from leerplicht.services.plausible import FACT_WITHIN, odd_birth, odd_start
from thuiszitters.core.pages.forms import DateField, HouseModelForm
from thuiszitters.core.words import long_date

LETTERS = [("", "niet van toepassing"), *[(c, c) for c in "abcdefg"]]


class FactForm(HouseModelForm):
    """A last day never lies before the first."""

    def clean(self):
        data = super().clean()
        first, last = data.get("first_day"), data.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", "De laatste dag ligt voor de eerste dag.")
        if first and "first_day" not in self.errors and (odd := self._odd_day(first)):
            self.add_error("first_day", f"De dag {odd}" if odd.endswith("?") else odd)
        born = self.instance.pupil.born if self.instance.pupil_id else None
        if first and born and first < born:
            self.add_error("first_day", "Deze dag ligt voor de geboortedatum.")
        return data

    def _odd_day(self, first) -> str:
        """Why the fact cannot begin on that day: a slip of the finger. An enrolment or an exemption may be older than
        the school holidays that are known; from the others the clock counts."""
        counts = not isinstance(self.instance, Enrolment | Exemption)
        return odd_start(first if counts else max(first, FIRST_KNOWN_DAY), timezone.localdate(), ahead=FACT_WITHIN)


class EnrolmentForm(FactForm):
    school_code = SchoolField()

    class Meta:
        model = Enrolment
        fields = ["first_day", "last_day", "group", "year", "level"]
        help_texts = {
            "first_day": "Laat leeg als u dit niet weet.",
            "last_day": "Laat leeg zolang de inschrijving loopt.",
            "group": "Bijvoorbeeld 2B, of groep 6.",
            "year": "Een getal van 1 tot en met 8.",
        }

    field_order = ["school_code", "first_day", "last_day", "group", "year", "level"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["school_code"].initial = self.instance.school.code

    def clean(self):
        data = super().clean()
        if data.get("school_code"):
            self.instance.school = data["school_code"]
        return data


class ReturnForm(FactForm):
    class Meta:
        model = SchoolReturn
        fields = ["first_day", "trial", "source"]
        help_texts = {
            "trial": "Een proefdag beëindigt het thuiszitten niet.",
            "source": "Bijvoorbeeld: gebeld met de mentor.",
        }

    def clean_first_day(self):
        day = self.cleaned_data["first_day"]
        if day > timezone.localdate():
            raise forms.ValidationError("Die dag is nog niet geweest. Leg de terugkeer vast als het kind er echt was.")
        running = self.instance.pupil.home_periods.filter(last_day=None).first()
        if running and day <= running.first_day:
            raise forms.ValidationError(f"Het kind is thuis sinds {long_date(running.first_day)}. Kies een latere dag.")
        return day


class ExemptionForm(FactForm):
    letter = forms.ChoiceField(label="Letter van art. 11", choices=LETTERS, required=False)
    hours_a_week = forms.IntegerField(
        label="Uren per week (alleen bij art. 11a)",
        required=False,
        min_value=1,
        max_value=HOURS_WITH_THE_HEAD,
        help_text="5 uur als de ouders het aan het hoofd vertelden. Gaf het hoofd er uren bij: samen hoogstens 10.",
    )

    class Meta:
        model = Exemption
        fields = ["article", "letter", "hours_a_week", "received_on", "first_day", "last_day", "expert", "statement_on"]
        help_texts = {
            "last_day": "Laat alleen leeg als de verklaring zegt dat het blijvend is. "
            "Artikel 11a eindigt vanzelf op de dag voor de zesde verjaardag.",
            "expert": "Alleen wie de verklaring gaf en wanneer. Schrijf niet op wat erin staat.",
        }

    def clean(self):
        data = super().clean()
        if data.get("article") == Article.ART_11 and not data.get("letter"):
            self.add_error("letter", "Kies de letter van artikel 11.")
        if data.get("article") and data["article"] != Article.ART_11:
            data["letter"] = ""
        self._clean_under_six(data)
        return data

    def _clean_under_six(self, data):
        """Art. 11a: hours of a child under six, until the day before its sixth birthday at the latest."""
        if data.get("article") != Article.ART_11A:
            data["hours_a_week"] = None
            return
        if not data.get("hours_a_week") and "hours_a_week" not in self.errors:
            self.add_error("hours_a_week", "Vul in hoeveel uur per week het kind thuis mag blijven.")
        until = freed_until(self.instance.pupil.born)
        if data.get("first_day") and data["first_day"] > until:
            self.add_error("first_day", f"Artikel 11a geldt tot de zesde verjaardag: tot en met {long_date(until)}.")
        elif not data.get("last_day") or data["last_day"] > until:
            data["last_day"] = until


class PermittedForm(FactForm):
    class Meta:
        model = PermittedAbsence
        fields = ["reason", "first_day", "last_day", "explanation"]
        help_texts = {"explanation": "Waaruit blijkt dat de afwezigheid geoorloofd is? Noem geen diagnose."}


class NotEnrolledForm(FactForm):
    class Meta:
        model = NotEnrolled
        fields = ["first_day", "how_known"]
        help_texts = {"how_known": "Bijvoorbeeld: lijst absoluut verzuim van DUO, of melding van de wijkagent."}


class GuardianForm(HouseModelForm):
    class Meta:
        model = Guardian
        fields = [
            "name",
            "kind",
            "relation",
            "gezag",
            "gezag_source",
            "gezag_on",
            "lives",
            "address",
            "secret_address",
            "phone",
            "email",
            "since",
            "until",
        ]
        help_texts = {
            "name": "Van een instelling: de naam van de instelling.",
            "relation": "Bijvoorbeeld moeder, vader, voogd. Twee moeders of twee vaders kan.",
            "gezag_source": "Bijvoorbeeld: gezagsregister, uitspraak, verklaring van de ouder.",
            "address": "Straat en nummer, postcode en plaats. Brieven gaan naar dit adres.",
            "secret_address": "Dan staat dit adres op geen brief klaar, en ziet u het alleen hier.",
            "since": "Laat leeg als dit altijd zo was.",
            "until": "Bijvoorbeeld: overleden, of de voogdij eindigde. Daarna krijgt deze persoon geen brieven meer.",
        }

    def clean(self):
        data = super().clean()
        if data.get("kind") == Guardian.Kind.GEZINSVOOGD and data.get("gezag") == Guardian.Gezag.YES:
            self.add_error("gezag", "Een gezinsvoogd heeft geen gezag: bij ondertoezichtstelling houden ouders dat.")
        if data.get("lives") == Guardian.Lives.WITH_CHILD and data.get("address"):
            self.add_error("address", "Laat dit leeg bij wie bij het kind woont: dan geldt het adres van het kind.")
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", "De laatste dag ligt voor de eerste dag.")
        if data.get("gezag") in ("ja", "nee") and not data.get("gezag_source"):
            self.add_error("gezag_source", "Schrijf op waaruit het gezag blijkt, of kies “gezag onbekend”.")
        return data


BORN_HELP = "Kent de BRP de dag niet? Vul dan een dag van die maand in (of van dat jaar) en kies wat bekend is."


class PupilForm(HouseModelForm):
    pgn = forms.CharField(
        label="BSN of onderwijsnummer",
        required=False,
        max_length=12,
        help_text="8 of 9 cijfers.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )
    born = DateField(label="Geboortedatum")

    class Meta:
        model = Pupil
        fields = [
            "first_names",
            "prefix",
            "last_name",
            "born",
            "born_known",
            "municipality",
            "secret_address",
            "address",
            "twelve_years_done",
            "startkwalificatie_on",
            "released",
        ]
        help_texts = {
            "born_known": BORN_HELP,
            "twelve_years_done": "De 31 juli waarop twaalf volledige schooljaren voorbij zijn.",
        }

    def __init__(self, *args, municipalities, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["municipality"].queryset = Municipality.objects.filter(code__in=municipalities)
        self.fields["municipality"].empty_label = "Kies een gemeente"
        self.fields["born_known"].required = False  # nearly always the whole date is known
        if self.instance.pk:
            self.fields["pgn"].help_text = f"Bekend: {self.instance.pgn_masked}. Vul alleen in om te wijzigen."

    def clean_pgn(self):
        text = self.cleaned_data["pgn"]
        if not text:
            return None
        try:
            return parse_pgn(text)
        except ValueError as problem:
            raise forms.ValidationError(str(problem)) from problem

    def clean_born(self):
        born, today = self.cleaned_data["born"], timezone.localdate()
        if odd := odd_birth(born, today, today):
            raise forms.ValidationError(f"{capfirst(odd)}.".replace("?.", "?").replace("was toen", "is"))
        return born

    def clean_born_known(self):
        return self.cleaned_data["born_known"] or Known.DAY.value

    def clean(self):
        data = super().clean()
        if data.get("born") and data.get("born_known"):
            data["born"] = first_possible(data["born"], data["born_known"])
        return data

    def clean_twelve_years_done(self):
        day = self.cleaned_data["twelve_years_done"]
        if day and (day.month, day.day) != (7, 31):
            raise forms.ValidationError("Dit moet een 31 juli zijn.")
        return day

    def save(self, commit=True):
        pupil = super().save(commit=False)
        if self.cleaned_data["pgn"]:
            pupil.set_pgn(self.cleaned_data["pgn"])
        if commit:
            pupil.save()
        return pupil


class NewPupilForm(PupilForm):
    """A child that came in without a report: less to fill in at the start."""

    class Meta(PupilForm.Meta):
        fields = ["first_names", "prefix", "last_name", "born", "born_known", "municipality", "secret_address"]
