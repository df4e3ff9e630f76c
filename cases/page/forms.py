"""Why the whole number of a child is needed."""

from django import forms

from thuiszitters.core.pages.forms import HouseForm

PGN_PURPOSES = (
    "terugmelden aan DUO",
    "nakijken in de basisregistratie personen",
    "aanmelden bij Halt of proces-verbaal",
    "melden bij Veilig Thuis",
    "nagaan of een leerling dubbel staat",
    "controle van een besluit of brief",
)


class PurposeForm(HouseForm):
    """Why the whole number is needed: a choice, so that no name ends up in the log."""

    purpose = forms.ChoiceField(
        label="Waarvoor hebt u het hele nummer nodig?",
        choices=[("", "Maak een keuze"), *((p, p) for p in PGN_PURPOSES)],
        help_text="Uw keuze komt in het inzagelogboek.",
    )
