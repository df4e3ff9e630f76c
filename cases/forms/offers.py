"""Forms for what blocks the way back and for offers of a place."""

from django import forms
from django.utils import timezone

from cases.forms.build_up import BuildUpMixin
from cases.forms.facts import SchoolField
from cases.forms.work import VersionMixin
from cases.models import Barrier, Offer
from cases.offers import OfferMove
from cases.parts import Level
from cases.sight import Sight
from thuiszitters.core.pages.forms import DateField, HouseForm, HouseModelForm
from thuiszitters.core.people.organisations import Organisation

PLACE = ("kind", "school_code", "provider")
NOT_YET = "Deze dag is nog niet geweest."
NO_HEALTH = "Schrijf hier niets over gezondheid; daarvoor is een aparte notitie."


class BarrierForm(VersionMixin, HouseModelForm):
    class Meta:
        model = Barrier
        fields = ["kind", "what", "owner", "owner_name", "asked_on", "promised_on", "decided_on"]
        help_texts = {
            "what": f"Eén zin. De andere partijen lezen dit. {NO_HEALTH}",
            "owner_name": "Naam en functie van wie u daar sprak.",
            "promised_on": "Op welke dag zou het opgelost zijn?",
            "decided_on": "Alleen bij een aanvraag: vervoer, TLV, indicatie, hulp of geld.",
        }

    def __init__(self, *args, case, own: Organisation | None, **kwargs):
        super().__init__(*args, **kwargs)
        involved = case.involvements.running().values("organisation")
        gemeente = Organisation.objects.filter(kind="gemeente", code=case.municipality_id)
        known = Organisation.objects.filter(pk__in=involved) | gemeente
        if own:
            known |= Organisation.objects.filter(pk=own.pk)
        if self.instance.owner_id:
            known |= Organisation.objects.filter(pk=self.instance.owner_id)
        self.fields["owner"].queryset = known.distinct()
        self.fields["owner"].empty_label = "nog niemand, of een ander (vul hieronder in)"
        self.initial["asked_on"] = self.initial.get("asked_on") or timezone.localdate()

    def clean_asked_on(self):
        return _not_ahead(self.cleaned_data["asked_on"])

    def clean(self):
        data = super().clean()
        asked, decided, kind = data.get("asked_on"), data.get("decided_on"), data.get("kind")
        if decided and kind not in Barrier.APPLIED_FOR:
            self.add_error("decided_on", "Bij deze belemmering is er geen aanvraag waarop een besluit komt.")
        for name in ("promised_on", "decided_on"):
            if asked and data.get(name) and data[name] < asked:
                self.add_error(name, "Deze dag ligt voor de dag waarop het is gevraagd.")
        if decided:
            _not_ahead_of(self, "decided_on", decided)
        return data


class SolveForm(HouseForm):
    on = DateField(label="Opgelost op")
    how = forms.CharField(label="Hoe is het opgelost?", max_length=300, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("on", timezone.localdate())


class OfferForm(BuildUpMixin, VersionMixin, HouseModelForm):
    """A place with its hours; the build-up is a few rows of a day and the hours from then on."""

    school_code = SchoolField(required=False)

    class Meta:
        model = Offer
        fields = ["kind", "provider", "asked_on", "hours_start", "hours_full", "remarks", "tlv", "tlv_on", "transport",
                  "transport_on", "care", "care_on"]  # fmt: skip
        widgets = {"remarks": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"provider": "Als het geen school is.", "remarks": NO_HEALTH}

    def __init__(self, *args, sight: Sight, **kwargs):
        super().__init__(*args, **kwargs)
        if sight.tlv < Level.WRITE:
            del self.fields["tlv"], self.fields["tlv_on"]
        self.initial["asked_on"] = self.initial.get("asked_on") or timezone.localdate()
        if self.instance.started_on:  # another place is another offer
            for name in PLACE:
                del self.fields[name]
        elif self.instance.school:
            self.fields["school_code"].initial = self.instance.school.code
        self.add_hours()

    def place_fields(self):
        return [self[name] for name in (*PLACE, "asked_on") if name in self.fields]

    def need_fields(self):
        names = ("tlv", "tlv_on", "transport", "transport_on", "care", "care_on")
        return [self[name] for name in names if name in self.fields]

    def clean_asked_on(self):
        return _not_ahead(self.cleaned_data["asked_on"])

    def clean(self):
        data = super().clean()
        if "school_code" in data:
            self.instance.school = data["school_code"] or None
            if not data["school_code"] and not data.get("provider"):
                self.add_error("school_code", "Vul een school in, of hieronder een instelling.")
        for name in ("tlv_on", "transport_on", "care_on"):
            if data.get(name):
                _not_ahead_of(self, name, data[name])
        self.clean_hours(data)
        return data


class OfferMoveForm(HouseForm):
    """The day of a move, and why where that is needed."""

    on = DateField()
    because = forms.CharField(max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, move: OfferMove, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].label = move.day
        self.fields["because"].label = "Waarom?" if move.needs_reason else "Toelichting"
        self.fields["because"].required = move.needs_reason
        if not move.ahead:
            self.initial.setdefault("on", timezone.localdate())


def _not_ahead(day):
    if day > timezone.localdate():
        raise forms.ValidationError(NOT_YET)
    return day


def _not_ahead_of(form, name: str, day) -> None:
    if day > timezone.localdate():
        form.add_error(name, NOT_YET)
