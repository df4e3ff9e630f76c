"""Kinds of dossiers, for which a region can agree steps and terms of their own (docs/adr/0035). No Django."""

from enum import StrEnum


class DossierKind(StrEnum):
    """A dossier of which the kind has nothing of its own follows what was agreed for all."""

    ALL = ""
    RELATIVE = "relatief"
    ABSOLUTE = "absoluut"
    LUXURY = "luxe"
    EXEMPTION = "vrijstelling"
    ADULT = "18-plus"


KIND_WORDS: dict[DossierKind, str] = {
    DossierKind.ALL: "alle dossiers",
    DossierKind.RELATIVE: "relatief verzuim: het kind staat ingeschreven",
    DossierKind.ABSOLUTE: "absoluut verzuim: het kind staat nergens ingeschreven",
    DossierKind.LUXURY: "luxeverzuim",
    DossierKind.EXEMPTION: "een beroep op een vrijstelling dat nog wacht",
    DossierKind.ADULT: "18 jaar en ouder",
}
KINDS = [(kind.value, word) for kind, word in KIND_WORDS.items()]
