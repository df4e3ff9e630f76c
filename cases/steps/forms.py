"""Forms for the steps of a dossier."""

from datetime import timedelta

from django import forms
from django.utils import timezone

from cases.steps.models import EscalationStep, Pause
from thuiszitters.core.pages.forms import DateField, HouseForm, HouseModelForm, dress


class StepForm(HouseForm):
    """Close a step: what came of it, why late, and why somebody was not heard (a field per person)."""

    result = forms.ChoiceField(
        label="Is deze stap gedaan?",
        choices=EscalationStep.Result.choices,
        widget=forms.RadioSelect,
        initial=EscalationStep.Result.DONE,
    )
    outcome = forms.CharField(
        label="Wat kwam eruit?",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Bij overslaan: waarom dat kan. De andere partijen in dit dossier lezen dit.",
    )

    def __init__(self, *args, step: EscalationStep, missing: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        self.missing = missing
        if step.due_on and timezone.localdate() > step.due_on:
            self.fields["late_because"] = forms.CharField(label="Waarom later dan afgesproken?", max_length=300)
        for n, who in enumerate(missing):
            self.fields[f"heard_{n}"] = forms.CharField(
                label=f"Waarom is {who} niet gehoord?",
                max_length=300,
                required=False,
                help_text="Leeg laten kan niet. Is er wel gesproken, leg dat contact dan eerst vast.",
            )
        for field in self.fields.values():
            dress(field)

    def reasons(self) -> dict[str, str]:
        return {who: self.cleaned_data.get(f"heard_{n}", "") for n, who in enumerate(self.missing)}


class PauseForm(HouseModelForm):
    class Meta:
        model = Pause
        fields = ["since", "until", "because"]
        help_texts = {"until": "Daarna gaat het stappenplan vanzelf verder. De klok van het kind loopt altijd door."}

    since = DateField(label="Vanaf")
    until = DateField(label="Tot en met")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.initial["since"] = self.initial.get("since") or today
        self.initial["until"] = self.initial.get("until") or today + timedelta(days=14)
