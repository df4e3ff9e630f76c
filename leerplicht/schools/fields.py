"""The one field in which a school is asked, on every form."""

from django import forms
from django.urls import reverse_lazy

from leerplicht.models import School
from leerplicht.schools.finding import MOST, by_code, code_in, matching

CHOICE, ASKED = "_keuze", "_gezocht"
NONE = "Geen school gevonden met “{}”. Typ een deel van de naam of de plaats."
ONE = "Bedoelt u deze school? Kies haar, of typ iets anders."
SOME = "Er zijn {} scholen met “{}”. Kies er een, of typ meer."
MANY = "Er zijn meer dan {} scholen met “{}”. Kies er een, of typ ook de plaats."


class SchoolWidget(forms.TextInput):
    """A line to type in. Scripts offer schools while typing; without them the matches come back below it as choices,
    which count as long as the text stays as it was."""

    template_name = "forms/school.html"

    def __init__(self, attrs=None):
        super().__init__({"autocomplete": "off", "data-school-search": reverse_lazy("school-search")} | (attrs or {}))
        self.matches: list[School] = []

    def format_value(self, value):
        """A code is shown as the school that it is."""
        school = by_code(value) if isinstance(value, str) and code_in(value) == value else None
        return school.label if school else super().format_value(value)

    def value_from_datadict(self, data, files, name):
        text, chosen = super().value_from_datadict(data, files, name), data.get(name + CHOICE)
        return chosen if chosen and data.get(name + ASKED) == text else text

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"] |= {"matches": self.matches, "choice": name + CHOICE, "asked": name + ASKED}
        return context


class SchoolField(forms.CharField):
    """Gives the School, None when nothing was typed. A school that closed can be chosen; its name says so."""

    widget = SchoolWidget

    def __init__(self, *, label="School", **kwargs):
        help_text = "Typ een deel van de naam of de plaats, of de code (BRIN en vestiging)."
        super().__init__(**{"label": label, "max_length": 300, "help_text": help_text} | kwargs)

    def clean(self, value):
        text = super().clean(value).strip()
        if not text:
            return None
        if school := by_code(text):
            return school
        found = list(matching(text)[: MOST + 1])
        self.widget.matches = found[:MOST]
        raise forms.ValidationError(_question(len(found), text[:60]))


def _question(found: int, text: str) -> str:
    if found == 0:
        return NONE.format(text)
    if found == 1:
        return ONE
    return MANY.format(MOST, text) if found > MOST else SOME.format(found, text)
