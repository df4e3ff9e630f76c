from django import forms

from cases.family.acts import NO_ADDRESS
from thuiszitters.core.pages.forms import HouseForm

BY_MAIL, ON_PAPER = "mail", "brief"


class InviteForm(HouseForm):
    """How does the code reach this person?"""

    how = forms.ChoiceField(
        label="Hoe krijgt deze persoon de code?",
        choices=[(BY_MAIL, "per e-mail"), (ON_PAPER, "op papier: u print de brief")],
        widget=forms.RadioSelect,
        error_messages={"required": "Maak een keuze."},
    )
    email = forms.EmailField(
        label="E-mailadres",
        required=False,
        help_text="Hierop komt later ook een nieuwe code. Zonder adres geeft u elke keer zelf een nieuwe brief.",
    )

    def clean(self):
        data = super().clean()
        if data.get("how") == BY_MAIL and not data.get("email") and "email" not in self.errors:
            self.add_error("email", NO_ADDRESS)
        return data
