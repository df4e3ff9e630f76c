"""Forms for proposing that a step was done, and for answering."""

from django import forms

from thuiszitters.core.pages.forms import HouseForm


class ProposeForm(HouseForm):
    text = forms.CharField(
        label="Wat is er gedaan?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="De stap blijft open tot de eigenaar uw voorstel bevestigt.",
    )


class NotYetForm(HouseForm):
    because = forms.CharField(
        label="Waarom is het nog niet gedaan?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Wie het voorstelde, leest dit.",
    )
