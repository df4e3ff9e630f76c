from reporting.models.letters import LetterTemplate
from reporting.models.pack import Pack
from reporting.models.paper import Paper, PaperCase

__all__ = ["LetterTemplate", "Pack", "Paper", "PaperCase"]
