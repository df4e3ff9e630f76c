"""What forms about a dossier share: the version that was read, and days that have been."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Model
from django.forms import Textarea, TextInput
from django.shortcuts import redirect, render
from django.utils import timezone

from thuiszitters.core.pages.drafts import draft_of, drop_draft, initial_of
from thuiszitters.core.pages.forms import HouseModelForm
from thuiszitters.core.words import long_date

LONG_TEXT = 20_000


class VersionMixin(HouseModelForm):
    """Carries the version that was read, so that the save can tell whether a colleague was first. The row that the form
    gives has that version, and an act saves it (`cases.dossier.saving`): a form never writes by itself."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"] = forms.IntegerField(
            widget=forms.HiddenInput,
            required=False,
            initial=getattr(self.instance, "version", 1),
            min_value=1,
            max_value=2**31 - 1,
        )

    @property
    def read_version(self) -> int:
        return self.cleaned_data.get("version") or self.instance.version

    def save(self, commit=False):
        """The row as the form says it, with the version that was read; not saved."""
        row = super().save(commit=False)
        if row.pk:
            row.version = self.read_version
        return row

    # What a colleague saved in between, where it differs: label and text, shown above the fields.
    colleague: Sequence[tuple[str, str]] = ()

    def beside(self, stored: Any) -> Iterable[tuple[str, str]]:
        """What differs and is no column of the row."""
        return ()

    def look_again(self) -> None:
        """After a refusal: the next save is a decision on the version that stands there now, which is shown beside what
        was typed."""
        if self.instance.pk:
            stored = type(self.instance)._base_manager.get(pk=self.instance.pk)
            if stored.version != self.read_version:
                self.colleague = [*self.beside(stored), *_differences(self, stored)]
            self.data = self.data.copy()
            self.data["version"] = stored.version


def _differences(form: VersionMixin, stored: Model) -> Iterator[tuple[str, str]]:
    """Where the row as it is stored differs from what was typed."""
    own: Any = form
    columns = set(own._meta.fields or ()) & set(form.fields)  # another field can be called as a column is
    for field in (*stored._meta.concrete_fields, *stored._meta.many_to_many):
        if field.name not in columns:
            continue
        mine, theirs = form.cleaned_data.get(field.name), getattr(stored, field.name)
        if field in stored._meta.many_to_many:
            mine, theirs = set(mine or ()), set(theirs.all())
        if mine != theirs and (mine or theirs):
            yield str(form.fields[field.name].label), _in_words(stored, field.name, theirs)


def _in_words(stored: Model, name: str, value: Any) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, date):
        return long_date(value)
    if isinstance(value, set):
        return ", ".join(sorted(str(one) for one in value)) or "niets"
    shown = getattr(stored, f"get_{name}_display", None)
    return str(shown() if shown else value or "niets")


def narrow(form, wanted: Sequence[str]) -> None:
    """Keep only these fields of a form with a version, in this order."""
    for name in set(form.fields) - {*wanted, "version"}:
        del form.fields[name]
    form.order_fields(wanted)


NOT_YET = "Deze dag is nog niet geweest."
NO_HEALTH = "Schrijf hier niets over gezondheid; daarvoor is een aparte notitie."


def _not_ahead(day):
    if day > timezone.localdate():
        raise forms.ValidationError(NOT_YET)
    return day


def _not_ahead_of(form, name: str, day) -> None:
    if day > timezone.localdate():
        form.add_error(name, NOT_YET)


def form_with_draft(request, make):
    """A form from `make(data, initial)`: bound when sent, else filled with the draft of this page when there is one."""
    if request.method == "POST":
        return make(request.POST, {}), None
    draft = draft_of(request.user, request.path)
    return make(None, initial_of(draft)), draft


def show_form(request, template, context, *, draft=None):
    """The page of a form; 422 when something in it is wrong."""
    form = context["form"]
    context |= {"draft": draft, "draft_key": request.path}
    return render(request, template, context, status=422 if form.errors else 200)


def too_late(request, case, sentence: str, back: str, form=None):
    """What somebody sent can no longer be done: say so on the page it was about. A text that was typed shows once more,
    to copy: it is not lost because a colleague was first. `form`: which fields hold text, when more than the usual."""
    names = _texts(form) if form else ("because", "text", "own_words", "agreed")
    typed = [text.strip() for name in names if (text := request.POST.get(name, "").strip())]
    if not typed:
        messages.warning(request, sentence)
        return redirect(back)
    context = {"case": case, "sentence": sentence, "typed": typed, "back": back}
    return render(request, "cases/dossier/too_late.html", context, status=409)


def _texts(form) -> list[str]:
    """The fields in which people type."""
    return [name for name, field in form.fields.items() if isinstance(field.widget, Textarea | TextInput)]


def done_too(steps: Sequence[str]) -> str:
    """The second sentence of a message: which steps are done by what was just recorded."""
    return f" Daarmee is ook gedaan: {', '.join(steps)}." if steps else ""


def saved(request) -> None:
    """The form was saved: the draft has done its work."""
    drop_draft(request.user, request.path)
