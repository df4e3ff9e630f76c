"""Names the rows of this floor for Django. Nobody else imports from here: a row comes from its room."""

from reporting.letters.models import LetterDetails, LetterTemplate
from reporting.packs.models import Pack
from reporting.papers.models import Paper, PaperCase

__all__ = ["LetterDetails", "LetterTemplate", "Pack", "Paper", "PaperCase"]
