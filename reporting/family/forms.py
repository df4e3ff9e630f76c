"""What who looks along fills in. Few fields, short words: it is read on a phone."""

from django import forms

from cases.attachments.forms import FilesField, TakesFiles
from cases.family.rules import CODE_LENGTH, PIN_LENGTH
from cases.family.saying import CHOOSE
from cases.goals.models import Opinion
from thuiszitters.core.pages.forms import HouseForm

TOGETHER = (
    "Deze code en pincode horen niet bij elkaar, of de code is verlopen. Kijk ze na, of vraag een nieuwe code. Lukt "
    "het niet? Bel dan uw contactpersoon bij de gemeente."
)


class EnterForm(HouseForm):
    code = forms.CharField(
        label="Code uit de brief of e-mail",
        max_length=2 * CODE_LENGTH,
        help_text="Bijvoorbeeld ABCDE-FGHJK. Hoofdletters zijn niet nodig.",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}),
    )
    pin = forms.CharField(
        label="Pincode",
        max_length=PIN_LENGTH + 4,
        help_text="Zes cijfers. U kreeg ze van uw contactpersoon.",
        widget=forms.PasswordInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean_pin(self) -> str:
        return self.cleaned_data["pin"].replace(" ", "")


class CodeForm(HouseForm):
    email = forms.EmailField(label="Uw e-mailadres", help_text="Het adres dat uw contactpersoon van u heeft.")


class SayForm(HouseForm):
    """`choose`: whether somebody has to say yes or no; of an overleg words are enough."""

    says = forms.ChoiceField(
        label="Bent u het eens?",
        choices=[("eens", "ja"), ("deels", "een beetje"), ("oneens", "nee")],
        widget=forms.RadioSelect,
        error_messages={"required": CHOOSE},
    )
    why = forms.CharField(
        label="Wat wilt u erover zeggen, in uw eigen woorden?",
        max_length=Opinion._meta.get_field("why").max_length,
        widget=forms.Textarea(attrs={"rows": 5}),
        required=False,
    )

    def __init__(self, *args, choose: bool, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["says"].required = choose


class SendForm(TakesFiles):
    file = FilesField(label="Document of foto")
    health = forms.BooleanField(
        label="Dit gaat over gezondheid, zoals een brief van een arts",
        required=False,
        help_text="Dan leest alleen de gemeente het, en wie u daarvoor toestemming geeft.",
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.limit()
