"""Who gets the work, and who is away."""

from collections.abc import Iterable

from django import forms
from django.utils import timezone

from thuiszitters.core.pages.forms import DateField, HouseForm
from thuiszitters.core.people.users import User

LONGEST_AWAY = 366  # days


class HandOutForm(HouseForm):
    """To one colleague, or spread over several. Nobody is a choice of its own and asks why."""

    NOBODY = "niemand"
    to = forms.MultipleChoiceField(
        label="Wie krijgt ze?",
        widget=forms.CheckboxSelectMultiple,
        help_text="Kruist u er meer aan, dan worden de dossiers gelijk verdeeld.",
        error_messages={"required": "Kies een of meer collega's."},
    )
    because = forms.CharField(label="Waarom niemand?", max_length=300, required=False)

    def __init__(self, *args, colleagues: Iterable[User], **kwargs):
        super().__init__(*args, **kwargs)
        self.colleagues = {str(u.pk): u for u in colleagues}
        names = [(key, user.short_name) for key, user in self.colleagues.items()]
        self.fields["to"].choices = [*names, (self.NOBODY, "niemand: terug naar wie verdeelt")]

    def clean(self):
        data = super().clean()
        to = data.get("to", [])
        if self.NOBODY in to and len(to) > 1:
            self.add_error("to", "Kies collega's of niemand, niet allebei.")
        elif self.NOBODY in to and not data.get("because", "").strip():
            self.add_error("because", "Zeg waarom niemand deze dossiers meer heeft.")
        return data

    @property
    def chosen(self) -> list[User]:
        return [self.colleagues[key] for key in self.cleaned_data["to"] if key != self.NOBODY]


class AwayForm(HouseForm):
    """`who` only for who divides the work of others."""

    who = forms.ChoiceField(label="Wie is er weg?")
    first_day = DateField(label="Eerste dag weg")
    last_day = DateField(label="Laatste dag weg", help_text="Eerder terug? Dan beëindigt u het hier.")
    stand_in = forms.ChoiceField(
        label="Wie vervangt?",
        required=False,
        help_text="Zonder vervanger komen de dossiers bij wie het werk verdeelt, zo lang het duurt.",
    )

    def __init__(self, *args, user: User, people: Iterable[User], colleagues: Iterable[User], **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        self.people = {str(u.pk): u for u in people} | {str(user.pk): user}
        self.colleagues = {str(u.pk): u for u in colleagues}
        names = [(key, person.short_name) for key, person in self.people.items() if key != str(user.pk)]
        self.fields["who"].choices = [(str(user.pk), "ik zelf"), *names]
        if not names:
            del self.fields["who"]
        rest = [(key, u.short_name) for key, u in self.colleagues.items()]
        self.fields["stand_in"].choices = [("", "niemand, of weet ik nog niet"), *rest]

    def clean(self):
        data = super().clean()
        first, last = data.get("first_day"), data.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", "De laatste dag ligt voor de eerste dag.")
        elif last and last < timezone.localdate():
            self.add_error("last_day", "Die dag is al voorbij.")
        elif first and last and (last - first).days > LONGEST_AWAY:
            self.add_error("last_day", "Dit is langer dan een jaar. Verdeel dan liever het werk.")
        if data.get("stand_in") and data["stand_in"] == str(self.person.pk):
            self.add_error("stand_in", "Iemand kan zichzelf niet vervangen.")
        return data

    @property
    def person(self) -> User:
        return self.people.get(self.cleaned_data.get("who", ""), self.user)

    @property
    def instead(self) -> User | None:
        return self.colleagues.get(self.cleaned_data["stand_in"])
