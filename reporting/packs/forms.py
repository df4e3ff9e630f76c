"""For whom a pack is, how much is in it, and in which form."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django import forms
from django.db.models import QuerySet

from cases.dossier.taking_part import Involvement
from cases.sharing.rules import ROLES_OF_KIND
from cases.sight.naming import whole_names_in
from cases.stops.models import Stop
from cases.stops.queries import seen_by
from reporting.packs.models import Pack
from reporting.papers.variants import VARIANTS, Variant, Whom
from thuiszitters.core.pages.forms import HouseForm
from thuiszitters.core.people.access import access_of
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import User

SHORTEST = 12


@dataclass(frozen=True)
class PackReader:
    """Somebody for whom a pack of a Thuiszitterstop can be made. `organisation`: who it is, where the choice says so;
    `partner`: the same, where that is another than the one that prepares it."""

    variant: Variant
    organisation: Organisation | None = None
    partner: Organisation | None = None

    @property
    def key(self) -> str:
        return f"{self.variant}-{self.partner.pk}" if self.partner else self.variant.value

    @property
    def choice(self) -> str:
        return VARIANTS[self.variant].choice_of_pack(self.organisation.name if self.organisation else "")

    @property
    def is_outside(self) -> bool:
        """Whether it leaves the organisation that prepares it, so that what is typed may name no child."""
        return not self.organisation or bool(self.partner)


def readers_of(stop: Stop, user: User) -> list[PackReader]:
    """All that can be chosen by who makes it: without names first, then in the order of VARIANTS."""
    offered = sorted((v for v, info in VARIANTS.items() if info.pack), key=lambda v: VARIANTS[v].named)
    return [reader for variant in offered for reader in _OF_WHOM[VARIANTS[variant].whom](variant, stop, user)]


_OF_WHOM: dict[Whom, Callable[[Variant, Stop, User], Iterable[PackReader]]] = {
    Whom.OWN: lambda variant, stop, user: [PackReader(variant, maker_of(stop, user))],
    Whom.PARTNER: lambda variant, stop, user: [PackReader(variant, o, partner=o) for o in partners_of(stop, user)],
    Whom.ANYBODY: lambda variant, stop, user: [PackReader(variant)],
}


def maker_of(stop: Stop, user: User) -> Organisation:
    """For which organisation somebody makes a pack: the one that plans it, when that is an own one, else an own one of
    its region."""
    access = access_of(user)
    if stop.organisation_id in access.organisations_with(Right.EXPORT):
        return stop.organisation
    return access.organisation_with(Right.EXPORT)


class PackForm(HouseForm):
    level = forms.ChoiceField(label="Hoeveel krijgt de lezer te zien?")
    recipient = forms.CharField(
        label="Voor wie is het?",
        max_length=200,
        required=False,
        help_text="Staat op elke bladzijde. Alleen nodig zonder namen of bij alleen aantallen.",
    )
    form = forms.ChoiceField(
        label="In welke vorm?", choices=Pack.Form.choices, initial=Pack.Form.PAGES, widget=forms.RadioSelect
    )
    password = forms.CharField(
        label="Wachtwoord voor de ZIP",
        max_length=100,
        required=False,
        strip=False,
        help_text="Minstens 12 tekens. Leeg: geen wachtwoord. Geef het langs een andere weg dan het bestand.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args, stop: Stop, user: User, **kwargs):
        super().__init__(*args, **kwargs)
        self.stop, self.user = stop, user
        self.readers = {reader.key: reader for reader in readers_of(stop, user)}
        self.fields["level"].choices = [(key, reader.choice) for key, reader in self.readers.items()]
        self.fields["level"].help_text = (
            "Een bestuur of wethouder krijgt nooit namen. Een partner krijgt kinderen die niet met hem zijn gedeeld "
            "zonder naam."
        )
        self.fields["level"].initial = next(iter(self.readers))

    def clean_password(self):
        password = self.cleaned_data["password"]
        if password and self.cleaned_data.get("form") != Pack.Form.ZIP:
            raise forms.ValidationError("Alleen een ZIP kan een wachtwoord hebben. Kies een ZIP of laat dit leeg.")
        if password and len(password) < SHORTEST:
            raise forms.ValidationError("Kies een wachtwoord van minstens 12 tekens.")
        return password

    def clean(self):
        data = super().clean()
        self.reader = self.readers.get(data.get("level", ""))
        if not self.reader:
            return data
        if self.reader.organisation:  # with names it goes to an organisation that may read them
            data["recipient"] = self.reader.organisation.name
        elif not data.get("recipient"):
            self.add_error("recipient", "Vul in voor wie het is.")
        if self.reader.is_outside:
            self._check_names("" if self.reader.organisation else data.get("recipient", ""))
        return data

    def _check_names(self, recipient: str) -> None:
        everybody = seen_by(self.stop, self.user).select_related("case__pupil")
        self.named = everybody.prefetch_related("case__pupil__guardians", "case__pupil__enrolments__school")
        self._without_names("recipient", recipient, "Hieraan")
        self._without_names(None, self.stop.agenda, "Aan de agenda van deze Thuiszitterstop")

    def _without_names(self, field: str | None, text: str, where: str) -> None:
        """What is typed stands on the cover, also for who may not know about whom it is."""
        for row in self.named if text else ():
            if found := whole_names_in(text, row.case):
                self.add_error(field, f"{where} is te zien wie het is: {', '.join(found)}. Schrijf het zonder.")
                return


def partners_of(stop: Stop, user: User) -> QuerySet[Organisation]:
    """Organisations that take part now in a dossier on the agenda that this user sees, other than the own one."""
    seen = Involvement.objects.running().filter(case__in=seen_by(stop, user).values("case"))
    running = Organisation.objects.filter(involvements__in=seen, kind__in=ROLES_OF_KIND)
    running = running.exclude(pk=maker_of(stop, user).pk)
    return running.distinct().order_by("kind", "name")
