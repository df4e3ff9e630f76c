"""Forms for a doorzettingsbesluit: the request, what is decided, who was heard, what was weighed, and the signature."""

from collections.abc import Sequence

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils import timezone

from cases.agreements.models import Mandate
from cases.decisions.models import Decision, DecisionCondition, DecisionOption, DecisionParty
from cases.decisions.preconditions import OPP_HEARD, Check
from cases.dossier.forms import NO_HEALTH, NOT_YET, VersionMixin
from cases.handling.forms import MoveForm
from cases.offers.build_up import BuildUpMixin
from leerplicht.schools.fields import SchoolField
from thuiszitters.core.pages.forms import DateField, HouseForm, HouseModelForm, dress
from thuiszitters.core.people.organisations import Organisation

LONG_TEXT, ANSWER = 2000, 500


def rows(n: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": n})


class RequestForm(VersionMixin, HouseModelForm):
    scopes = forms.MultipleChoiceField(
        label="Waarover gaat het besluit?",
        choices=Mandate.Scope.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="Voor elk hiervan tekent wie daarvoor het mandaat heeft.",
    )

    class Meta:
        model = Decision
        fields = ["trigger", "question", "scopes"]
        widgets = {"trigger": rows(5), "question": rows(3)}
        help_texts = {
            "trigger": f"Wat lukt er niet, en wie kan dat nu niet oplossen? {NO_HEALTH}",
            "question": "Eén vraag. Bijvoorbeeld: op welke school begint het kind, en wanneer?",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["trigger"].validators.append(MaxLengthValidator(LONG_TEXT))

    def clean(self):
        data = super().clean()
        self.instance.scopes = data.get("scopes", [])
        return data


class ContentForm(BuildUpMixin, VersionMixin, HouseModelForm):
    """What is decided. Everything may stay empty until it is laid before the holder."""

    school_code = SchoolField(required=False)
    responsible_code = SchoolField(
        label="School die verantwoordelijk is",
        required=False,
        help_text="De school met zorgplicht: die zorgt dat het doorgaat. Typ een deel van de naam of de plaats.",
    )
    PLACE = ("kind", "school_code", "provider", "responsible_code", "start_on")

    class Meta:
        model = Decision
        fields = [
            "kind",
            "provider",
            "start_on",
            "hours_start",
            "hours_full",
            "because",
            "bridge",
            "funding",
            "teller",
            "tell_before",
        ]
        widgets = {"because": rows(4), "bridge": rows(3), "funding": rows(3)}
        help_texts = {
            "provider": "Als het geen school is.",
            "start_on": "Zonder begindatum is het besluit voorlopig.",
            "because": f"Ouders lezen dit in de brief. {NO_HEALTH}",
            "bridge": "Wat gebeurt er tot de eerste dag? Bijvoorbeeld les thuis, of twee uur per week wennen.",
            "funding": "School, samenwerkingsverband, gemeente, zorgverzekeraar (Zvw) of langdurige zorg (Wlz).",
            "teller": "Naam en functie.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["kind"].required = False
        self.fields["kind"].choices = [("", "Nog niet gekozen"), *self.fields["kind"].choices[1:]]
        for name in ("hours_start", "hours_full"):
            self.fields[name].required = False
        self.fields["because"].validators.append(MaxLengthValidator(LONG_TEXT))
        for name, school in (
            ("school_code", self.instance.school),
            ("responsible_code", self.instance.responsible_school),
        ):
            self.initial.setdefault(name, school.code if school else "")
        self.add_hours()

    def place_fields(self):
        return [self[name] for name in self.PLACE]

    def why_fields(self):
        return [self[name] for name in ("because", "bridge", "funding")]

    def tell_fields(self):
        return [self[name] for name in ("teller", "tell_before")]

    def clean(self):
        data = super().clean()
        if "school_code" in data:
            self.instance.school = data["school_code"] or None
        if "responsible_code" in data:
            self.instance.responsible_school = data["responsible_code"] or None
        if data.get("tell_before") and data["tell_before"] < timezone.localdate():
            self.add_error("tell_before", "Deze dag is al geweest.")
        if (data.get("hours_start") is None) != (data.get("hours_full") is None) and not self.errors.keys() & {
            "hours_start",
            "hours_full",
        }:
            self.add_error("hours_full", "Vul beide uren in, of geen van beide.")
        self.clean_hours(data)
        return data


class ChecksForm(VersionMixin, HouseModelForm):
    """What no row of the dossier can tell: answers to the preconditions (domain 4.5)."""

    ANSWERS: dict[str, tuple[str, str]] = {
        "P2": ("Kind niet gehoord: waarom niet?", f"Alleen als er geen gesprek met het kind was. {NO_HEALTH}"),
        "P5": ("Hoe staat het met het ontwikkelingsperspectief (OPP)?", "Datum, of waarom het er niet is."),
        OPP_HEARD: (
            "Is de leerling over het OPP gehoord (hoorrecht)?",
            f"Wanneer, en door wie? Of waarom niet, of waarom het niet speelt. {NO_HEALTH}",
        ),
        "P8": ("Zijn vervoer of jeugdhulp nodig?", f"Wat is aangevraagd, en wanneer? {NO_HEALTH}"),
        "P9": ("Is een onderwijsconsulent aangeboden of erbij?", "Wie, en wanneer?"),
        "P10": ("Is aan de meldcode en Veilig Thuis gedacht?", "Meer staat hier niet over veiligheid."),
        "P11": ("Loopt er een vrijstelling, een beroep daarop of een proces-verbaal?", ""),
    }
    # Of these parts others may know yes or no, and no word more (domain 8.2).
    CHOICES: dict[str, tuple[str, ...]] = {
        "P10": ("overwogen",),
        "P11": ("geen van beide", "vrijstelling of beroep", "proces-verbaal", "allebei"),
    }

    class Meta:
        model = Decision
        fields = ["medical"]
        help_texts = {"medical": "Hier staat niets over de gezondheid zelf, alleen of er advies is."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["medical"].choices = Decision.Medical.choices
        for code, (label, help_text) in self.ANSWERS.items():
            about = {
                "label": label,
                "help_text": help_text,
                "required": False,
                "initial": self.initial.get(code) or self.instance.answers.get(code, ""),
            }
            if code in self.CHOICES:
                choices = [("", "nog niet vastgelegd"), *((c, c) for c in self.CHOICES[code])]
                self.fields[code] = forms.ChoiceField(choices=choices, **about)
                dress(self.fields[code])
                continue
            self.fields[code] = forms.CharField(max_length=ANSWER, widget=forms.Textarea(attrs={"rows": 2}), **about)
            dress(self.fields[code])
        self.order_fields(["P2", "P5", OPP_HEARD, "medical", "P8", "P9", "P10", "P11"])

    def clean(self):
        data = super().clean()
        self.instance.answers = {code: data.get(code, "").strip() for code in self.ANSWERS}
        return data


class PartyForm(VersionMixin, HouseModelForm):
    class Meta:
        model = DecisionParty
        fields = ["who", "guardian", "name", "how", "on", "position", "disagrees"]
        widgets = {"position": rows(4)}
        help_texts = {"name": "Naam en functie; niet nodig bij een ouder of het kind.", "position": NO_HEALTH}

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["guardian"].queryset = case.pupil.guardians.running()
        self.fields["guardian"].empty_label = "niet van toepassing"
        self.fields["position"].validators.append(MaxLengthValidator(LONG_TEXT))

    def clean(self):
        data = super().clean()
        who, on = data.get("who"), data.get("on")
        if who == DecisionParty.Who.PARENT and not data.get("guardian"):
            self.add_error("guardian", "Kies welke ouder of verzorger.")
        if who and who != DecisionParty.Who.PARENT and data.get("guardian"):
            self.add_error("guardian", "Dit hoort alleen bij een ouder of verzorger.")
        if who not in (None, DecisionParty.Who.PARENT, DecisionParty.Who.CHILD) and not data.get("name"):
            self.add_error("name", "Wie sprak namens deze partij?")
        if data.get("how") in (DecisionParty.How.IN_PERSON, DecisionParty.How.IN_WRITING) and not on:
            if "on" not in self.errors:
                self.add_error("on", "Op welke dag?")
        elif on and on > timezone.localdate():
            self.add_error("on", NOT_YET)
        return data


class OptionForm(VersionMixin, HouseModelForm):
    class Meta:
        model = DecisionOption
        fields = ["what", "pro", "contra", "costs", "start_from", "failed_because"]
        widgets = {"pro": rows(3), "contra": rows(3), "failed_because": rows(3)}
        help_texts = {"failed_because": "Alleen als dit al is geprobeerd of aangeboden."}

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)


class ConditionForm(VersionMixin, HouseModelForm):
    class Meta:
        model = DecisionCondition
        fields = ["kind", "what", "organisation", "person", "due_on"]
        help_texts = {
            "what": NO_HEALTH,
            "organisation": "Doet zij mee in dit dossier, dan krijgt zij dit als stap.",
            "person": "Naam en functie van wie dit regelt.",
        }

    def __init__(self, *args, case, **kwargs):
        super().__init__(*args, **kwargs)
        involved = case.involvements.running().values("organisation")
        self.fields["organisation"].queryset = Organisation.objects.filter(pk__in=involved)
        self.fields["organisation"].empty_label = "de gemeente, of een ander"

    def clean_due_on(self):
        day = self.cleaned_data["due_on"]
        if day < timezone.localdate():
            raise forms.ValidationError("Deze dag is al geweest.")
        return day


class DecisionMoveForm(MoveForm):
    """A move of the text that was read: its version goes along."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)

    def __init__(self, *args, needs_reason: bool, version: int, **kwargs):
        super().__init__(*args, needs_reason=needs_reason, **kwargs)
        self.initial["version"] = version
        if not needs_reason:
            del self.fields["because"]


class SignForm(HouseForm):
    """A reason for each block that is not met, and the signature itself."""

    sure = forms.BooleanField(label="Ik heb dit besluit gelezen en teken het")

    def __init__(self, *args, blocked: Sequence[Check], version: int, **kwargs):
        super().__init__(*args, **kwargs)
        self.codes = [c.code for c in blocked]
        for check in blocked:
            self.fields[check.code] = forms.CharField(
                label=f"{check.label}: waarom tekent u toch?",
                help_text=check.why,
                max_length=ANSWER,
                widget=forms.Textarea(attrs={"rows": 3}),
                error_messages={"required": "Schrijf op waarom u toch tekent, of geef het besluit terug."},
            )
            dress(self.fields[check.code])
        self.fields["version"] = forms.IntegerField(
            widget=forms.HiddenInput, initial=version, min_value=1, max_value=2**31 - 1
        )
        self.order_fields([*self.codes, "sure"])

    def reasons(self) -> dict[str, str]:
        return {code: self.cleaned_data[code] for code in self.codes}


class ToldForm(HouseForm):
    whom = forms.ChoiceField(label="Aan wie?")
    on = DateField(label="Op welke dag?")
    teller = forms.CharField(label="Wie vertelde het?", max_length=100)
    how = forms.CharField(
        label="Hoe, of waarom niet?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Bijvoorbeeld: thuis, samen met de mentor.",
    )

    def __init__(self, *args, people: Sequence[tuple[int | None, str]], teller: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["whom"].choices = [("", "Maak een keuze"), *[(str(pk or "kind"), name) for pk, name in people]]
        self.initial |= {"on": timezone.localdate(), "teller": teller}
