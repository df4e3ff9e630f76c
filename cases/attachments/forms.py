"""Which files, and what they are."""

from django import forms
from django.conf import settings

from cases.attachments.models import Attachment
from cases.dossier.forms import VersionMixin, _not_ahead_of
from cases.work.forms import PartMixin
from thuiszitters.core.files.allowed import ACCEPT, IN_WORDS, FileRefused, Sent, Taken, check_size, take
from thuiszitters.core.files.names import safe_stem
from thuiszitters.core.pages.forms import HouseForm, HouseModelForm

MOST = 10
AGAIN = "Uw browser vergeet gekozen bestanden. Kies ze opnieuw."


def in_mb(size: int) -> str:
    return f"{size // 2**20} MB"


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files in one field, as Django's documentation does it. What is in them the form judges: a sentence names
    the file."""

    def __init__(self, **kwargs):
        super().__init__(widget=FilesInput(attrs={"accept": f"{ACCEPT},image/*"}), allow_empty_file=True, **kwargs)

    def clean(self, data, initial=None):
        one = super().clean
        return [one(file, initial) for file in data] if data else one(None, initial)


class AttachmentForm(PartMixin, VersionMixin, HouseModelForm):
    """What is said of a file: by who put it in, and changed later."""

    class Meta:
        model = Attachment
        fields = ["title", "kind", "dated_on", "from_whom", "part", "shared", "kept_from_parents"]
        labels = {"dated_on": "Van welke dag is het?", "from_whom": "Van wie komt het?", "kind": "Wat is het?"}
        help_texts = {
            "from_whom": "Bijvoorbeeld: jeugdarts, moeder of school.",
            "title": "Zonder .pdf of .jpg erachter.",
        }

    def __init__(self, *args, case, sight, **kwargs):
        super().__init__(*args, **kwargs)
        self.place(sight, case.pupil)

    def clean_title(self) -> str:
        return safe_stem(self.cleaned_data["title"])

    def clean(self):
        data = super().clean()
        if day := data.get("dated_on"):
            _not_ahead_of(self, "dated_on", day)
        return data


class TakesFiles(HouseForm):
    """What a form with files judges: how many, how large, and what is in them."""

    file = FilesField(label="Bestanden")
    taken: list[Taken] = []

    def limit(self) -> None:
        """Say beside the field what may be chosen."""
        largest = in_mb(settings.ATTACHMENT_MAX_BYTES)
        together = in_mb(settings.ATTACHMENTS_MAX_BYTES)
        self.fields["file"].help_text = (
            f"Hoogstens {MOST} tegelijk, elk hoogstens {largest}, samen hoogstens {together}. "
            f"U kunt kiezen: {IN_WORDS}. Van een foto gaan plaats en toestel eraf."
        )

    def clean_file(self):
        files = self.cleaned_data["file"]
        if len(files) > MOST:
            raise forms.ValidationError(f"Dit zijn {len(files)} bestanden. Kies er hoogstens {MOST} tegelijk.")
        try:
            for file in files:
                check_size(file.name, file.size)
        except FileRefused as problem:
            raise forms.ValidationError(f"{problem} Er is niets bewaard. Kies opnieuw.") from problem
        if sum(file.size for file in files) > settings.ATTACHMENTS_MAX_BYTES:
            together = in_mb(settings.ATTACHMENTS_MAX_BYTES)
            raise forms.ValidationError(f"Deze bestanden zijn samen groter dan {together}. Kies er minder tegelijk.")
        return files

    def clean(self):
        """The files are opened once all the rest is right: that takes a while."""
        data = super().clean()
        if self.errors:
            if "file" not in self.errors:
                self.add_error("file", AGAIN)
            return data
        try:
            self.taken = take(Sent(file.name, file.read()) for file in data["file"])
        except FileRefused as problem:
            self.add_error("file", f"{problem} Er is niets bewaard. Kies opnieuw.")
        return data


class UploadForm(TakesFiles, AttachmentForm):
    """Files, with one answer to each question for all of them."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["title"]  # each file has its own name
        self.limit()
        self.order_fields(["file", "kind"])


class WithdrawForm(HouseForm):
    because = forms.CharField(label="Waarom?", max_length=300, help_text="Bijvoorbeeld: gaat over een ander kind.")
