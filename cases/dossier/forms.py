"""What forms about a dossier share: the version that was read, and days that have been."""

from collections.abc import Sequence

from django import forms
from django.utils import timezone

from cases.dossier.entry import Entry

LONG_TEXT = 20_000


class VersionMixin:
    """Carries the version that was read, so that the save can tell whether a colleague was first."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"] = forms.IntegerField(
            widget=forms.HiddenInput, required=False, initial=getattr(self.instance, "version", 1),
            min_value=1, max_value=2**31 - 1,
        )  # fmt: skip

    @property
    def read_version(self) -> int:
        return self.cleaned_data.get("version") or self.instance.version

    def look_again(self) -> None:
        """After a refusal: the next save is a decision on the version that stands there now."""
        if self.instance.pk:
            self.data = self.data.copy()
            self.data["version"] = type(self.instance).objects.get(pk=self.instance.pk).version


def narrow(form, wanted: Sequence[str]) -> None:
    """Keep only these fields of a form with a version, in this order."""
    for name in set(form.fields) - {*wanted, "version"}:
        del form.fields[name]
    form.order_fields(wanted)


def claim(form: VersionMixin) -> Entry:
    """The instance of a valid form, with the version the user read."""
    entry = form.save(commit=False)
    if entry.pk:
        entry.version = form.read_version
    return entry


NOT_YET = "Deze dag is nog niet geweest."
NO_HEALTH = "Schrijf hier niets over gezondheid; daarvoor is een aparte notitie."


def _not_ahead(day):
    if day > timezone.localdate():
        raise forms.ValidationError(NOT_YET)
    return day


def _not_ahead_of(form, name: str, day) -> None:
    if day > timezone.localdate():
        form.add_error(name, NOT_YET)
