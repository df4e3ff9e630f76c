"""For whom a pack is, how much is in it, and in which form."""

from django import forms

from cases.dossier.taking_part import Involvement
from cases.sight.naming import whole_names_in
from cases.stops.models import Stop
from reporting.packs.models import Pack
from reporting.papers.variants import VARIANTS, Variant
from thuiszitters.core.pages.forms import HouseForm
from thuiszitters.core.people.organisations import Organisation

SHORTEST = 12


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

    def __init__(self, *args, stop: Stop, **kwargs):
        super().__init__(*args, **kwargs)
        self.stop = stop
        self.partners = {str(o.pk): o for o in partners_of(stop)}
        words = {v: f"{i.word[0].upper()}{i.word[1:]}: {i.for_whom}" for v, i in VARIANTS.items()}
        self.fields["level"].choices = [
            (Variant.PSEUDONIEM.value, words[Variant.PSEUDONIEM]),
            (Variant.AANTALLEN.value, words[Variant.AANTALLEN]),
            (Variant.VOLLEDIG.value, f"Met namen: alleen binnen {stop.organisation.name}"),
            *[(f"partner-{pk}", f"Voor {o.name}: wat met hen is gedeeld") for pk, o in self.partners.items()],
        ]
        self.fields["level"].help_text = (
            "Een bestuur of wethouder krijgt nooit namen. Een partner krijgt kinderen die niet met hem zijn gedeeld "
            "zonder naam."
        )
        self.fields["level"].initial = Variant.PSEUDONIEM.value

    def clean_password(self):
        password = self.cleaned_data["password"]
        if password and self.cleaned_data.get("form") != Pack.Form.ZIP:
            raise forms.ValidationError("Alleen een ZIP kan een wachtwoord hebben. Kies een ZIP of laat dit leeg.")
        if password and len(password) < SHORTEST:
            raise forms.ValidationError("Kies een wachtwoord van minstens 12 tekens.")
        return password

    def clean(self):
        data = super().clean()
        kind, _, pk = data.get("level", "").partition("-")
        self.variant = Variant(kind) if kind else None
        self.partner: Organisation | None = self.partners.get(pk)
        if self.partner or kind == Variant.VOLLEDIG:  # with names it goes to an organisation that may read them
            data["recipient"] = (self.partner or self.stop.organisation).name
        elif kind and not data.get("recipient"):
            self.add_error("recipient", "Vul in voor wie het is.")
        if self.variant and self.variant != Variant.VOLLEDIG:
            everybody = self.stop.cases.select_related("case__pupil")
            self.named = everybody.prefetch_related("case__pupil__guardians", "case__pupil__enrolments__school")
            if not self.partner:
                self._without_names("recipient", data.get("recipient", ""), "Hieraan")
            self._without_names(None, self.stop.agenda, "Aan de agenda van deze Thuiszitterstop")
        return data

    def _without_names(self, field: str | None, text: str, where: str) -> None:
        """What is typed stands on the cover, also for who may not know about whom it is."""
        for row in self.named if text else ():
            if found := whole_names_in(text, row.case):
                self.add_error(field, f"{where} is te zien wie het is: {', '.join(found)}. Schrijf het zonder.")
                return


def partners_of(stop: Stop):
    """Organisations that take part in a dossier on the agenda now, other than the own one."""
    running = Organisation.objects.filter(involvements__in=_running(stop)).exclude(pk=stop.organisation_id)
    return running.distinct().order_by("kind", "name")


def _running(stop: Stop):
    return Involvement.objects.running().filter(case__in=stop.cases.values("case"))
