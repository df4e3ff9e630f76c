"""Planning a Thuiszitterstop, and what was said there about one dossier."""

from django import forms
from django.core.validators import MaxLengthValidator
from django.db.models import QuerySet

from cases.agreements.regions import regions_held_by, regions_of_members
from cases.barriers.models import Barrier
from cases.dossier.forms import LONG_TEXT, VersionMixin
from cases.meetings.minutes import HEALTH, AgreementRows, Owners
from cases.sight.naming import names_in
from cases.stops.choosing import MINE, ORDERS, ORDERS_OF_CHOOSING, TERMS, Choice
from cases.stops.models import Stop, StopCase
from cases.stops.queries import candidates
from cases.talks.moment import MomentForm
from leerplicht.models import Municipality
from leerplicht.schools.fields import SchoolField
from thuiszitters.core.pages.forms import HouseForm, HouseModelForm
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import User

NEW_AGREEMENTS = 3


class StopForm(MomentForm, VersionMixin):
    class Meta:
        model = Stop
        fields = ["region", "minutes", "place", "guests", "agenda"]
        widgets = {"guests": forms.Textarea(attrs={"rows": 5}), "agenda": forms.Textarea(attrs={"rows": 5})}
        labels = {"region": "Voor welke regio?", "place": "Waar?", "guests": "Wie komen er?", "agenda": "Agenda"}
        help_texts = {
            "place": "Een zaal, of online. Dit komt in de uitnodiging.",
            "guests": "Eén per regel: naam, organisatie. Ook landelijke partners. Geen namen van kinderen.",
            "agenda": "Eén punt per regel. De dossiers komen er vanzelf achter. De hele regio leest dit: geen namen.",
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


class ChooseForm(HouseForm):
    """What narrows the dossiers that can come on the agenda; stands in the address."""

    wie = forms.ChoiceField(label="Van wie?", required=False, choices=[("", "hele organisatie"), (MINE, "van mij")])
    termijn = forms.ChoiceField(label="Hoe lang thuis?", required=False)
    school = SchoolField(required=False, help_text="")
    vast = forms.ChoiceField(label="Waar zit het vast?", required=False)
    gemeente = forms.ModelChoiceField(
        Municipality.objects.none(), label="Gemeente", required=False, empty_label="alle gemeenten"
    )
    sorteer = forms.ChoiceField(label="Volgorde", required=False)
    ook = forms.BooleanField(label="Ook kinderen die nu niet thuis zitten", required=False)

    def __init__(self, *args, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        if not access_of(user).municipalities_with(Right.CASE_WORK):
            del self.fields["wie"]
        self.fields["termijn"].choices = [("", "maakt niet uit"), *TERMS.items()]
        self.fields["vast"].choices = [("", "maakt niet uit"), *Barrier.Kind.choices]
        orders = list(ORDERS_OF_CHOOSING.items())
        self.fields["sorteer"].choices = [("", orders[0][1]), *orders[1:]]
        there = Municipality.objects.filter(pk__in=candidates(user).order_by().values("municipality"))
        self.fields["gemeente"].queryset = there
        if len(there) < 2:
            del self.fields["gemeente"]
        for field in self.fields.values():
            field.error_messages["invalid_choice"] = "Kies iets uit de lijst."

    @property
    def choice(self) -> Choice:
        """What was filled in, once it is valid."""
        data = self.cleaned_data
        return Choice(
            mine=data.get("wie") == MINE,
            term=data["termijn"],
            school=data["school"],
            barrier=data["vast"],
            municipality=data.get("gemeente"),
            away=data["ook"],
            order=data["sorteer"],
        )


class SortForm(HouseForm):
    op = forms.ChoiceField(
        label="Hele agenda op volgorde van",
        choices=list(ORDERS.items()),
        error_messages={"invalid_choice": "Kies een volgorde uit de lijst."},
    )


def regions_for(user: User) -> QuerySet[Organisation]:
    """The regions for which the user can plan one: where an own organisation, or a gemeente it acts for, is a member,
    and those that the user coordinates."""
    mine = regions_of_members(user, Right.EXPORT) | regions_held_by(user, Right.REGION_EDIT)
    return Organisation.objects.filter(kind=Organisation.Kind.REGIO, pk__in=mine)
