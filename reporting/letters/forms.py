"""Writing a letter: to whom, at which address, and what the dossier could not fill in."""

from collections.abc import Collection, Mapping

from django import forms
from django.utils import timezone

from cases.claims.models import ExemptionClaim
from cases.documents.models import Document
from cases.dossier.forms import VersionMixin
from cases.dossier.models import Case
from cases.dossier.rules import YOUTH_DECIDES_AT
from cases.sight.seats import Sight
from leerplicht.models import Guardian
from reporting.letters.fields import FIELDS
from reporting.letters.making import Reader, address_problem, readers_of
from reporting.letters.models import DETAILS, LetterDetails
from reporting.letters.texts import LetterKind
from reporting.letters.values import LONG, OF_OBJECTION, asked_for, of_claim, suggested
from reporting.letters.word import TemplateRefused, check, fields_in, may_stay_empty
from reporting.letters.youth import WORDS
from thuiszitters.core.dates import age_on
from thuiszitters.core.pages.forms import DateField, HouseForm, HouseModelForm, dress


class LetterForm(HouseForm):
    """A tick and an address per person; then the fields that the template uses, filled with what the dossier knows."""

    def __init__(
        self,
        *args,
        case: Case,
        templates: Mapping[bool, bytes],
        details: Collection[str],
        by,
        sight: Sight,
        claim: ExemptionClaim | None = None,
        kind: LetterKind,
        **kwargs,
    ):
        super().__init__(*args, **kwargs)
        used = frozenset().union(*(fields_in(t) for t in templates.values()))
        optional = frozenset().union(*(may_stay_empty(t) for t in templates.values()))
        if not of_claim(claim, kind)["beroep_besluit"]:
            used -= set(OF_OBJECTION)
        self.case, self.asked = case, asked_for(used, details)
        self.people = list(_people(case))
        for key, name, guardian in self.people:
            self.fields[f"aan_{key}"] = forms.BooleanField(
                label=name, required=False, initial=guardian is not None and guardian.gezag == Guardian.Gezag.YES
            )
            self.fields[f"adres_{key}"] = forms.CharField(
                label=f"Adres, als u aan {name} schrijft",
                required=False,
                max_length=300,
                initial=_address(case, guardian),
                help_text=_about_address(guardian),
                widget=forms.Textarea(attrs={"rows": 2}),
            )
        for name, value in suggested(case, self.asked, by, sight, claim).items():
            label, _, example = FIELDS[name].partition(", bijvoorbeeld ")
            self.fields[name] = forms.CharField(
                label=label,
                help_text=f"Bijvoorbeeld {example}." if example else "",
                initial=value,
                required=name not in optional,
                max_length=2000,
                widget=forms.Textarea(attrs={"rows": 3}) if name in LONG else forms.TextInput(),
            )
        for field in self.fields.values():
            dress(field)

    def person_rows(self) -> list[dict]:
        return [
            {"name": name, "to": self[f"aan_{key}"], "address": self[f"adres_{key}"]} for key, name, _ in self.people
        ]

    def text_fields(self) -> list:
        return [self[name] for name in self.asked if name not in DETAILS]

    def detail_fields(self) -> list:
        """What the organisation has not filled in: asked here, so that a letter never leaves it open."""
        return [self[name] for name in self.asked if name in DETAILS]

    def clean(self):
        data = super().clean()
        chosen = []
        for key, name, guardian in self.people:
            if not data.get(f"aan_{key}"):
                continue
            address = data.get(f"adres_{key}", "")
            if problem := address_problem(address):
                self.add_error(f"adres_{key}", problem)
            chosen.append((name, address, guardian))
        if not self.people:
            self.add_error(None, "Er is niemand aan wie deze brief kan. Leg eerst een ouder met gezag vast.")
        elif not chosen:
            self.add_error(f"aan_{self.people[0][0]}", "Kies aan wie u schrijft.")
        self.readers: list[Reader] = readers_of(chosen)
        return data

    def values(self) -> dict[str, str]:
        return {name: self.cleaned_data[name] for name in self.asked}


def _people(case: Case):
    """Parents who have gezag, or may have it, and a young person of 16 or over."""
    for guardian in case.pupil.guardians.running().exclude(gezag=Guardian.Gezag.NO):
        yield f"o{guardian.pk}", guardian.name, guardian
    if age_on(timezone.localdate(), case.pupil.born) >= YOUTH_DECIDES_AT:
        yield "kind", case.pupil.name, None


def _address(case: Case, guardian: Guardian | None) -> str:
    """Where this person lives, as far as it is known: the own address, or that of the child for who lives there (the
    young person too). Nothing where that is secret, or when the child moved on: that is for who types it to know."""
    if guardian is None or guardian.lives == Guardian.Lives.WITH_CHILD:
        here = case.pupil.municipality_id == case.municipality_id
        text = case.pupil.address if here and not case.pupil.secret_address else ""
    else:
        text = guardian.address
    if guardian and guardian.secret_address:
        return ""
    return "\n".join(part.strip() for part in text.split(","))


def _about_address(guardian: Guardian | None) -> str:
    if guardian is None:
        return ""
    if guardian.secret_address:
        return "Dit adres is geheim. Vul het alleen in als u zeker weet dat niemand anders deze brief ziet."
    if guardian.lives != Guardian.Lives.WITH_CHILD and not guardian.address:
        return "Wij kennen geen adres van deze persoon. Vraag het na."
    return ""


class SentForm(HouseForm):
    on = DateField(label="Wanneer is de brief verstuurd?")
    channel = forms.ChoiceField(label="Hoe?", choices=Document.Channel.choices, widget=forms.RadioSelect)


class DetailsForm(VersionMixin, HouseModelForm):
    class Meta:
        model = LetterDetails
        fields = list(DETAILS)
        help_texts = {
            "bezwaar_adres": "Bijvoorbeeld: Postbus 1, 3430 AA Nieuwegein.",
            "bezwaar_digitaal": "Bijvoorbeeld: www.nieuwegein.nl/bezwaar. De gemeente moet een digitale weg noemen.",
            "fg_adres": "Bijvoorbeeld: fg@nieuwegein.nl.",
            "privacyverklaring": "Bijvoorbeeld: www.nieuwegein.nl/privacy.",
            "bewaartermijn": "Zoals het in de zin past: tot 19 jaar na de geboorte van het kind.",
        }


class TemplateForm(HouseForm):
    kind = forms.ChoiceField(label="Welke brief?", choices=list(WORDS.items()))
    valid_from = DateField(label="Geldig vanaf")
    file = forms.FileField(label="Word-bestand (.docx)", help_text="Hoogstens 2 MB, zonder macro's.")

    def clean_file(self):
        file = self.cleaned_data["file"]
        if not file.name.lower().endswith(".docx"):
            raise forms.ValidationError("Kies een Word-document (.docx).")
        self.content = file.read()
        try:
            check(self.content)
        except TemplateRefused as problem:
            raise forms.ValidationError(str(problem)) from problem
        return file

    def clean_valid_from(self):
        day = self.cleaned_data["valid_from"]
        if day < timezone.localdate():
            raise forms.ValidationError("Een sjabloon geldt vanaf vandaag of later.")
        return day
