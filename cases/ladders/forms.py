"""Forms for the stappenplan of a region."""

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from cases.dossier.forms import VersionMixin
from cases.steps.ladder import Count, Span
from cases.steps.models import Ladder, LadderRung
from thuiszitters.core.pages.forms import DateField, HouseForm, HouseModelForm

LONGEST_DAYS = 3 * 365
TOO_LONG = "Dit is langer dan drie jaar. Kijk het getal na."


class DraftForm(VersionMixin, HouseModelForm):
    """From which day a version holds, and where it is written."""

    class Meta:
        model = Ladder
        fields = ["kind", "valid_from", "source"]
        labels = {"source": "Waar staat dit?", "kind": "Voor welke dossiers?"}
        help_texts = {
            "kind": "Is er voor een soort geen eigen stappenplan, dan geldt dat voor alle dossiers.",
            "source": "Bijvoorbeeld: besluit van de stuurgroep van 3 november 2026.",
        }

    valid_from = DateField(
        label="Geldig vanaf",
        help_text="Het stappenplan telt voor kinderen die op of na deze dag thuis komen te zitten.",
    )


class RungForm(HouseModelForm):
    """One step. `version` is that of the stappenplan: two people do not change it at once."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**31 - 1)
    place = forms.TypedChoiceField(label="Plaats in het stappenplan", coerce=int)

    class Meta:
        model = LadderRung
        fields = [
            "name",
            "trigger",
            "owner",
            "after_amount",
            "after_count",
            "term_amount",
            "term_count",
            "actions",
            "closed_by",
        ]
        labels = {"after_count": "Geteld in", "term_count": "Die tijd geteld in", "term_amount": "Mag hoogstens duren"}
        widgets = {"actions": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "after_amount": "Geteld vanaf de eerste dag thuis. 0 is de eerste dag zelf.",
            "term_amount": "Leeg laten als er geen termijn is.",
            "closed_by": "Wordt dat vastgelegd, dan is deze stap daarmee gedaan.",
            "trigger": "Waaraan ziet iemand dat deze stap nodig is?",
        }

    def __init__(self, *args, ladder: Ladder, **kwargs):
        super().__init__(*args, **kwargs)
        others = [r for r in ladder.rungs.all() if r.pk != self.instance.pk]
        self.fields["place"].choices = [
            (0, "als eerste stap"),
            *((n + 1, f"na: {rung.name}") for n, rung in enumerate(others)),
        ]
        new = self.instance.pk is None
        self.initial["place"] = len(others) if new else self.instance.position
        self.initial["version"] = ladder.version
        self._only("after_amount", 0, "Vul 0 of meer in.")
        self._only("term_amount", 1, "Een termijn van 0 kan niet. Laat leeg als er geen termijn is.")
        self.order_fields(["name", "place"])

    def _only(self, name: str, least: int, message: str) -> None:
        field = self.fields[name]
        keep = [v for v in field.validators if not isinstance(v, MinValueValidator | MaxValueValidator)]
        field.validators = [*keep, MinValueValidator(least, message), MaxValueValidator(LONGEST_DAYS, TOO_LONG)]

    def clean(self):
        data = super().clean()
        if bool(data.get("term_amount")) != bool(data.get("term_count")) and "term_amount" not in self.errors:
            self.add_error("term_count", "Vul de termijn en de eenheid allebei in, of laat ze allebei leeg.")
        for name in ("after", "term"):
            amount, count = data.get(f"{name}_amount"), data.get(f"{name}_count")
            if amount and count and Span(amount, Count(count)).about_days > LONGEST_DAYS:
                self.add_error(f"{name}_amount", TOO_LONG)
        return data

    def look_again(self) -> None:
        """After a refusal: the next save is a decision on what stands there now."""
        self.data = self.data.copy()
        self.data["version"] = Ladder.objects.get(pk=self.instance.ladder_id).version


class AgreeForm(HouseForm):
    """The version that was read, and a tick for who lets it begin today or earlier."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    confirmed = forms.BooleanField(
        label="Ja, dit stappenplan geldt meteen, ook voor de lopende dossiers die hierboven zijn geteld", required=False
    )

    def __init__(self, *args, at_once: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["confirmed"].required = at_once
        if not at_once:
            del self.fields["confirmed"]


class VersionForm(HouseForm):
    """For a button: the version that was on the page."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
