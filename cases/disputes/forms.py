"""Forms for a route: starting it, what came of it, and putting right what ended."""

from collections.abc import Iterable, Iterator, Sequence

from django import forms
from django.utils import timezone

from cases.disputes.models import Dispute
from cases.disputes.rules import ROUTES, Route, outcomes_of
from cases.dossier.forms import NO_HEALTH, VersionMixin, _not_ahead
from thuiszitters.core.pages.forms import DateField, HouseForm, HouseModelForm, dress
from thuiszitters.core.words import long_date

LONGEST = 2000
ABOUT, CAME_OF = "Waarover gaat het?", "Wat kwam eruit?"
ORDER = ["route", "started_on", "by_whom", "addressed_to", "about", "part", "outcome", "outcome_on", "came_of"]
WORDS = {"about": ABOUT, "came_of": CAME_OF}


def _words(label: str, *, required: bool) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONGEST, required=required, widget=forms.Textarea(attrs={"rows": 4}))


class DisputeForm(VersionMixin, HouseModelForm):
    """`routes`: those that the person may write down. `reads`: whether the person reads the words; who does not leaves
    them as they are."""

    class Meta:
        model = Dispute
        fields = ["route", "started_on", "by_whom", "addressed_to", "part"]
        widgets = {"part": forms.RadioSelect}
        labels = {
            "route": "Welke route is het?",
            "started_on": "Wanneer begon het?",
            "by_whom": "Wie begon het?",
            "addressed_to": "Bij wie of welke commissie?",
            "part": "Gaan uw woorden over gezondheid?",
        }
        help_texts = {
            "route": "Een onderwijsconsulent geeft hulp. De andere routes zijn een bezwaar, klacht of geschil.",
            "addressed_to": f"Bijvoorbeeld de naam van de commissie of de consulent. {NO_HEALTH}",
            "part": "Bij ja leest alleen uw eigen organisatie uw woorden, of wie toestemming heeft.",
        }

    texts: Sequence[str] = ("about",)

    def __init__(self, *args, routes: Sequence[Route], reads: bool, **kwargs):
        super().__init__(*args, **kwargs)
        # Where nobody may choose it, the route of a row that is there stays one to choose.
        known = {*routes, self.instance.route}
        self.fields["route"].choices = [("", "Maak een keuze"), *((r, i.word) for r, i in ROUTES.items() if r in known)]
        self.initial["started_on"] = self.initial.get("started_on") or timezone.localdate()
        for name in self.texts if reads else ():
            self.fields[name] = _words(WORDS[name], required=name == "about")
            self.initial.setdefault(name, getattr(self.instance, name))
            dress(self.fields[name])
        if not reads:
            del self.fields["part"]
        self.order_fields(ORDER)

    def clean_started_on(self):
        return _not_ahead(self.cleaned_data["started_on"])

    def save(self, commit=False):
        """The row as the form says it, with its words; not saved."""
        row = super().save(commit=False)
        for name in self.texts:
            if name in self.fields:
                setattr(row, name, self.cleaned_data[name])
        return row

    def beside(self, stored: Dispute) -> Iterator[tuple[str, str]]:
        for name in self.texts:
            if name in self.fields and getattr(stored, name) != self.cleaned_data.get(name):
                yield WORDS[name], getattr(stored, name) or "niets"


class CorrectForm(DisputeForm):
    """Of a route that ended: what was recorded is put right, with a reason."""

    class Meta(DisputeForm.Meta):
        fields = [*DisputeForm.Meta.fields, "outcome", "outcome_on"]

    texts = ("about", "came_of")
    because = forms.CharField(
        label="Waarom verbetert u dit?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=f"De gemeente leest dit. {NO_HEALTH}",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["outcome"].required = self.fields["outcome_on"].required = True

    def clean(self):
        data = super().clean()
        route, outcome = data.get("route"), data.get("outcome")
        if route and outcome and outcome not in dict(outcomes_of([route])):
            self.add_error("outcome", "Deze uitkomst past niet bij de route.")
        return data


class EndForm(HouseForm):
    """What came of it. The outcomes are those of the route."""

    outcome = forms.ChoiceField(label="Wat is de uitkomst?", widget=forms.RadioSelect)
    on = DateField(label="Op welke dag?")
    came_of = _words(CAME_OF, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    # What a colleague saved in between, shown above the fields (`forms/colleague.html`).
    colleague: Iterable[tuple[str, str]] = ()

    def __init__(self, *args, row: Dispute, reads: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = outcomes_of([row.route])
        self.initial |= {"on": timezone.localdate(), "version": row.version}
        if not reads:
            del self.fields["came_of"]

    def look_again(self, stored: Dispute) -> None:
        """After a refusal: the next save is a decision on what stands there now."""
        if str(stored.version) != self.data.get("version"):
            said = [("route", stored.get_route_display()), ("begonnen op", long_date(stored.started_on))]
            said.append(("door wie", stored.get_by_whom_display()))
            self.colleague = [*said, ("waarover", stored.about)] if "came_of" in self.fields else said
            self.fields["outcome"].choices = outcomes_of([stored.route])
            self.data = self.data.copy()
            self.data["version"] = stored.version
