"""When something is, and how long it takes: fields of a form about a talk, an overleg or a
Thuiszitterstop; and which moments can be."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django import forms
from django.forms.utils import from_current_timezone
from django.utils import timezone
from django.utils.formats import date_format

from cases.dossier.rules import NotNow
from cases.talks.planned import LONGEST, SHORTEST, Moment
from thuiszitters.core.pages.forms import DateField, HouseModelForm

FARTHEST = timedelta(days=365)
TIME_FORMATS = ["%H:%M", "%H.%M", "%H:%M:%S"]
TOO_SHORT_OR_LONG = "Een overleg duurt minstens een kwartier en hoogstens acht uur."
NOT_A_TIME = "Vul een tijd in die bestaat, bijvoorbeeld 13:30."


class TimeInput(forms.TimeInput):
    input_type = "time"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%H:%M")


class MomentForm(HouseModelForm):
    """Day, time and minutes; together they become `starts_at` of the row."""

    on = DateField(label="Op welke dag?")
    at = forms.TimeField(
        label="Hoe laat begint het?",
        input_formats=TIME_FORMATS,
        widget=TimeInput,
        error_messages={"invalid": NOT_A_TIME},
    )
    minutes = forms.IntegerField(
        label="Hoeveel minuten duurt het?",
        min_value=SHORTEST,
        max_value=LONGEST,
        error_messages=dict.fromkeys(("min_value", "max_value"), TOO_SHORT_OR_LONG),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.instance.starts_at:
            local = timezone.localtime(self.instance.starts_at)
            self.initial = {"on": local.date(), "at": local.time()} | self.initial

    def clean(self):
        data = super().clean()
        if data.get("on") and data.get("at"):
            try:
                self.instance.starts_at = from_current_timezone(datetime.combine(data["on"], data["at"]))
            except forms.ValidationError:
                self.add_error("at", NOT_A_TIME)
        return data

    def beside(self, stored: Moment) -> Iterator[tuple[str, str]]:
        """The moment that a colleague saved: day and time are no columns of the row."""
        if stored.starts_at != self.instance.starts_at:
            local = timezone.localtime(stored.starts_at)
            yield "Wanneer", f"{date_format(local, 'l j F Y')}, {local:%H.%M} uur"


def check_moment(starts_at: datetime, *, past: bool) -> None:
    """When it can be: still to come when it is planned, over when it is recorded afterwards."""
    now = timezone.now()
    if past and starts_at > now:
        raise NotNow("Dit overleg is nog niet geweest. Plan het als een nieuw overleg.")
    if not past and starts_at <= now:
        raise NotNow("Dit moment is al geweest. Was het overleg er al, leg het dan achteraf vast.")
    if abs(starts_at - now) > FARTHEST:
        raise NotNow("Deze datum ligt meer dan een jaar van nu. Kijk de datum na.")
