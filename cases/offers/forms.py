"""Forms for offers of a place."""

from django import forms
from django.utils import timezone

from cases.clock.presentation import current_school
from cases.dossier.forms import NO_HEALTH, VersionMixin, _not_ahead, _not_ahead_of
from cases.offers.build_up import BuildUpMixin
from cases.offers.models import Offer
from cases.offers.states import OfferMove
from cases.parts.matrix import Level
from cases.sight.seats import Sight
from leerplicht.schools.fields import SchoolField
from thuiszitters.core.pages.forms import DateField, HouseForm, HouseModelForm

OWN_SCHOOL = ("EIGEN_SCHOOL_VOLLEDIG", "EIGEN_SCHOOL_OPBOUW")
PLACE = ("kind", "school_code", "provider")


class TlvForm(VersionMixin, HouseModelForm):
    """Of an offer of another organisation: how it stands with the TLV, and no more."""

    class Meta:
        model = Offer
        fields = ["tlv", "tlv_on"]

    def __init__(self, *args, sight: Sight, **kwargs):
        super().__init__(*args, **kwargs)

    def clean(self):
        data = super().clean()
        if data.get("tlv_on"):
            _not_ahead_of(self, "tlv_on", data["tlv_on"])
        return data


class OfferForm(BuildUpMixin, VersionMixin, HouseModelForm):
    """A place with its hours; the build-up is a few rows of a day and the hours from then on."""

    school_code = SchoolField(required=False)

    class Meta:
        model = Offer
        fields = [
            "kind",
            "provider",
            "asked_on",
            "hours_start",
            "hours_full",
            "remarks",
            "tlv",
            "tlv_on",
            "transport",
            "transport_on",
            "care",
            "care_on",
        ]
        widgets = {"remarks": forms.Textarea(attrs={"rows": 3})}
        help_texts = {"provider": "Als het geen school is.", "remarks": NO_HEALTH}

    def __init__(self, *args, sight: Sight, **kwargs):
        super().__init__(*args, **kwargs)
        if sight.tlv < Level.WRITE:
            del self.fields["tlv"], self.fields["tlv_on"]
        if own := current_school(self.instance.case.pupil):
            own_too = f"Kiest u voor de eigen school ({own.name})? Dan kan dit leeg blijven."
            self.fields["school_code"].help_text = f"{self.fields['school_code'].help_text} {own_too}"
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
            if data.get("kind") in OWN_SCHOOL and not data["school_code"] and not data.get("provider"):
                self.instance.school = current_school(self.instance.case.pupil)
            if not self.instance.school and not data.get("provider"):
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
