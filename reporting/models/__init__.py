from .letters import LetterTemplate
from .pack import Pack
from .paper import Paper, PaperCase

__all__ = ["LetterTemplate", "Pack", "Paper", "PaperCase"]
