"""How many hours a week, and from which day more: the same rows for an offer and for a decision."""

from datetime import date
from decimal import Decimal

from django import forms

from thuiszitters.core.pages.forms import DateField, HouseModelForm, dress

STEPS = 4
MOST_HOURS = 40


class BuildUpMixin(HouseModelForm):
    """Adds the rows of the build-up to a form of a model with `hours_start`, `hours_full` and `build_up`. Call
    `add_hours` at the end of `__init__` and `clean_hours` at the end of `clean`."""

    def add_hours(self) -> None:
        for name in ("hours_start", "hours_full"):
            self.fields[name].min_value, self.fields[name].max_value = Decimal("0.5"), Decimal(MOST_HOURS)
            self.fields[name].widget.attrs |= {"min": "0.5", "max": MOST_HOURS, "step": "0.5"}
        stored = self.instance.build_up
        for n in range(STEPS):
            row = stored[n] if n < len(stored) else {}
            day = date.fromisoformat(row["from"]) if row else None
            self.fields[f"step_{n}_from"] = DateField(label=f"Vanaf ({n + 1})", required=False, initial=day)
            self.fields[f"step_{n}_hours"] = forms.DecimalField(
                label=f"Uren per week ({n + 1})",
                required=False,
                min_value=0,
                max_value=MOST_HOURS,
                max_digits=4,
                decimal_places=1,
                initial=row.get("hours"),
                localize=False,
            )
            for name in ("from", "hours"):
                dress(self.fields[f"step_{n}_{name}"])

    def step_fields(self):
        """The rows of the build-up for the template: pairs of a day and hours."""
        return [(self[f"step_{n}_from"], self[f"step_{n}_hours"]) for n in range(STEPS)]

    def hour_fields(self):
        return [self["hours_start"], self["hours_full"]]

    def clean_hours(self, data) -> None:
        first, full = data.get("hours_start"), data.get("hours_full")
        for name, value in (("hours_start", first), ("hours_full", full)):
            if value is not None and not 0 < value <= MOST_HOURS:
                self.add_error(name, f"Vul een aantal uren in van een half tot {MOST_HOURS}.")
        if first and full and full < first:
            self.add_error("hours_full", "Dit is minder dan bij het begin.")
        self.instance.build_up = self._build_up(data)
        for n in range(STEPS):
            if full and (data.get(f"step_{n}_hours") or 0) > full:
                self.add_error(f"step_{n}_hours", "Dit is meer dan de uren die het moeten worden.")
            start, day = data.get("start_on"), data.get(f"step_{n}_from")
            if start and day and day <= start:
                self.add_error(f"step_{n}_from", "Deze stap ligt niet na het begin.")

    def _build_up(self, data) -> list[dict[str, str]]:
        """The filled rows, in order of days; each with more hours than the one before."""
        rows: list[dict[str, str]] = []
        for n in range(STEPS):
            day, hours = data.get(f"step_{n}_from"), data.get(f"step_{n}_hours")
            if bool(day) != (hours is not None):
                missing = "hours" if day else "from"
                if f"step_{n}_{missing}" not in self.errors:
                    self.add_error(f"step_{n}_{missing}", "Vul de dag en de uren samen in.")
            elif day:
                if rows and (day.isoformat() <= rows[-1]["from"] or hours < Decimal(rows[-1]["hours"])):
                    self.add_error(f"step_{n}_from", "Elke stap begint later en heeft niet minder uren.")
                rows.append({"from": day.isoformat(), "hours": f"{hours.normalize():f}"})
        return rows
