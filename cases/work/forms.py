"""Forms for what people write in a dossier."""

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils import timezone

from cases.dossier.entry import PART_CHOICES
from cases.dossier.forms import LONG_TEXT, VersionMixin
from cases.dossier.models import Case, Task
from cases.dossier.rules import YOUTH_DECIDES_AT
from cases.parts.matrix import Part, part_of_problem
from cases.work import problems
from cases.work.models import Contact, Note
from thuiszitters.core.dates import age_on
from thuiszitters.core.pages.forms import DateField, HouseForm, HouseModelForm
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.roles import Right
from thuiszitters.core.people.users import User

PART_HELP = (
    "Gezondheid ziet alleen uw eigen organisatie, of een ander met toestemming. Veiligheid zien alleen u en de "
    "behandelaar. Handhaving ziet alleen de boa."
)


class PartMixin(HouseModelForm):
    """Which part a text belongs to, as far as the writer may write there; what a young person keeps from parents."""

    def place(self, sight, pupil) -> None:
        if self.is_bound and "part" not in self.data:  # a form from before there were parts, kept while logged out
            self.data = {**self.data.dict(), "part": Part.VERLOOP.value}
        allowed = [(value, word) for value, word in PART_CHOICES if sight.writes_in(Part(value))]
        self.fields["part"].choices = allowed
        self.fields["part"].help_text = PART_HELP
        if age_on(timezone.localdate(), pupil.born) < YOUTH_DECIDES_AT:
            del self.fields["kept_from_parents"]
        self.fields["shared"].help_text = "Geldt voor “wat er is gedaan”. Andere onderdelen volgen hun eigen regel."

    def clean(self):
        data = super().clean()
        if data.get("shared") and data.get("part") not in (None, Part.VERLOOP.value):
            self.add_error("shared", "Dit onderdeel kan niet worden gedeeld. Zet het vinkje uit.")
        return data


class ContactForm(PartMixin, VersionMixin, HouseModelForm):
    agreed_on = DateField(
        label="Wanneer is die afspraak?",
        required=False,
        help_text="Vult u een dag in, dan staat de afspraak als stap op de lijst.",
    )

    class Meta:
        model = Contact
        fields = [
            "on",
            "who",
            "guardian",
            "name",
            "on_behalf_of",
            "channel",
            "own_words",
            "agreed",
            "part",
            "shared",
            "kept_from_parents",
        ]
        widgets = {"own_words": forms.Textarea(attrs={"rows": 5}), "agreed": forms.Textarea(attrs={"rows": 3})}
        help_texts = {
            "guardian": "Alleen bij een ouder of verzorger.",
            "name": "Van wie u sprak, als dat geen ouder of het kind is.",
            "on_behalf_of": "Bijvoorbeeld de naam van de school of instelling.",
            "own_words": "Schrijf op wat die persoon zei, zoals die het zei.",
        }

    def __init__(self, *args, case, sight, **kwargs):
        super().__init__(*args, **kwargs)
        self.place(sight, case.pupil)
        self.fields["guardian"].queryset = case.pupil.guardians.running()
        self.fields["guardian"].empty_label = "niet van toepassing"
        for name in ("own_words", "agreed"):
            self.fields[name].validators.append(MaxLengthValidator(LONG_TEXT))
        self.initial["on"] = self.initial.get("on") or timezone.localdate()
        if self.instance.pk:  # the step is there already, and is changed there
            del self.fields["agreed_on"]
        names = list(self.fields)
        self.order_fields([*names[: names.index("agreed") + 1], "agreed_on"])

    def clean(self):
        data = super().clean()
        on, agreed_on = data.get("on"), data.get("agreed_on")
        if agreed_on and not data.get("agreed"):
            self.add_error("agreed", "Schrijf op wat u voor die dag afsprak.")
        if agreed_on and on and agreed_on < on:
            self.add_error("agreed_on", "Deze dag ligt voor het contact.")
        if on and on > timezone.localdate():
            self.add_error("on", "Deze dag is nog niet geweest. Plan een afspraak als volgende stap.")
        if data.get("who") == Contact.Who.PARENT and not data.get("guardian") and not data.get("name"):
            self.add_error("guardian", "Kies welke ouder u sprak, of vul een naam in.")
        if data.get("channel") != Contact.Channel.NONE and not (data.get("own_words") or data.get("agreed")):
            self.add_error("own_words", "Schrijf op wat die persoon zei of wat u afsprak.")
        return data


class NoteForm(PartMixin, VersionMixin, HouseModelForm):
    class Meta:
        model = Note
        fields = ["kind", "text", "part", "shared", "kept_from_parents"]
        widgets = {"text": forms.Textarea(attrs={"rows": 12})}

    def __init__(self, *args, case, sight, **kwargs):
        super().__init__(*args, **kwargs)
        self.place(sight, case.pupil)
        self.fields["text"].validators.append(MaxLengthValidator(LONG_TEXT))


class TaskForm(HouseModelForm):
    class Meta:
        model = Task
        fields = ["title", "owner", "owner_organisation", "due_on"]
        help_texts = {"owner_organisation": "Als een andere organisatie aan zet is."}

    def __init__(self, *args, case, colleagues, **kwargs):
        super().__init__(*args, **kwargs)
        # Who has the step now stays on the list, also for somebody of another organisation.
        ids = {u.pk for u in colleagues} | ({self.instance.owner_id} if self.instance.owner_id else set())
        self.fields["owner"].queryset = User.objects.filter(pk__in=ids)
        self.fields["owner"].empty_label = "nog niemand"
        involved = case.involvements.running().values("organisation")
        self.fields["owner_organisation"].queryset = Organisation.objects.filter(pk__in=involved)
        self.fields["owner_organisation"].empty_label = "niet van toepassing"

    def clean(self):
        data = super().clean()
        if data.get("owner") and data.get("owner_organisation"):
            self.add_error("owner_organisation", "Kies een collega of een organisatie, niet allebei.")
        return data


class WithdrawForm(HouseForm):
    """Why, and where it belongs when that is another dossier in which the writer works."""

    because = forms.CharField(label="Waarom?", max_length=300, help_text="Bijvoorbeeld: gaat over een ander kind.")
    to = forms.CharField(
        label="Hoort het in een ander dossier?",
        max_length=40,
        required=False,
        help_text="Vul het nummer van dat dossier in. Laat leeg om alleen in te trekken.",
    )

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_to(self):
        number = self.cleaned_data["to"].strip()
        if not number:
            return None
        found = Case.objects.visible_to(self.user, Right.CASE_WORK, urgent=False).open().filter(number=number).first()
        if not found:
            raise forms.ValidationError("Dit nummer is geen open dossier waarin u werkt. Kijk het nummer na.")
        return found


class DoneForm(HouseForm):
    outcome = forms.CharField(label="Wat kwam eruit?", max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class ProblemsForm(HouseForm):
    codes = forms.MultipleChoiceField(label="Wat speelt er?", required=False, widget=forms.CheckboxSelectMultiple)
    primary = forms.ChoiceField(label="Wat speelt het meest?", required=False)
    shared = forms.BooleanField(
        label="Ook zichtbaar voor de andere betrokken organisaties",
        required=False,
        help_text="Gezondheid, veiligheid en justitie blijven altijd bij uw eigen organisatie.",
    )

    def __init__(self, *args, sight, **kwargs):
        super().__init__(*args, **kwargs)
        offered = problems.choices(lambda code: sight.writes_in(part_of_problem(code)))
        self.fields["codes"].choices = offered
        self.fields["primary"].choices = [("", "geen keuze"), *offered]

    def clean(self):
        data = super().clean()
        if data.get("primary") and data["primary"] not in data.get("codes", []):
            self.add_error("primary", "Kruis dit hierboven ook aan.")
        return data
