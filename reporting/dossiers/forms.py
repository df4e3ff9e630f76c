"""What somebody chooses before a dossier becomes a paper."""

from django import forms

from cases.dossier.models import Case
from cases.sight.naming import names_in
from cases.sight.seats import Sight
from reporting.dossiers.making import Order
from reporting.dossiers.readers import Reader
from reporting.papers.board import NO_NAMES, governs
from reporting.papers.variants import CHAPTERS, Chapter, possible
from thuiszitters.core.pages.forms import HouseForm, dress

PURPOSES = [
    "overleg over dit kind (MDO of thuiszitterstafel)",
    "opschaling of doorzettingsbesluit",
    "overdracht aan een collega of andere gemeente",
    "inzage door ouders of jongere (AVG art. 15)",
    "bestuurlijk overleg of Thuiszitterstop",
    "bezwaar, klacht of rechter",
    "eigen werk op papier",
]
OTHER = "anders"


class DossierForm(HouseForm):
    """For one reader. Which chapters can be chosen follows from what the reader may see (`sight`)."""

    purpose = forms.ChoiceField(
        label="Waarvoor is dit papier?", choices=[("", "Maak een keuze"), *((p, p) for p in PURPOSES), (OTHER, OTHER)]
    )
    other_purpose = forms.CharField(label="Als u anders koos: waarvoor?", max_length=200, required=False)
    ask = forms.CharField(
        label="Wat vraagt u van wie dit leest?",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Staat op de eerste bladzijde. Leeg: wat het dossier zelf vraagt, anders de volgende stap.",
    )

    def __init__(self, *args, reader: Reader, case: Case, sight: Sight, **kwargs):
        super().__init__(*args, **kwargs)
        self.reader, self.case = reader, case
        if reader.info.typed:
            self.fields["recipient"] = self._recipient_field()
        if can := possible(reader.variant, sight):
            self.fields["chapters"] = self._chapters_field(can)
        if not reader.info.asks:
            del self.fields["ask"]
        elif not reader.info.named:
            self.fields["ask"].help_text = "Noem geen namen. Staat op de eerste bladzijde."
        for field in self.fields.values():
            dress(field)
        self.order_fields(["recipient", "purpose", "other_purpose", "ask", "chapters"])

    def _recipient_field(self) -> forms.Field:
        return forms.CharField(
            label="Voor wie is het?",
            max_length=200,
            initial=self.reader.info.recipient,
            help_text="Een persoon of organisatie. Staat op elke bladzijde.",
        )

    def _chapters_field(self, chapters: list[Chapter]) -> forms.Field:
        return forms.MultipleChoiceField(
            label="Wat komt er na de eerste bladzijde?",
            choices=[(c.value, CHAPTERS[c]) for c in chapters],
            required=False,
            widget=forms.CheckboxSelectMultiple,
            initial=[c.value for c in chapters],
        )

    def clean_ask(self):
        return self._without_names("ask")

    def clean_recipient(self):
        text = self._without_names("recipient")
        if self.reader.info.named and (word := governs(text)):
            raise forms.ValidationError(NO_NAMES.format(word=word.capitalize()))
        return text

    def clean_other_purpose(self):
        return self._without_names("other_purpose")

    def _without_names(self, name: str) -> str:
        """Where nobody may be recognised, no name of the child, the parents or the school."""
        text = self.cleaned_data[name]
        if not self.reader.info.named and (found := names_in(text, self.case)):
            raise forms.ValidationError(f"Hieraan is te zien wie het is: {', '.join(found)}. Schrijf het zonder.")
        return text

    def clean(self):
        data = super().clean()
        if data.get("purpose") == OTHER and not data.get("other_purpose", "").strip():
            self.add_error("other_purpose", "Vul in waarvoor dit papier is.")
        return data

    def order(self) -> Order:
        """What was chosen, once the form is valid."""
        data, reader = self.cleaned_data, self.reader
        recipient = reader.recipient.name if reader.recipient else data["recipient"]
        purpose = data["other_purpose"].strip() if data["purpose"] == OTHER else data["purpose"]
        chapters = frozenset(Chapter(c) for c in data.get("chapters", ()))
        ask = data.get("ask", "")
        return Order(reader.variant, recipient, purpose, chapters, ask, reader.organisation, reader.guardian)
