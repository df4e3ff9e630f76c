"""Planning an overleg and calling it off. Rows are plain fields with a number, so that a draft brings them back."""

from collections.abc import Collection

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils import timezone

from cases.clock.presentation import current_school
from cases.dossier.forms import LONG_TEXT, VersionMixin
from cases.dossier.models import Case
from cases.meetings.models import Attendance, Meeting
from cases.meetings.rules import ROLE_OF_KIND, must_be_asked, not_asked, role_in_words
from cases.talks.calendar_file import names_child
from cases.talks.moment import MomentForm
from leerplicht.models import Guardian
from thuiszitters.core.pages.forms import HouseForm, HouseModelForm, dress
from thuiszitters.core.people.organisations import Organisation

EMPTY_ROWS = 3
# The child has a tick of its own.
FREE_ROLES = [(r.value, r.label) for r in Attendance.Role if r != Attendance.Role.CHILD]


class GuestRows(HouseModelForm):
    """Rows for people who have no tick: name, role, on behalf of whom. `guest_rows` for the template."""

    def add_guest_rows(self, count: int, known=()) -> None:
        self.guests = count
        for n in range(count):
            row = known[n] if n < len(known) else None
            self.fields[f"naam_{n}"] = forms.CharField(label="Naam", max_length=100, required=False)
            self.fields[f"rol_{n}"] = forms.ChoiceField(
                label="Rol", choices=[("", "Maak een keuze"), *FREE_ROLES], required=False
            )
            self.fields[f"namens_{n}"] = forms.CharField(label="Namens wie", max_length=100, required=False)
            names = (f"naam_{n}", f"rol_{n}", f"namens_{n}")
            values = (row.name, row.role, row.organisation_name) if row else ("", "", "")
            for name, value in zip(names, values, strict=True):
                self.fields[name].initial = value
                dress(self.fields[name])

    def guest_rows(self) -> list[list]:
        return [[self[f"{part}_{n}"] for part in ("naam", "rol", "namens")] for n in range(self.guests)]

    def any_guest(self) -> bool:
        """Whether a row holds something, so that it shows at once."""
        return any(field.value() for row in self.guest_rows() for field in row)

    def clean_guests(self, data) -> list[Attendance]:
        found = []
        for n in range(self.guests):
            name, role, side = (data.get(f"{part}_{n}") or "" for part in ("naam", "rol", "namens"))
            if not (name or side):
                if role:
                    self.add_error(f"naam_{n}", "Vul een naam in, of namens wie.")
            elif role:
                found.append(Attendance(name=name, role=role, organisation_name=side))
            elif f"rol_{n}" not in self.errors:
                self.add_error(f"rol_{n}", "Kies een rol.")
        return found


ASKS = "Wat gaan wij vragen, en van wie?"


class MeetingForm(GuestRows, MomentForm, VersionMixin):
    """When, where, about what, who is asked, and what will be asked of them."""

    asks = forms.CharField(
        label=ASKS,
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Bijvoorbeeld: school: welke plek is er? Dit komt in de uitnodiging, zodat iedereen zich kan "
        "voorbereiden. Schrijf hier geen naam van het kind en niets over gezondheid.",
    )

    invited = forms.MultipleChoiceField(
        label="Wie nodigt u uit?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Kies wie u uitnodigt."},
        help_text="Ouders met gezag en een kind vanaf 12 jaar horen erbij.",
    )

    class Meta:
        model = Meeting
        fields = ["kind", "minutes", "place", "question", "ground", "uninvited_because"]
        widgets = {"kind": forms.RadioSelect, "question": forms.Textarea(attrs={"rows": 4})}
        labels = {
            "kind": "Wat voor overleg is het?",
            "place": "Waar?",
            "question": "Welke vraag ligt voor?",
            "ground": "Op welke grond deelt u gegevens?",
            "uninvited_because": "Waarom nodigt u een ouder of het kind niet uit?",
        }
        help_texts = {
            "place": "Een zaal, of online. Dit komt in de uitnodiging: schrijf hier geen naam van het kind.",
            "question": "Over gezondheid schrijft u een aparte notitie. Alle partijen in dit dossier lezen dit.",
            "uninvited_because": "Alleen als u hen hierboven niet aankruist.",
        }

    def __init__(self, *args, case: Case, **kwargs):
        super().__init__(*args, **kwargs)
        self.case = case
        self.instance.case = case
        rows = list(self.instance.people.select_related("organisation", "guardian")) if self.instance.pk else []
        free = [r for r in rows if r.key[0] == "vrij"]
        self.offered = offered_to(case, [r for r in rows if r not in free], typed={r.key for r in free})
        self.fields["invited"].choices = [(key, label) for key, (label, _) in self.offered.items()]
        self.fields["kind"].choices = Meeting.Kind.choices
        self.fields["question"].validators.append(MaxLengthValidator(LONG_TEXT))
        self.add_guest_rows(len(free) + EMPTY_ROWS, free)
        self._begin(rows)
        self.order_fields(["kind", "on", "at", "minutes", "place", "question", "asks", "ground", "invited"])

    def _begin(self, rows: list[Attendance]) -> None:
        """What stands there when the page opens; a draft goes first."""
        asked = {r.key for r in rows} or {key for key, _ in must_be_asked(self.case, timezone.localdate())}
        ticked = [k for k, (_, a) in self.offered.items() if a.key in asked or (not rows and a.organisation_id)]
        self.initial.setdefault("invited", ticked)
        self.initial["kind"] = self.initial.get("kind") or Meeting.Kind.MDO
        self.initial.setdefault("asks", self.instance.asks)

    def clean_asks(self):
        asks = self.cleaned_data["asks"]
        if names_child(asks, self.case.pupil):
            raise forms.ValidationError("Laat de naam van het kind hier weg: dit komt in de uitnodiging.")
        return asks

    def save(self, commit=False):
        row = super().save(commit=False)
        row.asks = self.cleaned_data["asks"]
        return row

    def beside(self, stored):
        yield from super().beside(stored)
        if stored.asks != self.cleaned_data.get("asks"):
            yield ASKS, stored.asks or "niets"

    def clean_place(self):
        place = self.cleaned_data["place"]
        if names_child(place, self.case.pupil):
            raise forms.ValidationError("Laat de naam van het kind hier weg: dit komt in de agenda van iedereen.")
        return place

    def clean(self):
        data = super().clean()
        chosen = [self.offered[key][1] for key in data.get("invited", ())]
        self.people = [*chosen, *self.clean_guests(data)]
        missing = not_asked(self.case, self.people, data["on"]) if data.get("on") else []
        if missing and not data.get("uninvited_because") and "uninvited_because" not in self.errors:
            words = f"Niet uitgenodigd: {', '.join(missing)}. Kruis hen aan, of schrijf hier waarom niet."
            self.add_error("uninvited_because", words)
        return data


def offered_to(case: Case, asked: list[Attendance], typed: Collection[tuple] = ()) -> dict[str, tuple[str, Attendance]]:
    """Whom the form offers with a tick: the gemeente, who takes part now, the own school of the child, parents who may
    have gezag, who works with the child, the child; and who was asked already. Not who stands in a row of its own
    (`typed`, keys). As value: (words, a row that is not saved yet)."""
    gemeente = Organisation.objects.filter(kind=Organisation.Kind.GEMEENTE, code=case.municipality_id)
    running = Organisation.objects.filter(pk__in=case.involvements.running().values("organisation"))
    parents = case.pupil.guardians.running().exclude(gezag=Guardian.Gezag.NO)
    child = Attendance(role=Attendance.Role.CHILD)
    own = current_school(case.pupil)
    school = Organisation.objects.filter(kind=Organisation.Kind.SCHOOL, code=own.code) if own else ()
    there = dict.fromkeys([*gemeente, *running, *school])
    people = [_for(o) for o in there if o.kind in ROLE_OF_KIND]
    if own and not any(o.is_school and o.code == own.code for o in there):
        people.append(Attendance(role=Attendance.Role.SCHOOL, organisation_name=own.name))
    people += [_as_parent(g) for g in parents]
    working = [_as_professional(p) for p in case.professionals.running()]
    people += [p for p in working if p.key not in typed]
    known = {p.key for p in [*people, child]}
    people += [_same(r) for r in asked if r.key not in known]
    offered = {"-".join(str(part) for part in p.key): (p.words, p) for p in people}
    return offered | {"kind": (f"{case.pupil.name} (het kind zelf)", child)}


def _for(organisation: Organisation) -> Attendance:
    return Attendance(organisation=organisation, role=ROLE_OF_KIND[organisation.kind])


def _as_parent(guardian: Guardian) -> Attendance:
    return Attendance(guardian=guardian, role=Attendance.Role.PARENT)


def _as_professional(row) -> Attendance:
    return Attendance(role=role_in_words(row.role), name=row.name, organisation_name=(row.works_at or row.role)[:100])


def _same(row: Attendance) -> Attendance:
    return Attendance(role=row.role, name=row.name, organisation=row.organisation, guardian=row.guardian)


class WhoComesForm(HouseForm):
    """What an organisation answers to an invitation."""

    comes = forms.ChoiceField(
        label="Komt u?",
        widget=forms.RadioSelect,
        choices=[("ja", "Ja, wij komen"), ("nee", "Nee, wij kunnen niet"), ("ander", "Iemand anders komt")],
        error_messages={"required": "Kies een antwoord."},
    )
    instead = forms.CharField(label="Wie komt er dan?", max_length=100, required=False, help_text="Naam en functie.")

    def clean(self):
        data = super().clean()
        if data.get("comes") == Attendance.Comes.INSTEAD and not data.get("instead", "").strip():
            self.add_error("instead", "Schrijf op wie er komt.")
        return data


class CancelForm(HouseForm):
    because = forms.CharField(
        label="Waarom gaat het niet door?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Alle partijen in dit dossier lezen dit.",
    )
