"""Forms for the record of an overleg: who was there, what was said, and who does what before when."""

from datetime import date

from django import forms
from django.core.validators import MaxLengthValidator

from cases.dossier.forms import LONG_TEXT, VersionMixin
from cases.dossier.models import Case, Task
from cases.meetings.forms import GuestRows
from cases.meetings.models import Attendance, Meeting
from thuiszitters.core.pages.forms import DateField, HouseModelForm, dress
from thuiszitters.core.people.organisations import Organisation

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


NEW_GUESTS, NEW_AGREEMENTS = 2, 4
CARE_ROLES = [(r.value, r.label) for r in (Attendance.Role.CARE, Attendance.Role.DOCTOR)]
HEALTH = "Over gezondheid schrijft u een aparte notitie."


class MinutesForm(GuestRows, AgreementRows, VersionMixin, HouseModelForm):
    class Meta:
        model = Meeting
        fields = ["question", "facts", "goals", "no_agreements_because", "next_on"]
        widgets = {
            "question": forms.Textarea(attrs={"rows": 3}),
            "facts": forms.Textarea(attrs={"rows": 6}),
            "goals": forms.Textarea(attrs={"rows": 3}),
        }
        labels = {
            "question": "Welke vraag lag voor?",
            "facts": "Wat is er besproken?",
            "goals": "Wat willen wij bereiken?",
            "no_agreements_because": "Geen afspraken? Schrijf op waarom niet",
        }
        help_texts = {
            "facts": f"Feiten en standpunten, ook van ouders en kind. {HEALTH} Alle partijen in dit dossier lezen dit.",
            "goals": f"Waar staat het kind over een paar weken? {HEALTH}",
        }

    next_on = DateField(label="Volgende overleg op", required=False, help_text="U plant het daarna met één klik.")

    def __init__(self, *args, case: Case, owners: "Owners", **kwargs):
        super().__init__(*args, **kwargs)
        self.case = case
        self.rows = list(self.instance.people.select_related("organisation", "guardian"))
        self.fields["question"].required = True
        for name in ("question", "facts", "goals"):
            self.fields[name].validators.append(MaxLengthValidator(LONG_TEXT))
        for row in self.rows:
            self._add_person(row)
        self.add_guest_rows(NEW_GUESTS)
        self.add_agreement_rows(NEW_AGREEMENTS, owners)
        people = [name for row in self.rows for name in _names(row)]
        self.order_fields([*people, "question", "facts", "goals"])

    def _add_person(self, row: Attendance) -> None:
        fields: dict[str, forms.Field] = {
            f"erbij_{row.pk}": forms.ChoiceField(
                label="Was erbij?", choices=Attendance.Present.choices, initial=_expected(row)
            )
        }
        if row.organisation:
            fields[f"wie_{row.pk}"] = forms.CharField(
                label="Wie kwam er?", max_length=100, required=False, initial=row.name or row.instead
            )
        if row.role in dict(CARE_ROLES) and row.organisation:
            fields[f"als_{row.pk}"] = forms.ChoiceField(label="Als", choices=CARE_ROLES, initial=row.role)
        for name, field in fields.items():
            dress(field)
            self.fields[name] = field

    def person_rows(self) -> list[dict]:
        """Per person who that is, and the fields about that person."""
        names = (f"{part}_{row.pk}" for row in self.rows for part in ("erbij", "wie", "als"))
        here = {name: self[name] for name in names if name in self.fields}
        return [
            {"who": row.side or row.words, "fields": [here[n] for n in _names(row) if n in here]} for row in self.rows
        ]

    def clean_next_on(self):
        day = self.cleaned_data["next_on"]
        if day and day <= self.instance.on:
            raise forms.ValidationError("Deze dag ligt niet na dit overleg.")
        return day

    def clean(self):
        data = super().clean()
        for row in self.rows:
            row.present = data.get(f"erbij_{row.pk}") or row.present
            row.name = data.get(f"wie_{row.pk}", row.name)
            row.role = data.get(f"als_{row.pk}") or row.role
        guests = self.clean_guests(data)
        for guest in guests:
            guest.invited, guest.present = False, Attendance.Present.YES
        self.people = [*self.rows, *guests]
        self.clean_agreements(data, self.instance.on)
        return data


def _expected(row: Attendance) -> str:
    """What stands there first: what was recorded, else what the organisation said beforehand."""
    if row.present != Attendance.Present.UNKNOWN or not row.comes:
        return row.present
    return Attendance.Present.NO if row.comes == Attendance.Comes.NO else Attendance.Present.YES


def _names(row: Attendance) -> tuple[str, ...]:
    return (f"wie_{row.pk}", f"erbij_{row.pk}", f"als_{row.pk}")


class Owners:
    """Who can have an agreement: colleagues, the handler and oneself, and each organisation that takes part now."""

    def __init__(self, case: Case, user, colleagues):
        people = {u.pk: u for u in [*colleagues, user, *([case.handler] if case.handler else [])]}
        involved = case.involvements.running().values("organisation")
        self.rows = {f"u{u.pk}": {"owner": u} for u in sorted(people.values(), key=lambda u: u.last_name)}
        organisations = list(Organisation.objects.filter(pk__in=involved))
        self.rows |= {f"o{o.pk}": {"owner_organisation": o} for o in organisations}
        self.choices = [
            ("", "Maak een keuze"),
            ("Mensen", [(key, row["owner"].short_name) for key, row in self.rows.items() if "owner" in row]),
        ]
        if organisations:
            self.choices.append(("Organisaties", [(f"o{o.pk}", o.name) for o in organisations]))

    def of(self, key: str) -> dict:
        return self.rows[key]
