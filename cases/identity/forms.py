"""Is it the same child, and what of what was sent do we take?"""

from django import forms

from leerplicht.models import IdentityQuestion
from thuiszitters.core.pages.forms import HouseForm

Answer = IdentityQuestion.Answer


class IdentityForm(HouseForm):
    answer = forms.ChoiceField(
        label="Is dit hetzelfde kind?",
        widget=forms.RadioSelect,
        choices=[(Answer.SAME.value, "Ja, hetzelfde kind"), (Answer.OTHER.value, "Nee, een ander kind")],
    )
    take_name = forms.BooleanField(
        label="Neem de gemelde naam over", required=False, help_text="De oude naam blijft in de geschiedenis staan."
    )
    take_born = forms.BooleanField(
        label="Neem de gemelde geboortedatum over",
        required=False,
        help_text="Kijk eerst in de BRP: van de geboortedatum hangt de leerplicht af.",
    )

    def __init__(self, *args, question: IdentityQuestion, **kwargs):
        super().__init__(*args, **kwargs)
        if question.sent_name == question.known.name and question.sent_first_names == question.known.first_names:
            del self.fields["take_name"]
        if question.sent_born == question.known.born:
            del self.fields["take_born"]
        self.question = question

    def clean(self):
        data = super().clean()
        if data.get("answer") == Answer.OTHER and (data.get("take_name") or data.get("take_born")):
            self.add_error("answer", "Van een ander kind neemt u niets over. Haal de vinkjes weg, of kies “Ja”.")
        if data.get("take_born") and self.question.report and self.question.report.first_day <= self.question.sent_born:
            self.add_error("take_born", "Deze geboortedatum ligt niet voor het begin van het verzuim.")
        return data


class ChooseForm(HouseForm):
    number = forms.CharField(label="Nummer van het andere dossier", max_length=20, help_text="Zoals TZ-0356-2026-0012.")


class JoinForm(HouseForm):
    because = forms.CharField(
        label="Waaruit blijkt dat dit hetzelfde kind is?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Bijvoorbeeld: nagekeken in de BRP.",
    )
