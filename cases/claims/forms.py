"""Forms for a claim on an exemption or a request: only the fields that belong to its ground."""

from django import forms
from django.conf import settings
from django.utils import timezone

from cases.claims.models import ExemptionClaim
from cases.dossier.forms import VersionMixin, narrow
from leerplicht.law.claims import Ground, holds_until
from thuiszitters.core.pages.forms import DateField, HouseForm, HouseModelForm

ALWAYS = ("received_on", "first_day")
BEFORE = ("earlier", "previous_until", "school_since")
EXPERT = (*BEFORE, "statement_on", "expert", "expert_kind", "designated", "treats", "permanent", "advice_on")
PLAN = ("statement_on", "board_agreed_on", "heard_on", "head_heard_on", "previous_until", "head_statement_on")
FIELDS: dict[str, tuple[str, ...]] = {
    Ground.ART_5_ONDER_A: (*ALWAYS, *EXPERT),
    Ground.ART_5_ONDER_B: (*ALWAYS, *BEFORE, "statement_on", "notice_on", "last_at_direction"),
    Ground.ART_5_ONDER_C: (*ALWAYS, *BEFORE, "statement_on", "attends"),
    Ground.ART_3A: (*ALWAYS, *PLAN),
    Ground.ART_3B: (*ALWAYS, *(name for name in PLAN if name != "board_agreed_on")),
    Ground.ART_15: (*ALWAYS, "statement_on", "heard_on"),
    Ground.LEAVE: (*ALWAYS, "asked_until", "days", "granted", "head_heard_on"),
}
STATEMENTS: dict[str, str] = {
    Ground.ART_5_ONDER_B: "datum van de verklaring van de ouders",
    Ground.ART_5_ONDER_C: "datum van de verklaring van de school",
    Ground.ART_3A: "datum van het plan van aanpak",
    Ground.ART_3B: "datum van het plan van de instelling",
    Ground.ART_15: "datum van het bewijs van ander onderwijs",
}
NO_FORMER = "Leeg als dit de eerste keer is."
# Where a field asks something else than with the other grounds.
LABELS: dict[str, dict[str, str]] = {
    Ground.ART_3A: {"previous_until": "verlenging: de vorige vervangende leerplicht loopt tot en met"},
    Ground.ART_3B: {
        "previous_until": "kind komt uit vervangende leerplicht (art. 3a), die liep tot en met",
        "head_heard_on": "hoofden van de school en de mbo-instelling gehoord op",
    },
}


class ClaimForm(VersionMixin, HouseModelForm):
    class Meta:
        model = ExemptionClaim
        fields = sorted({name for names in FIELDS.values() for name in names})
        help_texts = {
            "expert": "Alleen wie de verklaring gaf en wanneer. Schrijf niet op wat erin staat.",
            "notice_on": "De datum die ouders erop zetten. Leeg: de dag van ontvangst telt.",
            "previous_until": "Nodig als er eerder een vrijstelling was. Wat in het dossier staat, gaat voor.",
            "school_since": "Dan is dit geen verlenging, en kan een beroep ook na 30 juni.",
            "treats": "Alleen de behandelend arts kan de verklaring niet geven.",
            "days": "Schooldagen: vakanties en vrije dagen tellen niet mee.",
            "designated": "Alleen een verklaring van een aangewezen arts, pedagoog of psycholoog telt.",
            "last_at_direction": "Laat leeg als het kind nooit op zo’n school zat.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        narrow(self, FIELDS[self.instance.ground])
        since = settings.WET_TERUGDRINGEN_SCHOOLVERZUIM_VANAF
        if "advice_on" in self.fields and since:
            self.fields["advice_on"].help_text = f"Nodig bij een beroep dat op of na {since:%d-%m-%Y} is ontvangen."
        elif "advice_on" in self.fields:
            del self.fields["advice_on"]
        if "statement_on" in self.fields and self.instance.ground in STATEMENTS:
            self.fields["statement_on"].label = STATEMENTS[self.instance.ground].capitalize()
        self.initial["received_on"] = self.initial.get("received_on") or timezone.localdate()
        for name, label in LABELS.get(self.instance.ground, {}).items():
            self.fields[name].label = label.capitalize()
            self.fields[name].help_text = NO_FORMER if name == "previous_until" else ""
        if "granted" in self.fields:
            self.fields["granted"].required = False
            self.fields["days"].required = self.fields["asked_until"].required = True
            for name in ("days", "granted"):
                self.fields[name].max_value = 366
                self.fields[name].widget.attrs["max"] = 366

    def clean_granted(self):
        return self.cleaned_data["granted"] or 0

    def clean(self):
        data = super().clean()
        for name in ("days", "granted"):
            if (data.get(name) or 0) > 366:
                self.add_error(name, "Vul een aantal dagen in tot en met 366.")
        return data


class JudgeForm(HouseForm):
    """The outcome in words that fit: valid or not by law, granted or refused where somebody decides."""

    outcome = forms.ChoiceField(label="Wat is uw oordeel?", widget=forms.RadioSelect)
    because = forms.CharField(label="Waarom?", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    last_day = DateField(label="Tot en met", required=False, help_text="Hoogstens tot het einde van het schooljaar.")
    come_back = forms.CharField(
        label="Wat moet er waar zijn om terug te komen?",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Nodig als het geldt. Hier kijkt u naar als u opnieuw kijkt. Schrijf hier niets over gezondheid.",
    )
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    def __init__(self, *args, row: ExemptionClaim, **kwargs):
        super().__init__(*args, **kwargs)
        state = ExemptionClaim.State
        outcomes = (state.GRANTED, state.REFUSED) if row.is_decided else (state.VALID, state.INVALID)
        self.fields["outcome"].choices = [(s.value, s.label) for s in (*outcomes, state.WITHDRAWN)]
        self.initial |= {"version": row.version}
        if row.ground == Ground.LEAVE:
            del self.fields["come_back"]
            self.initial.setdefault("last_day", row.asked_until)
            self.fields["last_day"].help_text = f"Hoogstens {row.days} schooldagen vanaf de eerste dag."
        elif not row.permanent:
            self.initial.setdefault("last_day", holds_until(row.first_day))


class ToldForm(VersionMixin, HouseModelForm):
    class Meta:
        model = ExemptionClaim
        fields = ["sent_on"]
        help_texts = {"sent_on": "De dag waarop het besluit op de post of in de mail ging, of is gegeven."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sent_on"].required = True


class ObjectionForm(VersionMixin, HouseModelForm):
    class Meta:
        model = ExemptionClaim
        fields = ["objected_on", "objection"]
        widgets = {"objection": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"objection": "Vul dit in als erop is beslist."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["objected_on"].required = True
