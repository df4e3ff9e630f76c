from .pack import Pack
from .paper import Paper, PaperCase

__all__ = ["Pack", "Paper", "PaperCase"]
