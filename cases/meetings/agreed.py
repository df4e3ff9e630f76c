"""Rows in which people write what was agreed: what, who, before when."""

from datetime import date

from django import forms

from cases.dossier.models import Task
from thuiszitters.core.pages.forms import DateField, HouseModelForm, dress

MISSING = {
    "wat": "schrijf op wat er gebeurt.",
    "eigenaar": "kies wie dit doet.",
    "voor": "vul in wanneer het klaar is.",
}


class AgreementRows(HouseModelForm):
    """Mixin of a form that has `owners` (`cases.meetings.minutes.Owners`). After `clean_agreements` the whole rows
    stand in `agreements`."""

    def add_agreement_rows(self, count: int, owners) -> None:
        self.owners, self.agreement_count = owners, count
        for n in range(count):
            fields = {
                f"wat_{n}": forms.CharField(label="Wat", max_length=200, required=False),
                f"eigenaar_{n}": forms.ChoiceField(label="Wie", choices=owners.choices, required=False),
                f"voor_{n}": DateField(label="Uiterlijk op", required=False),
            }
            for name, field in fields.items():
                dress(field)
                self.fields[name] = field

    def agreement_rows(self) -> list[list]:
        return [[self[f"{part}_{n}"] for part in ("wat", "eigenaar", "voor")] for n in range(self.agreement_count)]

    def clean_agreements(self, data, not_before: date) -> None:
        tasks = (self._agreement(data, n, not_before) for n in range(self.agreement_count))
        self.agreements = [task for task in tasks if task]

    def _agreement(self, data, n: int, not_before: date) -> Task | None:
        """A whole row, or nothing; half a row gets a sentence at what is missing."""
        names = {"wat": f"wat_{n}", "eigenaar": f"eigenaar_{n}", "voor": f"voor_{n}"}
        values = {part: data.get(name) for part, name in names.items()}
        if not any(values.values()) or any(name in self.errors for name in names.values()):
            return None
        for part, words in MISSING.items():
            if not values[part]:
                self.add_error(names[part], f"Afspraak {n + 1}: {words}")
        if values["voor"] and values["voor"] < not_before:
            self.add_error(names["voor"], f"Afspraak {n + 1}: deze dag ligt voor het overleg.")
        if any(name in self.errors for name in names.values()):
            return None
        return Task(title=values["wat"], due_on=values["voor"], **self.owners.of(values["eigenaar"]))
