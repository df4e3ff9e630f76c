"""Forms to move a dossier on and to assign it."""

from django import forms

from thuiszitters.core.pages.forms import HouseForm
from thuiszitters.core.people.users import User


class MoveForm(HouseForm):
    because = forms.CharField(label="Waarom?", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args, needs_reason=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["because"].required = needs_reason


class AssignForm(HouseForm):
    """The choice begins empty: no careless click takes a handler away. "Niemand" is a choice that says why."""

    NOBODY = "niemand"
    handler = forms.ChoiceField(label="Wie krijgt het dossier?")
    because = forms.CharField(
        label="Waarom niemand?",
        max_length=300,
        required=False,
        help_text="Alleen nodig bij niemand. Het dossier staat dan bij wie het werk verdeelt, bovenaan op Vandaag.",
    )

    def __init__(self, *args, colleagues, nobody=True, **kwargs):
        super().__init__(*args, **kwargs)
        self.colleagues = {str(u.pk): u for u in colleagues}
        names = [(key, user.short_name) for key, user in self.colleagues.items()]
        choices = [("", "Kies een collega"), *names]
        if nobody:
            choices.append((self.NOBODY, "niemand: terug naar wie verdeelt"))
        else:
            del self.fields["because"]
        self.fields["handler"].choices = choices

    def clean(self):
        data = super().clean()
        if data.get("handler") == self.NOBODY and not data.get("because", "").strip():
            self.add_error("because", "Zeg waarom niemand dit dossier meer heeft.")
        return data

    @property
    def chosen(self) -> User | None:
        return self.colleagues.get(self.cleaned_data["handler"])
