"""Problem domains of a dossier; several at once are the rule (Ingrado 2010), so never a single cause."""

from collections.abc import Callable

GROUPS: dict[str, tuple[str, dict[str, str]]] = {
    "A": (
        "Kind: psychisch",
        {
            "A1": "angst of schoolweigering",
            "A2": "depressie of suïcidaliteit",
            "A3": "autisme",
            "A4": "ADHD of gedrag",
            "A5": "trauma",
            "A6": "verslaving of gamen",
            "A7": "eetstoornis",
            "A9": "overig",
        },
    ),
    "B": (
        "Kind: lichamelijk",
        {
            "B1": "chronisch ziek",
            "B2": "onverklaarde klachten",
            "B3": "ernstige meervoudige beperking",
            "B4": "zwangerschap of ouderschap",
        },
    ),
    "C": (
        "Kind: leren",
        {
            "C1": "hoogbegaafd",
            "C2": "licht verstandelijke beperking",
            "C3": "achterstand of niveau",
            "C4": "taal of nieuwkomer",
        },
    ),
    "D": (
        "Gezin",
        {
            "D1": "scheiding of conflict",
            "D2": "ouder ziek of mantelzorg",
            "D3": "armoede, schulden of dakloos",
            "D4": "opvoeding lukt niet",
            "D5": "verhuizing of buitenland",
            "D6": "overtuiging of wens voor thuisonderwijs",
            "D7": "onveiligheid",
        },
    ),
    "E": (
        "School",
        {
            "E1": "pesten",
            "E2": "conflict tussen school en ouders",
            "E3": "school weet niet hoe te helpen",
            "E4": "schorsing of verwijdering",
            "E5": "overstap van basisschool naar voortgezet onderwijs",
            "E6": "andere overstap",
            "E7": "tekort of uitval van leerkrachten",
        },
    ),
    "F": (
        "Stelsel",
        {
            "F1": "geen plaats of wachtlijst onderwijs",
            "F2": "wachtlijst jeugdhulp of ggz",
            "F3": "leerlingenvervoer",
            "F4": "procedure toelaatbaarheidsverklaring",
            "F5": "grens van gemeente of samenwerkingsverband",
            "F6": "azc of noodopvang",
        },
    ),
    "G": (
        "Justitie",
        {"G1": "Halt of proces-verbaal loopt", "G2": "detentie of jeugdinrichting", "G3": "jeugdreclassering"},
    ),
}

LABELS: dict[str, str] = {code: label for _, codes in GROUPS.values() for code, label in codes.items()}


def choices(wanted: Callable[[str], bool] = lambda code: True) -> list[tuple[str, list[tuple[str, str]]]]:
    """The wanted codes by group, for a form; a group without any is left out."""
    groups = [(name, [pair for pair in codes.items() if wanted(pair[0])]) for name, codes in GROUPS.values()]
    return [(name, pairs) for name, pairs in groups if pairs]
