"""Narrowing the worklist."""

from datetime import date

from django import forms

from cases.labels.models import CaseLabel, CaseRisk
from cases.worklist.filters import AGES, AWAY, NOBODY, STEP_OF, Filters, base, ladder_steps_in, terms_in
from leerplicht.models import Municipality, School
from leerplicht.schools.fields import SchoolField
from thuiszitters.core.pages.forms import HouseForm
from thuiszitters.core.people.users import User


class FilterForm(HouseForm):
    """What narrows the worklist beside list and stand; stands in the address. Colleagues are named to the own side."""

    behandelaar = forms.ChoiceField(label="Behandelaar", required=False)
    gemeente = forms.ChoiceField(label="Gemeente", required=False)
    termijn = forms.ChoiceField(label="Termijn", required=False)
    stap = forms.ChoiceField(label="Volgende stap", required=False)
    stappenplan = forms.ChoiceField(label="Stap van het stappenplan", required=False)
    leeftijd = forms.ChoiceField(label="Leeftijd", required=False)
    soort = forms.ChoiceField(label="Soort onderwijs", required=False)
    label = forms.ChoiceField(label="Label", required=False)
    risico = forms.ChoiceField(label="Risico", required=False)
    school = SchoolField(required=False, help_text="")

    def __init__(self, *args, user: User, filters: Filters, today: date, municipalities, colleagues, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters = filters
        cases = base(user, Filters(lijst="alle"), today=today)
        names = list(Municipality.objects.filter(code__in=municipalities).values_list("code", "name"))
        nobody = [(NOBODY, "zonder behandelaar"), (AWAY, "wie nu afwezig is")]
        handlers = [*nobody, *[(str(u.pk), u.short_name) for u in colleagues]]
        self._choose("behandelaar", "iedereen", handlers if municipalities else [])
        self._choose("gemeente", "alle gemeenten", names if len(names) > 1 else [])
        self._choose("termijn", "alle termijnen", terms_in(cases))
        self._choose("stap", "van iedereen", STEP_OF.items())
        self._choose("stappenplan", "alle stappen", ladder_steps_in(cases, user, today))
        self._choose("leeftijd", "alle leeftijden", [(key, words) for key, (words, *_) in AGES.items()])
        self._choose("soort", "alle soorten", School.Sector.choices)
        labels = CaseLabel.objects.visible_to(user).filter(case__in=cases.values("pk")).names()
        self._choose("label", "alle", [(name, name) for name in labels])
        risks = CaseRisk.objects.visible_to(user).judged().filter(case__in=cases.values("pk"))
        levels = risks.order_by("level__position", "level").values_list("level", "level__name").distinct()
        self._choose("risico", "alle", [(str(pk), name) for pk, name in levels])

    def _choose(self, name: str, empty: str, choices) -> None:
        """A field without a choice is no field."""
        choices = list(choices)
        self.fields[name].choices = [("", empty), *choices]
        if not choices:
            del self.fields[name]

    def chosen(self) -> list[tuple[str, str]]:
        """What narrows the list now, each with its words and its name in the address."""
        found = []
        for name, value in self.filters.extra.items():
            if name in self.fields:
                words = dict(getattr(self.fields[name], "choices", ())).get(value, value)
                found.append((f"{self.fields[name].label}: {words}", name))
        return found
