"""Forms for enforcement: only the fields that belong to a kind of step."""

from django import forms
from django.utils import timezone

from cases.dossier.forms import VersionMixin, narrow
from cases.enforcement.models import EnforcementStep
from thuiszitters.core.pages.forms import DateField, HouseForm, HouseModelForm

ALWAYS, DAYS = ("on", "because"), ("days_from", "days_until")
FIELDS: dict[str, tuple[str, ...]] = {
    EnforcementStep.Kind.HELP: ALWAYS,
    EnforcementStep.Kind.CIVIL: ALWAYS,
    EnforcementStep.Kind.WARNING: ALWAYS,
    EnforcementStep.Kind.SVB: ALWAYS,
    EnforcementStep.Kind.HALT: (
        *ALWAYS,
        "hours",
        "late",
        "youth_agrees",
        "parents_agree",
        "own_choice",
        "untreated",
        "earlier",
        "with_om",
    ),
    EnforcementStep.Kind.PV: (
        *ALWAYS,
        "about",
        "days_from",
        "days_until",
        "heard_on",
        "convicted_before",
        "copy_sent_on",
    ),
}


class EnforcementForm(VersionMixin, HouseModelForm):
    class Meta:
        model = EnforcementStep
        fields = sorted({name for names in FIELDS.values() for name in names})
        widgets = {"because": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "days_from": "Op al deze dagen moet leerplicht of kwalificatieplicht gelden, zonder vrijstelling.",
            "parents_agree": "Nodig als de jongere nog geen 16 is.",
            "with_om": "Nodig boven 60 uur verzuim of 60 keer te laat.",
            "convicted_before": "Dan krijgt de Raad voor de Kinderbescherming een afschrift (art. 22 lid 5).",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        narrow(self, FIELDS[self.instance.kind])
        self.initial["on"] = self.initial.get("on") or timezone.localdate()
        if "about" in self.fields:
            for name in ("about", *DAYS):
                self.fields[name].required = True

    def clean(self):
        data = super().clean()
        for name in ("hours", "late"):
            if (data.get(name) or 0) > 2000:
                self.add_error(name, "Vul een aantal in tot en met 2000.")
        return data


class EndForm(HouseForm):
    on = DateField(label="Op welke dag?")
    positive = forms.ChoiceField(
        label="Hoe liep het af?", widget=forms.RadioSelect, choices=[("ja", "positief"), ("nee", "negatief")]
    )
    outcome = forms.CharField(label="Toelichting", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("on", timezone.localdate())
