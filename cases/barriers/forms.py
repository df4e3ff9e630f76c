"""Forms for what blocks the way back."""

from django import forms
from django.utils import timezone

from cases.barriers.models import Barrier
from cases.dossier.forms import NO_HEALTH, VersionMixin, _not_ahead, _not_ahead_of
from thuiszitters.core.pages.forms import DateField, HouseForm, HouseModelForm
from thuiszitters.core.people.organisations import Organisation


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
