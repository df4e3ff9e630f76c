"""Narrowing the worklist."""

from django import forms

from leerplicht.models import Municipality
from thuiszitters.core.pages.forms import HouseForm


class FilterForm(HouseForm):
    """Narrow the worklist to one gemeente or one colleague; stands in the address."""

    gemeente = forms.ChoiceField(label="Gemeente", required=False)
    behandelaar = forms.ChoiceField(label="Behandelaar", required=False)

    def __init__(self, *args, municipalities, colleagues, **kwargs):
        super().__init__(*args, **kwargs)
        names = list(Municipality.objects.filter(code__in=municipalities).values_list("code", "name"))
        self.fields["gemeente"].choices = [("", "alle gemeenten"), *names]
        if len(names) < 2:
            del self.fields["gemeente"]
        self.fields["behandelaar"].choices = [("", "iedereen"), *[(str(u.pk), u.short_name) for u in colleagues]]
