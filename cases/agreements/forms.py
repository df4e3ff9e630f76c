"""Forms for what a region agrees: terms, mandates, convenants, action points."""

from pathlib import PurePath

from django import forms
from django.core.validators import MaxLengthValidator, MaxValueValidator
from django.utils import timezone

from cases.agreements.models import ActionPoint, Covenant, Mandate, RegionTerm, Signature
from cases.agreements.regions import members_of
from cases.dossier.forms import VersionMixin
from thuiszitters.core.pages.forms import DateField, HouseForm, HouseModelForm, whole_number
from thuiszitters.core.people.organisations import Membership, Period
from thuiszitters.core.people.roles import Role

LARGEST_FILE = 10 * 1024 * 1024
ENDING = 1024


class TermForm(HouseModelForm):
    replaces = forms.ModelChoiceField(
        RegionTerm.objects.none(),
        label="Welke termijn vervangt dit?",
        required=False,
        empty_label="geen, dit is een extra",
        help_text="Die eindigt dan op de dag ervoor. Wie eerder thuis kwam te zitten, houdt de oude termijn.",
    )

    class Meta:
        model = RegionTerm
        fields = ["kind", "amount", "unit", "warn_days", "valid_from", "source"]
        labels = {
            "kind": "Voor welke dossiers?",
            "amount": "Hoe lang",
            "unit": "Geteld in",
            "source": "Waar staat dit?",
        }

    valid_from = DateField(label="Geldig vanaf", help_text="Vandaag of later.")

    def __init__(self, *args, region, **kwargs):
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        running = RegionTerm.objects.filter(region=region).exclude(valid_until__lt=today)
        self.fields["replaces"].queryset = running.order_by("valid_from", "pk")
        self.fields["replaces"].label_from_instance = lambda t: (
            f"{t.amount} {t.get_unit_display()}, {t.get_kind_display()}"
        )
        self.fields["amount"].validators.append(MaxValueValidator(1000, "Kijk het getal na: dit is heel lang."))
        self.fields["warn_days"].validators.append(MaxValueValidator(365, "Hoogstens 365 dagen."))
        self.fields["amount"].min_value = 1

    def clean_amount(self):
        if not self.cleaned_data["amount"]:
            raise forms.ValidationError("Een termijn van 0 kan niet.")
        return self.cleaned_data["amount"]


class EndForm(HouseForm):
    """On which day an agreement ends; no field for one that has not begun."""

    last_day = DateField(label="Laatste dag", help_text="Tot en met deze dag geldt de afspraak nog.")

    def __init__(self, data=None, *args, begun: bool, **kwargs):
        super().__init__(data, *args, **kwargs)
        if not begun:
            del self.fields["last_day"]


class MandateForm(HouseModelForm):
    """Person and organisation come in one choice: who has the role of holder at a member of the region."""

    holder = forms.ModelChoiceField(
        Membership.objects.none(),
        label="Houder",
        help_text="Wie niet in de lijst staat, heeft de rol van houder nog niet.",
    )
    stand_in = forms.ModelChoiceField(
        Membership.objects.none(),
        label="Vervanger",
        required=False,
        empty_label="geen",
        help_text="Tekent als de houder er niet is. Van dezelfde organisatie.",
    )

    class Meta:
        model = Mandate
        fields = ["scope", "valid_from", "valid_until", "covenant", "source"]
        labels = {"source": "Waar staat dit?"}
        help_texts = {"valid_until": "Leeg als er nog geen einde is afgesproken."}

    valid_from = DateField(label="Geldig vanaf")
    valid_until = DateField(label="Geldig tot en met", required=False)

    def __init__(self, *args, region, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("holder", "stand_in"):
            self.fields[name].queryset = holders_in(region)
            self.fields[name].label_from_instance = lambda m: f"{m.user} ({m.organisation.name})"
        self.fields["covenant"].queryset = Covenant.objects.filter(region=region)
        self.fields["covenant"].empty_label = "staat niet in een convenant"
        self.order_fields(["scope", "holder", "stand_in"])

    def clean(self):
        data = super().clean()
        holder, stand_in = data.get("holder"), data.get("stand_in")
        if holder and stand_in and holder.user_id == stand_in.user_id:
            self.add_error("stand_in", "De vervanger is een ander dan de houder.")
        elif holder and stand_in and holder.organisation_id != stand_in.organisation_id:
            self.add_error("stand_in", "De vervanger is van dezelfde organisatie als de houder.")
        if holder:
            self.instance.person, self.instance.organisation = holder.user, holder.organisation
            self.instance.deputy = stand_in.user if stand_in else None
        return data


def holders_in(region):
    """Who has the role of holder today at an organisation of the region."""
    today = timezone.localdate()
    rows = Membership.objects.filter(
        Period.covers(today), role=Role.HOUDER, organisation__in=members_of(region, today), user__is_active=True
    )
    return rows.select_related("user", "organisation").order_by("organisation__name", "user__last_name", "pk")


class SeveralField(forms.ModelMultipleChoiceField):
    """Several rows; a number that no database can hold is a wrong choice and not an error of ours."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value):
        known = value if isinstance(value, list | tuple) else []
        return super().clean([v if whole_number(str(v)) is not None else 0 for v in known])


class CovenantForm(VersionMixin, HouseModelForm):
    class Meta:
        model = Covenant
        fields = ["title", "parties", "other_parties", "signed_on", "valid_from", "valid_until"]
        widgets = {"other_parties": forms.Textarea(attrs={"rows": 3})}
        field_classes = {"parties": SeveralField}
        help_texts = {"other_parties": "Eén per regel.", "valid_until": "Leeg als er nog geen einde is afgesproken."}

    signed_on = DateField(label="Getekend op", required=False)
    valid_from = DateField(label="Geldig vanaf")
    valid_until = DateField(label="Geldig tot en met", required=False)

    def __init__(self, *args, region, **kwargs):
        super().__init__(*args, **kwargs)
        members = members_of(region, timezone.localdate())
        if self.instance.pk:  # a party that left the region stays on the list
            members = members | self.instance.parties.all()
        self.fields["parties"].queryset = members.distinct()
        self.fields["other_parties"].validators.append(MaxLengthValidator(2000))

    def clean_signed_on(self):
        return not_in_future(self.cleaned_data["signed_on"])


def not_in_future(day):
    if day and day > timezone.localdate():
        raise forms.ValidationError("Deze dag is nog niet geweest.")
    return day


class CovenantFileForm(HouseForm):
    file = forms.FileField(
        label="Het getekende convenant",
        help_text="Een PDF van hoogstens 10 MB.",
        widget=forms.FileInput(attrs={"accept": "application/pdf"}),
        error_messages={"empty": "Dit bestand is leeg.", "invalid": "Kies een bestand."},
    )

    def clean_file(self):
        """By what is in it, not by its name."""
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError("Dit bestand is groter dan 10 MB.")
        content = file.read()
        if not content.startswith(b"%PDF-") or b"%%EOF" not in content[-ENDING:]:
            raise forms.ValidationError("Dit is geen PDF. Bewaar het document als PDF en kies het opnieuw.")
        self.content, self.file_name = content, PurePath(file.name.replace("\\", "/").replace("\0", "")).name
        return file


class SignatureForm(HouseModelForm):
    class Meta:
        model = Signature
        fields = ["organisation", "name", "function", "signed_on"]

    signed_on = DateField(label="Getekend op")

    def clean_signed_on(self):
        return not_in_future(self.cleaned_data["signed_on"])


class ActionPointForm(VersionMixin, HouseModelForm):
    class Meta:
        model = ActionPoint
        fields = ["title", "what", "goal", "lead", "lead_name", "due_on", "state"]
        widgets = {"what": forms.Textarea(attrs={"rows": 4}), "state": forms.RadioSelect}
        help_texts = {"what": "Geen namen van kinderen of ouders.", "lead": "De organisatie die dit trekt."}

    due_on = DateField(label="Uiterlijk op")

    def __init__(self, *args, region, **kwargs):
        super().__init__(*args, **kwargs)
        members = members_of(region, timezone.localdate())
        if self.instance.lead_id:
            members = members | type(region).objects.filter(pk=self.instance.lead_id)
        self.fields["lead"].queryset = members.distinct()
        states = ActionPoint.State
        self.fields["state"].choices = [(s.value, s.label) for s in (states.OPEN, states.RUNNING)]
        self.fields["what"].validators.append(MaxLengthValidator(2000))


class SettleForm(HouseForm):
    state = forms.ChoiceField(
        label="Hoe is het afgelopen?",
        choices=[("klaar", "klaar"), ("gestopt", "gestopt")],
        initial="klaar",
        widget=forms.RadioSelect,
    )
    result = forms.CharField(
        label="Wat kwam eruit?",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Bij stoppen: waarom.",
    )
