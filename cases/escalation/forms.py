"""Forms for proposing an escalation, judging it, and looking again later."""

from datetime import timedelta

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils import timezone

from cases.dossier.models import Case
from cases.escalation.acts import who_can_review
from cases.escalation.models import Review
from thuiszitters.core.pages.forms import DateField, HouseForm, HouseModelForm
from thuiszitters.core.people.organisations import Membership, Organisation, Period
from thuiszitters.core.people.roles import Role
from thuiszitters.core.people.users import User

USUAL_TERM, USUAL_LOOK = 14, 14  # days
ACCEPT, ASK, RETURN = "aannemen", "vragen", "teruggeven"
LONG_TEXT = 5000
WHEN = "Nodig als u het oppakt."


def reviewers_of(organisation: Organisation):
    """Who works today as coordinator of this samenwerkingsverband."""
    today = timezone.localdate()
    members = Membership.objects.filter(Period.covers(today), organisation=organisation, role=Role.COORDINATOR)
    return User.objects.filter(pk__in=members.values("user"), is_active=True).order_by("last_name", "first_name")


class ProposeForm(HouseModelForm):
    class Meta:
        model = Review
        fields = ["to_organisation", "step", "question", "tried"]
        widgets = {"question": forms.Textarea(attrs={"rows": 3}), "tried": forms.Textarea(attrs={"rows": 6})}
        help_texts = {
            "question": "Wat moet het samenwerkingsverband doen of besluiten?",
            "tried": "Wat deden school en gemeente, en waarom lukte dat niet? Schrijf hier niets over gezondheid.",
        }

    def __init__(self, *args, case: Case, **kwargs):
        super().__init__(*args, **kwargs)
        organisations = who_can_review(case).exclude(pk=self.instance.from_organisation_id)
        self.fields["to_organisation"].queryset = organisations
        if len(organisations) == 1:
            self.initial["to_organisation"] = self.initial.get("to_organisation") or organisations[0].pk
        today = timezone.localdate()
        steps = case.steps.filter(result="", stopped_on=None, planned_on__lte=today)
        self.fields["step"].queryset = steps
        self.fields["step"].label_from_instance = lambda step: f"{step.position}: {step.name}"
        self.fields["step"].empty_label = "geen van deze"
        self.fields["tried"].validators.append(MaxLengthValidator(LONG_TEXT))


class JudgeForm(HouseForm):
    """What the samenwerkingsverband does with a proposal. Each choice needs its own fields; the others may stay
    empty."""

    act = forms.ChoiceField(
        label="Wat doet u hiermee?",
        widget=forms.RadioSelect,
        choices=[(ACCEPT, "wij pakken dit op"), (ASK, "wij vragen eerst iets"), (RETURN, "wij geven het terug")],
    )
    text = forms.CharField(
        label="Toelichting, vraag of reden",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Nodig als u iets vraagt of het teruggeeft. De andere partijen in dit dossier lezen dit.",
    )
    owner = forms.ModelChoiceField(User.objects.none(), label="Wie gaat dit doen?", required=False, help_text=WHEN)
    due_on = DateField(label="Uiterlijk klaar op", required=False, help_text=WHEN)
    lead = forms.BooleanField(
        label="Wij nemen de regie over",
        required=False,
        help_text="Vanaf nu zorgt uw organisatie dat er iets gebeurt. De gemeente houdt haar eigen taak.",
    )

    def __init__(self, *args, review: Review, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = reviewers_of(review.to_organisation)
        self.initial.setdefault("owner", review.reviewer_id or user.pk)
        self.initial.setdefault("due_on", timezone.localdate() + timedelta(days=USUAL_TERM))

    def clean(self):
        data = super().clean()
        if data.get("act") == ACCEPT:
            for name, sentence in (("owner", "Kies wie dit gaat doen."), ("due_on", "Kies wanneer het klaar is.")):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, sentence)
        elif data.get("act") and not data.get("text", "").strip():
            self.add_error("text", "Schrijf dit op: de ander leest het.")
        return data


class SayForm(HouseForm):
    """An answer, a reason or an outcome."""

    text = forms.CharField(max_length=LONG_TEXT, widget=forms.Textarea(attrs={"rows": 5}))

    def __init__(self, *args, label: str, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].label = label


class ReviewerForm(HouseForm):
    reviewer = forms.ModelChoiceField(User.objects.none(), label="Wie beoordeelt?")

    def __init__(self, *args, reviewers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reviewer"].queryset = reviewers


class LookAgainForm(HouseForm):
    until = DateField(label="Wanneer kijkt u opnieuw?")
    because = forms.CharField(
        label="Waarom is er nu niets te doen?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Tot die dag heet dit dossier niet stil. De klok van het kind en de signalen blijven te zien.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial.setdefault("until", timezone.localdate() + timedelta(days=USUAL_LOOK))
