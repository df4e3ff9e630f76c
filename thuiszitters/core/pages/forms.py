"""Forms in the look of the house: fields of the NL Design System, dates as people type them, errors in Dutch."""

import re
from contextlib import suppress
from datetime import datetime
from typing import Any

from django import forms
from django.contrib.auth.forms import AuthenticationForm
from django.forms.renderers import DjangoTemplates, TemplatesSetting
from django.forms.widgets import Input
from django.template import TemplateDoesNotExist

DATE_FORMATS = ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y", "%d.%m.%Y"]
NO_CHOICE, DASHES = "Maak een keuze", "---------"
NOT_A_DATE = "Vul een datum in die bestaat, bijvoorbeeld 5-10-2026."
NUL_FOUND = (
    "In deze tekst stond een teken dat niet bewaard kan worden. Het is weggehaald. "
    "Kijk de tekst na en verstuur opnieuw."
)


class HouseRenderer(TemplatesSetting):
    """Fields and whole forms come from templates/forms/, widgets from Django itself."""

    form_template_name = "forms/house_form.html"
    field_template_name = "forms/house_field.html"
    _widgets = DjangoTemplates()

    def get_template(self, template_name):
        try:
            return super().get_template(template_name)
        except TemplateDoesNotExist:
            return self._widgets.get_template(template_name)


class DateInput(forms.DateInput):
    """The browser's own date field: works by keyboard and screen reader, shows the order of the user's own country."""

    input_type = "date"

    def __init__(self, attrs=None):
        super().__init__(attrs, format="%Y-%m-%d")

    def format_value(self, value):
        """A date typed as 5-10-2026 is shown again when another field has an error; the browser reads ISO only."""
        for notation in DATE_FORMATS if isinstance(value, str) else ():
            with suppress(ValueError):
                return datetime.strptime(value.strip(), notation).strftime("%Y-%m-%d")
        return super().format_value(value)


class DateField(forms.DateField):
    """Accepts 2026-10-05 (what browsers send) and 5-10-2026 (what people type)."""

    widget = DateInput
    default_error_messages = {"invalid": NOT_A_DATE}

    def __init__(self, **kwargs):
        super().__init__(**{"input_formats": DATE_FORMATS, **kwargs})


class HouseFormMixin:
    """Utrecht classes on the widgets, dates in two notations, and no NUL bytes. Put it before the form class."""

    # The browser's own messages are not ours to word or to place; labels say what is optional.
    use_required_attribute = False
    # What a field offers hangs on its kind, and what was sent on where it comes from: no type says that by name.
    fields: dict[str, Any]
    data: Any
    initial: Any

    def __init__(self, data=None, *args, **kwargs):
        data, self._nul_keys = without_nul(data)
        super().__init__(data, *args, **kwargs)
        for field in self.fields.values():
            dress(field)

    def clean(self) -> dict[str, Any]:
        """What was filled in; a form that judges several fields together starts from it."""
        super().clean()
        return self.cleaned_data

    def full_clean(self):
        super().full_clean()
        for name in self.fields:
            if self.is_bound and self.add_prefix(name) in self._nul_keys:
                self.add_error(name, NUL_FOUND)


class HouseForm(HouseFormMixin, forms.Form):
    pass


class HouseModelForm(HouseFormMixin, forms.ModelForm):
    pass


class LoginForm(HouseFormMixin, AuthenticationForm):
    """E-mail address and password. Django hands the request in first, so it does here."""

    error_messages = {
        "invalid_login": "E-mailadres en wachtwoord horen niet bij elkaar. Let op hoofdletters.",
        "inactive": "Dit account is niet meer in gebruik.",
    }

    def __init__(self, request=None, *args, **kwargs):
        data = kwargs.pop("data", args[0] if args else None)
        data, self._nul_keys = without_nul(data)
        AuthenticationForm.__init__(self, request, data, *args[1:], **kwargs)
        for field in self.fields.values():
            dress(field)


def without_nul(data):
    """The data without NUL bytes, which PostgreSQL refuses, and the keys that held one."""
    if not data:
        return data, set()
    values = data.lists() if hasattr(data, "lists") else ((key, [value]) for key, value in data.items())
    found = {key for key, texts in values if any(isinstance(text, str) and "\0" in text for text in texts)}
    if not found:
        return data, found
    data = data.copy()
    for key in found:
        if hasattr(data, "setlist"):
            data.setlist(key, [text.replace("\0", "") for text in data.getlist(key)])
        else:
            data[key] = data[key].replace("\0", "")
    return data, found


def whole_number(text: str) -> int | None:
    """The number that plain digits say, when a database can hold it; None for anything else."""
    return int(text) if re.fullmatch(r"[0-9]{1,18}", text) else None


def near_our_time(day) -> None:
    """A year from 1900 to 2100, as in a file; other years are typing errors, and no calendar can count with them."""
    if not 1900 <= day.year <= 2100:
        raise forms.ValidationError(NOT_A_DATE)


def dress(field):
    """Give one field its look; a widget that a form chose itself stays."""
    if isinstance(field, forms.DateField):
        field.input_formats = DATE_FORMATS
        field.error_messages["invalid"] = NOT_A_DATE
        field.validators.append(near_our_time)
        if type(field.widget) is forms.DateInput:
            field.widget = DateInput(field.widget.attrs)
    if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
        field.error_messages["required"] = _missing(field.widget)
    if isinstance(field, forms.ModelChoiceField):
        field.empty_label = NO_CHOICE if field.empty_label == DASHES else field.empty_label
    elif isinstance(field, forms.ChoiceField):
        field.choices = [(value, NO_CHOICE if label == DASHES else label) for value, label in field.choices]
    classes = _classes(field.widget)
    own = field.widget.attrs.get("class", "")
    if classes and classes not in own:
        field.widget.attrs["class"] = f"{own} {classes}".strip()


def _missing(widget) -> str:
    if isinstance(widget, forms.CheckboxInput):
        return "Vink dit aan om verder te gaan."
    if isinstance(widget, forms.FileInput):
        return "Kies een bestand."
    return "Maak een keuze." if isinstance(widget, forms.Select | forms.RadioSelect) else "Vul dit in."


def _classes(widget) -> str:
    # Radio buttons, checkboxes and file fields stay the browser's own: they survive high contrast.
    if isinstance(widget, forms.CheckboxInput | forms.RadioSelect | forms.CheckboxSelectMultiple | forms.FileInput):
        return ""
    if isinstance(widget, forms.Textarea):
        return "utrecht-textarea utrecht-textarea--html-textarea"
    if isinstance(widget, forms.Select):
        return "utrecht-select utrecht-select--html-select"
    if isinstance(widget, Input) and not widget.is_hidden:
        return "utrecht-textbox utrecht-textbox--html-input"
    return ""
