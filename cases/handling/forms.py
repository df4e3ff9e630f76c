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
    handler = forms.ModelChoiceField(User.objects.none(), label="Behandelaar", required=False, empty_label="niemand")

    def __init__(self, *args, colleagues, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["handler"].queryset = User.objects.filter(pk__in=[u.pk for u in colleagues])
