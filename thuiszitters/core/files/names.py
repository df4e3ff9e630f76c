"""The name of a file that somebody sent, as it may be shown and given back: no folders, no letters that are not seen,
no name that a computer keeps for itself."""

import re
import unicodedata

LONGEST = 100
NAMELESS = "bestand"
# What Windows refuses in a name, and what would end a header.
FORBIDDEN = re.compile(r'[<>:"|?*\\/]')
DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}


def plain_name(name: str) -> str:
    """The last part of a path in whatever notation, without what is invisible: control characters, and marks that turn
    the direction of what follows (`gnp.exe` shown as `exe.png`)."""
    last = re.split(r"[\\/]", unicodedata.normalize("NFC", name))[-1]
    seen = "".join(" " if c.isspace() else c for c in last if c.isspace() or unicodedata.category(c)[0] != "C")
    return " ".join(seen.split()).strip(". ")


def extension_of(name: str) -> str:
    """The letters after the last dot, small; nothing when there is no dot."""
    stem, dot, extension = plain_name(name).rpartition(".")
    return extension.lower() if dot and stem else ""


def stem_of(name: str) -> str:
    """What a file is called without its extension, as it may be shown and kept."""
    plain = plain_name(name)
    return safe_stem(plain.rpartition(".")[0] if extension_of(name) else plain)


def safe_stem(text: str) -> str:
    """A name that every computer takes; `bestand` where nothing is left of it."""
    stem = " ".join(FORBIDDEN.sub(" ", plain_name(FORBIDDEN.sub(" ", text))).split()).strip(". ")[:LONGEST].strip(". ")
    if not stem:
        return NAMELESS
    return f"{NAMELESS} {stem}" if stem.split(".")[0].lower() in DEVICES else stem
