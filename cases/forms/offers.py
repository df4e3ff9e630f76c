"""Forms for what blocks the way back and for offers of a place."""

from datetime import date
from decimal import Decimal

from django import forms
from django.utils import timezone

from cases.forms.facts import SchoolField
from cases.forms.work import VersionMixin
from cases.models import Barrier, Offer
from cases.offers import OfferMove
from cases.parts import Level
from cases.sight import Sight
from thuiszitters.core.forms import DateField, HouseForm, HouseModelForm, dress
from thuiszitters.core.models import Organisation

STEPS = 4
PLACE = ("kind", "school_code", "provider")
MOST_HOURS = 40
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


class OfferForm(VersionMixin, HouseModelForm):
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
        for name in ("hours_start", "hours_full"):
            self.fields[name].min_value, self.fields[name].max_value = Decimal("0.5"), Decimal(MOST_HOURS)
            self.fields[name].widget.attrs |= {"min": "0.5", "max": MOST_HOURS, "step": "0.5"}
        self._add_steps()

    def _add_steps(self) -> None:
        stored = self.instance.build_up
        for n in range(STEPS):
            row = stored[n] if n < len(stored) else {}
            day = date.fromisoformat(row["from"]) if row else None
            self.fields[f"step_{n}_from"] = DateField(label=f"Vanaf ({n + 1})", required=False, initial=day)
            self.fields[f"step_{n}_hours"] = forms.DecimalField(
                label=f"Uren per week ({n + 1})", required=False, min_value=0, max_value=MOST_HOURS, max_digits=4,
                decimal_places=1, initial=row.get("hours"), localize=False,
            )  # fmt: skip
            for name in ("from", "hours"):
                dress(self.fields[f"step_{n}_{name}"])

    def step_fields(self):
        """The rows of the build-up for the template: pairs of a day and hours."""
        return [(self[f"step_{n}_from"], self[f"step_{n}_hours"]) for n in range(STEPS)]

    def place_fields(self):
        return [self[name] for name in (*PLACE, "asked_on") if name in self.fields]

    def hour_fields(self):
        return [self["hours_start"], self["hours_full"]]

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
        first, full = data.get("hours_start"), data.get("hours_full")
        for name, value in (("hours_start", first), ("hours_full", full)):
            if value is not None and not 0 < value <= MOST_HOURS:
                self.add_error(name, f"Vul een aantal uren in van een half tot {MOST_HOURS}.")
        if first and full and full < first:
            self.add_error("hours_full", "Dit is minder dan bij het begin.")
        for name in ("tlv_on", "transport_on", "care_on"):
            if data.get(name):
                _not_ahead_of(self, name, data[name])
        self.instance.build_up = self._build_up(data)
        return data

    def _build_up(self, data) -> list[dict[str, str]]:
        """The filled rows, in order of days; each with more hours than the one before."""
        rows = []
        for n in range(STEPS):
            day, hours = data.get(f"step_{n}_from"), data.get(f"step_{n}_hours")
            if bool(day) != (hours is not None):
                missing = "hours" if day else "from"
                if f"step_{n}_{missing}" not in self.errors:
                    self.add_error(f"step_{n}_{missing}", "Vul de dag en de uren samen in.")
            elif day:
                if rows and (day.isoformat() <= rows[-1]["from"] or hours < Decimal(rows[-1]["hours"])):
                    self.add_error(f"step_{n}_from", "Elke stap begint later en heeft niet minder uren.")
                rows.append({"from": day.isoformat(), "hours": f"{hours.normalize():f}"})
        return rows


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
