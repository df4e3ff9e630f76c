"""How long what is kept about people is kept, and whether somebody who asks for the own data (inzage, AVG 15) gets it.
Each room says it of its own rows, in `KEPT` beside them; what is about nobody stands in `NOBODY` with the reason. The
terms come from the selectielijst for gemeenten; where that is silent the choice is ours and says so."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """How long, counted from what, and where that is written."""

    spoken: str
    source: str


@dataclass(frozen=True, slots=True)
class Kept:
    """`inzage`: whether the rows go along when the child or a parent asks for the own data; `because` says why.
    `also`: a second term, for dossiers of another record class; it never makes the first one longer."""

    what: str
    term: Term
    inzage: bool
    because: str
    also: Term | None = None


SUPERVISION = Term(
    "19 jaar na de geboortedatum van de leerling", "Selectielijst gemeenten 2020, 12.1.3 (toezicht leerplicht)"
)
# After 18 only the kwalificatieplicht of before can be at stake; a dossier about that alone is kept shorter.
KWALIFICATIEPLICHT = Term(
    "2 jaar na het einde van de kwalificatieplicht", "Selectielijst gemeenten 2020, 12.1.4 (risicogericht)"
)
WITH_THE_PUPIL = Term("even lang als de leerling", SUPERVISION.source)
POLICE = Term("5 jaar na de eerste verwerking", "Wet politiegegevens, art. 14")
WITH_THE_CASE = Term("even lang als het dossier", SUPERVISION.source)
AT_ONCE = Term("zodra het werk klaar is", "eigen keuze: niet langer dan nodig (AVG art. 5 lid 1 onder e)")
EMPLOYMENT = Term("5 jaar na de laatste rol", "eigen keuze: zolang dossiers en logboek naar de medewerker verwijzen")
LOG = Term("5 jaar na de handeling", "eigen keuze, naar de verjaring van een klacht; de gemeente stelt dit vast")
WORK_TABLE = Term("1 jaar na het afhandelen", "eigen keuze: om een vergissing in een bestand te kunnen nagaan")
DIGEST = Term("30 dagen na de dag van het bericht", "eigen keuze: om een vraag naar een bericht te beantwoorden")
FEED = Term(
    "tot de medewerker stopt, 90 dagen na het laatste gebruik, of zodra de laatste rol eindigt",
    "eigen keuze: een geheim adres dat niemand gebruikt, beschermt niemand",
)
AGREEMENT = Term("10 jaar na het einde van de afspraak", "eigen keuze: zolang een besluit ernaar kan verwijzen")
SESSION = Term("30 minuten na het laatste verzoek", "eigen keuze (SESSION_COOKIE_AGE)")

ABOUT_THE_CHILD = "gaat over het kind"
OTHERS = "gaat over medewerkers, niet over het kind of de ouders"
OPINION = (
    "gaat over het kind; een persoonlijke werkaantekening van de schrijver bestaat hier niet, alles is van het dossier"
)
