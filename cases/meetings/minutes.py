"""Forms for the record of an overleg: who was there, what was said, and who does what before when."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from django import forms
from django.core.validators import MaxLengthValidator
from django.http import QueryDict

from cases.dossier.forms import LONG_TEXT, VersionMixin, form_with_draft
from cases.dossier.models import Case, Task
from cases.dossier.tasks import LONGEST_TITLE
from cases.meetings.forms import GuestRows
from cases.meetings.models import Attendance, Meeting, Outsider
from thuiszitters.core.pages.forms import DateField, HouseModelForm, dress, whole_number
from thuiszitters.core.people.organisations import Organisation

MISSING = {
    "wat": "schrijf op wat er gebeurt.",
    "eigenaar": "kies wie dit doet.",
    "voor": "vul in wanneer het klaar is.",
}


PARTS = ("wat", "eigenaar", "voor")
OUTSIDE = {"buiten_naam": "Naam", "buiten_bij": "Organisatie", "buiten_mail": "E-mail", "buiten_tel": "Telefoon"}
MOST_ROWS = 60
ONE_MORE, ROWS = "nog", "afspraken"


class AgreementRow(NamedTuple):
    """Fields of one agreement. `outside`: about somebody who does not work with this application; `opened`: whether
    something stands there, so that it shows at once."""

    fields: Sequence[forms.BoundField]
    outside: Sequence[forms.BoundField]
    opened: bool


class AgreementRows(HouseModelForm):
    """Mixin of a form that has `owners` (`cases.meetings.minutes.Owners`). After `clean_agreements` the whole rows
    stand in `agreements`. How many rows there are the page says itself (`ROWS`); "Nog een afspraak" (`ONE_MORE`) asks
    for another."""

    def add_agreement_rows(self, least: int, owners) -> None:
        self.owners, self.agreement_count = owners, self._count(least)
        for n in range(self.agreement_count):
            fields = {
                f"wat_{n}": forms.CharField(label="Wat", max_length=200, required=False),
                f"eigenaar_{n}": forms.ChoiceField(label="Wie", choices=owners.choices, required=False),
                f"voor_{n}": DateField(label="Uiterlijk op", required=False),
                f"buiten_naam_{n}": forms.CharField(label="Naam", max_length=100, required=False),
                f"buiten_bij_{n}": forms.CharField(label="Organisatie", max_length=120, required=False),
                f"buiten_mail_{n}": forms.EmailField(label="E-mail", max_length=254, required=False),
                f"buiten_tel_{n}": forms.CharField(label="Telefoon", max_length=40, required=False),
            }
            for name, field in fields.items():
                dress(field)
                self.fields[name] = field
        if not self.is_bound and ONE_MORE in self.initial:  # where one goes on typing
            self.fields[f"wat_{self.agreement_count - 1}"].widget.attrs["autofocus"] = True

    def _count(self, least: int) -> int:
        """None before there is anything to agree on; else as many as the page had, or a draft."""
        asked = whole_number(str((self.data if self.is_bound else self.initial).get(ROWS, ""))) or 0
        return min(max(asked, least), MOST_ROWS) if least else 0

    @property
    def may_add(self) -> bool:
        return 0 < self.agreement_count < MOST_ROWS

    def agreement_rows(self) -> list[AgreementRow]:
        return [self._row(n) for n in range(self.agreement_count)]

    def _row(self, n: int) -> AgreementRow:
        outside = [self[f"{part}_{n}"] for part in OUTSIDE]
        opened = self[f"eigenaar_{n}"].value() == SOMEBODY or any(f.value() or f.errors for f in outside)
        return AgreementRow([self[f"{part}_{n}"] for part in PARTS], outside, opened)

    def clean_agreements(self, data, not_before: date) -> None:
        tasks = (self._agreement(data, n, not_before) for n in range(self.agreement_count))
        self.agreements = [task for task in tasks if task]

    def _agreement(self, data, n: int, not_before: date) -> Task | None:
        """A whole row, or nothing; half a row gets a sentence at what is missing."""
        values: dict[str, Any] = {part: data.get(f"{part}_{n}") or "" for part in (*PARTS, *OUTSIDE)}
        if not any(values.values()) or any(f"{part}_{n}" in self.errors for part in values):
            return None
        typed = any(values[part] for part in OUTSIDE)
        values["eigenaar"] = values["eigenaar"] or (SOMEBODY if typed else "")
        for part, words in MISSING.items():
            if not values[part]:
                self.add_error(f"{part}_{n}", f"Afspraak {n + 1}: {words}")
        if values["voor"] and values["voor"] < not_before:
            self.add_error(f"voor_{n}", f"Afspraak {n + 1}: deze dag ligt voor het overleg.")
        if values["eigenaar"] == SOMEBODY and not values["buiten_naam"]:
            self.add_error(f"buiten_naam_{n}", f"Afspraak {n + 1}: vul in wie dit doet.")
        if typed and values["eigenaar"] not in ("", SOMEBODY):
            self.add_error(f"eigenaar_{n}", f"Afspraak {n + 1}: u koos iemand en vulde ook een ander in. Kies één.")
        if any(f"{part}_{n}" in self.errors for part in values):
            return None
        return self.owners.agreed(values)


def with_one_more(post: QueryDict) -> dict[str, Any]:
    """What was typed, as initial values of the same form with one row more."""
    typed: dict[str, Any] = {name: texts[0] if len(texts) == 1 else texts for name, texts in post.lists()}
    return typed | {ROWS: (whole_number(str(typed.get(ROWS, ""))) or 0) + 1}


def form_with_rows(request, make):
    """As `form_with_draft`, and with one row more, not judged yet, for who asked for that."""
    return (
        (make(None, with_one_more(request.POST)), None) if ONE_MORE in request.POST else form_with_draft(request, make)
    )


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


SOMEBODY = "anders"


class Owners:
    """Who can have an agreement: colleagues, the handler and oneself, each organisation that takes part now; and people
    who do not work with this application, for whom the handler asks whether it was done."""

    def __init__(self, case: Case, user, colleagues):
        self.handler = case.handler
        people = {u.pk: u for u in [*colleagues, user, *([case.handler] if case.handler else [])]}
        involved = case.involvements.running().values("organisation")
        self.rows = {f"u{u.pk}": {"owner": u} for u in sorted(people.values(), key=lambda u: u.last_name)}
        organisations = list(Organisation.objects.filter(pk__in=involved))
        self.rows |= {f"o{o.pk}": {"owner_organisation": o} for o in organisations}
        self.outside = _outside(case)
        self.choices = [
            ("", "Maak een keuze"),
            ("Mensen", [(key, row["owner"].short_name) for key, row in self.rows.items() if "owner" in row]),
        ]
        if organisations:
            self.choices.append(("Organisaties", [(f"o{o.pk}", o.name) for o in organisations]))
        known = [(key, words) for key, (words, _) in self.outside.items()]
        self.choices.append(("Buiten de applicatie", [*known, (SOMEBODY, "iemand anders (vul hieronder in)")]))

    def agreed(self, values: dict[str, Any]) -> Task:
        """The step, not saved. Of somebody outside the handler asks after it, and `outsider` says who it is."""
        key, what = values["eigenaar"], values["wat"]
        if key in self.rows:
            return Task(title=what, due_on=values["voor"], **self.rows[key])
        if key in self.outside:
            fields = self.outside[key][1]
        else:
            names = {"name": "naam", "works_at": "bij", "phone": "tel", "email": "mail"}
            fields = {field: values[f"buiten_{part}"] for field, part in names.items()}
        task = Task(due_on=values["voor"], owner=self.handler)
        outsider = Outsider(task=task, what=what, **fields)
        task.title = f"Nagaan: {what} ({outsider.words})"[:LONGEST_TITLE]
        return task


def _outside(case: Case) -> dict[str, tuple[str, dict[str, Any]]]:
    """By key: how the choice is called, and who it is. Parents, the child, and who works with it."""
    parents = {
        f"g{g.pk}": (f"{g.name} ({g.relation})", {"name": g.name, "guardian": g})
        for g in case.pupil.guardians.running()
    }
    child = {"kind": (f"{case.pupil.name} (het kind zelf)", {"name": "het kind zelf", "is_child": True})}
    working = {
        f"p{p.pk}": (
            f"{p.name}, {p.role}",
            {"name": p.name, "works_at": p.works_at or p.role, "phone": p.phone, "email": p.email},
        )
        for p in case.professionals.running()
    }
    return {**parents, **child, **working}
