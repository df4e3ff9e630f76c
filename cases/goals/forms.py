"""Forms of the plan of action."""

from django import forms
from django.utils import timezone

from cases.dossier.forms import NO_HEALTH, VersionMixin, _not_ahead
from cases.dossier.models import Case
from cases.goals.models import Goal, Opinion
from leerplicht.models import Guardian
from thuiszitters.core.pages.forms import DateField, HouseForm, HouseModelForm, dress


class GoalForm(VersionMixin, HouseModelForm):
    class Meta:
        model = Goal
        fields = ["text", "who", "review_on"]
        help_texts = {
            "text": f"Eén zin, zoals: elke ochtend twee uur op school. De andere partijen lezen dit. {NO_HEALTH}",
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


class OpinionsForm(HouseForm):
    """A row for each parent or guardian, and for the child."""

    on = DateField(label="Wanneer zeiden zij dat?")

    def __init__(self, *args, case: Case, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("on", timezone.localdate())
        parents = case.pupil.guardians.running()
        self.people: list[tuple[str, Guardian | None]] = [
            *((f"{g.name}, {g.relation}", g) for g in parents),
            (case.pupil.name, None),
        ]
        for n, (name, _) in enumerate(self.people):
            self.fields[f"vindt_{n}"] = forms.ChoiceField(
                label=f"{name}: wat vindt deze persoon?",
                choices=[("", "niets gezegd"), *Opinion.Says.choices],
                required=False,
            )
            self.fields[f"waarom_{n}"] = forms.CharField(
                label=f"{name}: waarom, in eigen woorden?", max_length=500, required=False
            )
            dress(self.fields[f"vindt_{n}"])
            dress(self.fields[f"waarom_{n}"])

    def clean_on(self):
        return _not_ahead(self.cleaned_data["on"])

    def clean(self):
        data = super().clean()
        for n in range(len(self.people)):
            if data.get(f"waarom_{n}") and not data.get(f"vindt_{n}"):
                self.add_error(f"vindt_{n}", "Kies of deze persoon het eens is.")
        return data

    def said(self) -> list[Opinion]:
        """A row for everybody who said something."""
        data = self.cleaned_data
        return [
            Opinion(guardian=guardian, says=data[f"vindt_{n}"], why=data[f"waarom_{n}"], on=data["on"])
            for n, (_, guardian) in enumerate(self.people)
            if data[f"vindt_{n}"]
        ]
