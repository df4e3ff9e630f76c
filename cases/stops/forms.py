"""Planning a Thuiszitterstop, and what was said there about one dossier."""

from django import forms
from django.core.validators import MaxLengthValidator
from django.db.models import QuerySet
from django.utils import timezone

from cases.dossier.forms import LONG_TEXT, VersionMixin
from cases.meetings.minutes import HEALTH, AgreementRows, Owners
from cases.sight.naming import names_in
from cases.stops.models import Stop, StopCase
from cases.talks.moment import MomentForm
from thuiszitters.core.pages.forms import HouseModelForm
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.organisations import Organisation, OrganisationLink, Period
from thuiszitters.core.people.roles import Right

NEW_AGREEMENTS = 3
TERMS = {
    "": "alle open dossiers",
    "4-weken": "langer dan 4 lesweken",
    "6-weken": "langer dan 6 weken",
    "3-maanden": "langer dan 3 maanden",
}


class StopForm(MomentForm, VersionMixin):
    class Meta:
        model = Stop
        fields = ["region", "minutes", "place", "guests", "agenda"]
        widgets = {"guests": forms.Textarea(attrs={"rows": 5}), "agenda": forms.Textarea(attrs={"rows": 5})}
        labels = {"region": "Voor welke regio?", "place": "Waar?", "guests": "Wie komen er?", "agenda": "Agenda"}
        help_texts = {
            "place": "Een zaal, of online. Dit komt in de uitnodiging.",
            "guests": "Eén per regel: naam, organisatie. Ook landelijke partners. Geen namen van kinderen.",
            "agenda": "Eén punt per regel. De dossiers komen er vanzelf achter.",
        }

    def __init__(self, *args, regions, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["region"].queryset = regions
        if len(regions) == 1:
            self.initial.setdefault("region", regions[0].pk)
        self.order_fields(["region", "on", "at", "minutes", "place", "guests", "agenda"])


class StopCaseForm(AgreementRows, VersionMixin, HouseModelForm):
    """Before it: what is asked. From its beginning: what was said, what was agreed, what others can learn."""

    class Meta:
        model = StopCase
        fields = ["ask", "discussed", "lesson"]
        widgets = {
            "ask": forms.Textarea(attrs={"rows": 2}),
            "discussed": forms.Textarea(attrs={"rows": 5}),
            "lesson": forms.Textarea(attrs={"rows": 2}),
        }
        labels = {
            "ask": "Wat wordt er gevraagd?",
            "discussed": "Wat is er besproken?",
            "lesson": "Goed voorbeeld: wat hielp?",
        }
        help_texts = {
            "ask": "Komt op de bladzijde van dit kind. Zonder namen: ook wie geen namen krijgt, leest dit.",
            "discussed": f"{HEALTH} Alle partijen in dit dossier lezen dit.",
            "lesson": "Alleen als anderen ervan kunnen leren. Zonder namen.",
        }

    def __init__(self, *args, owners: Owners, **kwargs):
        super().__init__(*args, **kwargs)
        self.begun = self.instance.stop.has_begun
        self.fields["discussed"].validators.append(MaxLengthValidator(LONG_TEXT))
        self.add_agreement_rows(NEW_AGREEMENTS if self.begun else 0, owners)
        if not self.begun:
            del self.fields["discussed"]

    def clean_ask(self):
        return self._without_names("ask")

    def clean_lesson(self):
        return self._without_names("lesson")

    def _without_names(self, name: str) -> str:
        text = self.cleaned_data[name]
        if found := names_in(text, self.instance.case):
            raise forms.ValidationError(f"Hieraan is te zien wie het is: {', '.join(found)}. Schrijf het zonder.")
        return text

    def clean(self):
        data = super().clean()
        self.clean_agreements(data, self.instance.stop.on)
        return data


def regions_for(user) -> QuerySet[Organisation]:
    """The regions of which an own organisation, or a gemeente it acts for, is a member now."""
    access = access_of(user)
    own = access.organisations_with(Right.EXPORT)
    codes = access.municipalities_with(Right.EXPORT)
    links = OrganisationLink.objects.filter(Period.covers(timezone.localdate()), kind="has_member")
    mine = links.filter(other__in=own) | links.filter(other__kind="gemeente", other__code__in=codes)
    return Organisation.objects.filter(kind=Organisation.Kind.REGIO, pk__in=mine.values("organisation"))
