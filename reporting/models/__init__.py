from .paper import Paper, PaperCase

__all__ = ["Paper", "PaperCase"]
