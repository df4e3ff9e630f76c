"""Forms in which people type long texts: the draft comes back, a second click saves once, nothing typed is lost."""

from django.contrib import messages
from django.forms import Textarea, TextInput
from django.shortcuts import redirect, render

from thuiszitters.core.pages.drafts import draft_of, drop_draft, initial_of


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
    names = _texts(form) if form else ("because", "text")
    typed = [text.strip() for name in names if (text := request.POST.get(name, "").strip())]
    if not typed:
        messages.warning(request, sentence)
        return redirect(back)
    context = {"case": case, "sentence": sentence, "typed": typed, "back": back}
    return render(request, "cases/dossier/too_late.html", context, status=409)


def _texts(form) -> list[str]:
    """The fields in which people type."""
    return [name for name, field in form.fields.items() if isinstance(field.widget, Textarea | TextInput)]


def saved(request) -> None:
    """The form was saved: the draft has done its work."""
    drop_draft(request.user, request.path)
