"""Planning a talk and calling it off."""

from django import forms

from cases.dossier.forms import VersionMixin
from cases.talks.models import Talk
from cases.talks.moment import MomentForm
from leerplicht.models import Guardian
from thuiszitters.core.pages.forms import HouseForm


class TalkForm(MomentForm, VersionMixin):
    """With whom, when and where. Who is ticked at first: each parent with gezag, and the child from 12."""

    class Meta:
        model = Talk
        fields = ["guardians", "child", "name", "minutes", "place"]
        widgets = {"guardians": forms.CheckboxSelectMultiple}
        labels = {"guardians": "Met welke ouders of verzorgers?", "name": "Met iemand anders", "place": "Waar?"}
        help_texts = {"name": "Bijvoorbeeld: de mentor, S. de Boer."}

    def __init__(self, *args, parents, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["guardians"]
        field.queryset = Guardian.objects.filter(pk__in=[g.pk for g in parents])
        field.label_from_instance = lambda g: f"{g.name} ({g.relation})"
        if not parents:
            del self.fields["guardians"]
            self.fields["name"].label = "Met wie?"
            self.fields["name"].help_text = "Bijvoorbeeld: de ouders. Nog geen ouder staat in het dossier."
        self.fields["minutes"].initial = 60
        self.order_fields(["guardians", "child", "name", "on", "at", "minutes", "place"])

    def save(self, commit=False):
        """The row, not saved, with who is spoken as `people`: the links are for the act."""
        row = super().save(commit=False)
        self.people = list(self.cleaned_data.get("guardians") or ())
        return row

    def clean(self):
        data = super().clean()
        if not (data.get("guardians") or data.get("child") or (data.get("name") or "").strip()):
            self.add_error("guardians" if "guardians" in self.fields else "name", "Kies met wie u spreekt.")
        return data


class CallOffForm(HouseForm):
    because = forms.CharField(label="Waarom gaat het niet door?", max_length=300)
