"""Forms of the plan of action."""

from collections.abc import Sequence

from django import forms
from django.utils import timezone

from cases.dossier.forms import VersionMixin, _not_ahead
from cases.dossier.models import Case
from cases.goals.models import Goal, Opinion
from leerplicht.models import Guardian
from thuiszitters.core.pages.forms import DateField, HouseForm, HouseModelForm, dress
from thuiszitters.core.words import long_date


class GoalForm(VersionMixin, HouseModelForm):
    class Meta:
        model = Goal
        fields = ["text", "who", "review_on"]
        help_texts = {
            "text": "Eén zin, zoals: elke ochtend twee uur op school.",
            "who": "Bijvoorbeeld: mentor en moeder.",
            "review_on": "Die dag staat als stap op de lijst.",
        }


class ReviewForm(HouseForm):
    state = forms.ChoiceField(
        label="Hoe gaat het?",
        choices=[(Goal.State.RUNNING, "het loopt nog"), *Goal.State.choices[1:]],
        widget=forms.RadioSelect,
    )
    because = forms.CharField(label="Hoe ging het?", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    review_on = DateField(label="Wanneer kijkt u weer?", required=False, help_text="Alleen als het nog loopt.")
    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1, max_value=2**31 - 1)
    # What a colleague saved in between, shown above the fields (`forms/colleague.html`).
    colleague: Sequence[tuple[str, str]] = ()

    def look_again(self, stored: Goal) -> None:
        """After a refusal: the next save is a decision on what stands there now."""
        if str(stored.version) != self.data.get("version"):
            said = [("doel", stored.text), ("hoe het ging", stored.because or "niets")]
            self.colleague = [*said, ("wanneer kijkt u weer", long_date(stored.review_on))]
            self.data = self.data.copy()
            self.data["version"] = stored.version


class OpinionsForm(HouseForm):
    """A row for each parent or guardian, and for the child."""

    on = DateField(label="Wanneer zeiden zij dat?")

    def __init__(self, *args, case: Case, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("on", timezone.localdate())
        # By person and never by place: a colleague may add a parent while this form is open.
        self.people: dict[str, Guardian | None] = {
            **{str(guardian.pk): guardian for guardian in case.pupil.guardians.running()},
            "kind": None,
        }
        for key, guardian in self.people.items():
            name = f"{guardian.name}, {guardian.relation}" if guardian else case.pupil.name
            self.fields[f"vindt_{key}"] = forms.ChoiceField(
                label=f"{name}: wat vindt deze persoon?",
                choices=[("", "niets gezegd"), *Opinion.Says.choices],
                required=False,
            )
            self.fields[f"waarom_{key}"] = forms.CharField(
                label=f"{name}: waarom, in eigen woorden?", max_length=500, required=False
            )
            dress(self.fields[f"vindt_{key}"])
            dress(self.fields[f"waarom_{key}"])

    def clean_on(self):
        return _not_ahead(self.cleaned_data["on"])

    def clean(self):
        data = super().clean()
        for key in self.people:
            if data.get(f"waarom_{key}") and not data.get(f"vindt_{key}"):
                self.add_error(f"vindt_{key}", "Kies of deze persoon het eens is.")
        return data

    def said(self) -> list[Opinion]:
        """A row for everybody who said something."""
        data = self.cleaned_data
        return [
            Opinion(guardian=guardian, says=data[f"vindt_{key}"], why=data[f"waarom_{key}"], on=data["on"])
            for key, guardian in self.people.items()
            if data[f"vindt_{key}"]
        ]
