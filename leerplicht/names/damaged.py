"""Names that an earlier reading damaged: UTF-8 that was taken for windows-1252 (José became JosÃ©), or a letter that
was lost (a question mark in a black diamond). Found by their pattern; what is meant is proposed, never filled in."""

LOST = "\ufffd"


def damaged(name: str) -> bool:
    """Whether this name was probably damaged by reading it in the wrong encoding."""
    return LOST in name or meant_by(name) != name


def meant_by(name: str) -> str:
    """What the name was before UTF-8 was taken for windows-1252; the name itself when that cannot have happened."""
    try:
        meant = name.encode("cp1252").decode()
    except (UnicodeEncodeError, UnicodeDecodeError):
        return name
    return meant if meant.isprintable() else name
