"""Which file, and from which system."""

from django import forms

from cases.dossier.origin import SYSTEM
from thuiszitters.core.pages.forms import HouseForm


class TakeOverForm(HouseForm):
    source = forms.CharField(
        label="Uit welk systeem komt dit?",
        max_length=SYSTEM,
        help_text="Deze naam staat straks bij alles wat u overneemt. Gebruik bij een volgend bestand dezelfde naam.",
    )
    file = forms.FileField(
        label="Bestand (XLSX, ODS of CSV)",
        max_length=200,
        allow_empty_file=True,
        help_text="Een werkblad met een blad per onderwerp, of een CSV-bestand met één onderwerp.",
    )
