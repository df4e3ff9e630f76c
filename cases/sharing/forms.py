"""Forms for sharing a dossier, asking another organisation, consent, and emergency access."""

from datetime import timedelta

from django import forms
from django.utils import timezone

from cases.dossier.models import Case
from cases.dossier.taking_part import Consent, Involvement
from cases.parts.matrix import PARTS, SHAREABLE, USUAL
from cases.sharing.models import Referral
from cases.sharing.rules import ROLES_OF_KIND, shareable_with
from thuiszitters.core.pages.forms import DateField, HouseForm, HouseModelForm
from thuiszitters.core.people.organisations import Organisation

USUAL_DAYS, LONGEST_DAYS = 365, 3 * 365
NOT_YET = "Deze dag is nog niet geweest."


def may_take_part(case: Case):
    """Organisations whose people can take part in a dossier: schools, care and samenwerkingsverbanden. A public list:
    it says nothing about children."""
    kinds = [kind for kind in ROLES_OF_KIND if kind != Organisation.Kind.GEMEENTE]
    return Organisation.objects.filter(kind__in=kinds).order_by("kind", "name")


class PartsMixin(HouseModelForm):
    """The parts that are shared, and until when."""

    def prepare_parts(self) -> None:
        self.fields["parts"] = forms.MultipleChoiceField(
            label="Wat mag deze organisatie zien?",
            required=False,
            widget=forms.CheckboxSelectMultiple,
            choices=[(p.value, f"{PARTS[p].word.capitalize()}: {_small(PARTS[p].meaning)}") for p in SHAREABLE],
            initial=[p.value for p in USUAL],
            help_text="Wie het kind is gaat altijd mee. Het BSN nooit. Gezondheid alleen met toestemming.",
        )
        self.fields["until"].required = True
        self.initial["until"] = self.initial.get("until") or timezone.localdate() + timedelta(days=USUAL_DAYS)

    def clean_until(self):
        until, today = self.cleaned_data["until"], timezone.localdate()
        if until < today:
            raise forms.ValidationError("Deze dag is al geweest.")
        if until > today + timedelta(days=LONGEST_DAYS):
            raise forms.ValidationError("Kies een dag binnen drie jaar. Later kunt u opnieuw delen.")
        return until

    def fit_parts(self, organisation, parts) -> list[str]:
        """Only what such an organisation may see at all; the rest was no choice for it."""
        fitting = {p.value for p in shareable_with(organisation.kind)}
        return [p for p in parts if p in fitting]


def _small(sentence: str) -> str:
    """A name such as Halt keeps its capital."""
    return sentence if sentence.startswith("Halt") else sentence[0].lower() + sentence[1:]


class ConsentFields(HouseForm):
    """Who agreed, to what, and when. Only looked at when it is needed."""

    by_parents = forms.BooleanField(label="De ouders met gezag gaven toestemming", required=False)
    by_youth = forms.BooleanField(label="Het kind gaf zelf toestemming", required=False)
    scope = forms.CharField(label="Waarvoor is de toestemming?", required=False, max_length=300)
    given_on = DateField(label="Toestemming gegeven op", required=False)
    health = forms.BooleanField(
        label="De toestemming geldt ook voor gegevens over gezondheid",
        required=False,
        help_text="Alleen dan ziet de andere organisatie wat u over gezondheid vastlegde.",
    )

    def clean_given_on(self):
        if (day := self.cleaned_data["given_on"]) and day > timezone.localdate():
            raise forms.ValidationError(NOT_YET)
        return day

    def require(self) -> bool:
        """Add an error to what is missing; True when it is complete."""
        data = self.cleaned_data
        if not (data.get("by_parents") or data.get("by_youth")):
            self.add_error("by_parents", "Kruis aan wie toestemming gaf.")
        for name in ("scope", "given_on"):
            if not data.get(name) and name not in self.errors:
                self.add_error(name, "Vul dit in.")
        return not self.errors

    def consent(self, case, *, owner, recipient) -> Consent:
        names = ("by_parents", "by_youth", "scope", "given_on", "health")
        return Consent(case=case, owner=owner, recipient=recipient, **{name: self.cleaned_data[name] for name in names})


class InvolvementForm(PartsMixin, HouseModelForm):
    class Meta:
        model = Involvement
        fields = ["organisation", "ground", "explanation", "until", "told_on"]
        help_texts = {
            "told_on": "Vertel ouders en kind met wie u deelt. Leeg: dat moet nog gebeuren.",
            "until": "Daarna ziet de organisatie dit dossier niet meer. Eerder stoppen kan altijd.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = may_take_part(self.instance.case)
        self.prepare_parts()
        self.order_fields(["organisation", "parts", "ground", "explanation", "until", "told_on"])

    def clean_told_on(self):
        if (day := self.cleaned_data["told_on"]) and day > timezone.localdate():
            raise forms.ValidationError(NOT_YET)
        return day

    def clean(self):
        data = super().clean()
        if data.get("organisation"):
            data["parts"] = self.fit_parts(data["organisation"], data.get("parts", []))
            self.instance.parts = data["parts"]
        self.instance.since = timezone.localdate()
        return data


class ReferralForm(PartsMixin, HouseModelForm):
    """Ask an organisation to take part."""

    class Meta:
        model = Referral
        fields = ["to_organisation", "question", "ground", "until"]
        widgets = {"question": forms.Textarea(attrs={"rows": 4})}
        labels = {"question": "Wat vraagt u?"}
        help_texts = {"question": "De ander leest dit voordat die meedoet. Noem geen naam en geen gezondheid."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["to_organisation"].queryset = may_take_part(self.instance.case)
        # Consent is recorded when sharing; a question to take part rests on the task or on the convenant.
        self.fields["ground"].choices = [("", "Maak een keuze"), *Involvement.Ground.choices[:2]]
        self.fields["ground"].required = True
        self.prepare_parts()
        self.order_fields(["to_organisation", "question", "parts", "ground", "until"])

    def clean(self):
        data = super().clean()
        if data.get("to_organisation"):
            self.instance.parts = self.fit_parts(data["to_organisation"], data.get("parts", []))
        return data


class HandOverForm(HouseModelForm):
    """Ask another gemeente to take the dossier over."""

    class Meta:
        model = Referral
        fields = ["to_organisation", "question"]
        widgets = {"question": forms.Textarea(attrs={"rows": 4})}
        labels = {"to_organisation": "Aan welke gemeente?", "question": "Waarom draagt u het dossier over?"}
        help_texts = {"question": "Bijvoorbeeld: het kind is verhuisd, met het nieuwe adres volgens de BRP."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        gemeenten = Organisation.objects.filter(kind=Organisation.Kind.GEMEENTE).exclude(code="")
        self.fields["to_organisation"].queryset = gemeenten.exclude(code=self.instance.case.municipality_id)


class AnswerForm(HouseForm):
    answer = forms.CharField(
        label="Uw antwoord",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Verplicht als u het verzoek afwijst.",
    )


class LeaveForm(HouseForm):
    because = forms.CharField(
        label="Waarom doet uw organisatie niet meer mee?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="De gemeente leest dit. Daarna ziet u dit dossier niet meer.",
    )


class ConsentForm(ConsentFields):
    """Consent on its own: another party may see the health data that the own organisation recorded."""

    recipient = forms.ModelChoiceField(Organisation.objects.none(), label="Welke organisatie mag ze zien?")

    def __init__(self, *args, recipients, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["recipient"].queryset = recipients
        del self.fields["health"]
        for name in ("scope", "given_on"):
            self.fields[name].required = True
        self.order_fields(["recipient", "by_parents", "by_youth", "scope", "given_on"])

    def clean(self):
        data = super().clean()
        data["health"] = True
        return data


class EmergencyForm(HouseForm):
    number = forms.RegexField(
        r"(?i)^\s*tz-\d{4}-\d{4}-\d{1,6}\s*$",
        label="Dossiernummer",
        max_length=20,
        error_messages={"invalid": "Een dossiernummer ziet er zo uit: TZ-0356-2026-0012."},
    )
    reason = forms.CharField(
        label="Waarom moet u dit dossier nu openen?",
        min_length=20,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Ten minste 20 tekens. De eigenaar van het dossier leest dit.",
    )
