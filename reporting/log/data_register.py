"""What is kept about people, how long and why, and whether somebody who asks for the own data (inzage, AVG 15) gets it.

A model without a line here fails a test. The terms come from the selectielijst for gemeenten; where that is silent the
choice is ours and says so. A history table (`Historical...`) follows its model and goes with it.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Term:
    """How long, counted from what, and where that is written."""

    spoken: str
    source: str


@dataclass(frozen=True, slots=True)
class Decision:
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
AGREEMENT = Term("10 jaar na het einde van de afspraak", "eigen keuze: zolang een besluit ernaar kan verwijzen")
SESSION = Term("30 minuten na het laatste verzoek", "eigen keuze (SESSION_COOKIE_AGE)")

ABOUT_THE_CHILD = "gaat over het kind"
OTHERS = "gaat over medewerkers, niet over het kind of de ouders"
OPINION = (
    "gaat over het kind; een persoonlijke werkaantekening van de schrijver bestaat hier niet, alles is van het dossier"
)

REGISTER: dict[str, Decision] = {
    "leerplicht.Pupil": Decision("leerling: naam, geboortedatum, nummer, adres", SUPERVISION, True, ABOUT_THE_CHILD),
    "leerplicht.Guardian": Decision(
        "ouder of verzorger, gezag en bereikbaarheid",
        WITH_THE_PUPIL,
        True,
        "elke ouder krijgt de eigen gegevens; die van de andere ouder worden afgeschermd",
    ),
    "leerplicht.Enrolment": Decision("inschrijving op een school", WITH_THE_PUPIL, True, ABOUT_THE_CHILD),
    "leerplicht.NotEnrolled": Decision("nergens ingeschreven", WITH_THE_PUPIL, True, ABOUT_THE_CHILD),
    "leerplicht.Exemption": Decision("vrijstelling", WITH_THE_PUPIL, True, ABOUT_THE_CHILD),
    "leerplicht.PermittedAbsence": Decision("geoorloofde afwezigheid", WITH_THE_PUPIL, True, ABOUT_THE_CHILD),
    "leerplicht.SchoolReturn": Decision("terugkeer op school", WITH_THE_PUPIL, True, ABOUT_THE_CHILD),
    "leerplicht.HomePeriod": Decision("thuiszitperiode, afgeleid", WITH_THE_PUPIL, True, ABOUT_THE_CHILD),
    "leerplicht.AbsenceReport": Decision(
        "verzuimmelding, met de naam van de melder",
        WITH_THE_PUPIL,
        True,
        "gaat over het kind; bij een kind van 16 of ouder niet de reden aan de ouders (domein 8.5)",
    ),
    "leerplicht.ImportFile": Decision(
        "bestand met meldingen, versleuteld; de inhoud wordt gewist na inlezen of vervallen",
        AT_ONCE,
        False,
        "wat is ingelezen staat in de meldingen",
    ),
    "leerplicht.RejectedLine": Decision(
        "afgekeurde regel, versleuteld", WORK_TABLE, True, "gaat over het kind zolang de regel niet is afgehandeld"
    ),
    "cases.Case": Decision("dossier", SUPERVISION, True, ABOUT_THE_CHILD, also=KWALIFICATIEPLICHT),
    "cases.StatusChange": Decision("stand van het dossier, met reden", WITH_THE_CASE, True, ABOUT_THE_CHILD),
    "cases.Assignment": Decision("behandelaar van het dossier", WITH_THE_CASE, True, "wie het dossier behandelde"),
    "cases.Involvement": Decision(
        "betrokken organisatie, met grond", WITH_THE_CASE, True, "aan wie gegevens zijn verstrekt (AVG art. 15 lid 1c)"
    ),
    "cases.EscalationStep": Decision(
        "stap van het stappenplan, met uitkomst en wie niet is gehoord", WITH_THE_CASE, True, ABOUT_THE_CHILD
    ),
    "cases.Review": Decision(
        "voorgestelde opschaling, met wat is geprobeerd en het antwoord", WITH_THE_CASE, True, ABOUT_THE_CHILD
    ),
    "cases.ReviewMessage": Decision("vraag en antwoord bij een opschaling", WITH_THE_CASE, True, ABOUT_THE_CHILD),
    "cases.Regie": Decision("wie de regie voert", WITH_THE_CASE, True, "wie het dossier leidde"),
    "cases.LookAgain": Decision("gezien, opnieuw kijken op een dag", WITH_THE_CASE, True, ABOUT_THE_CHILD),
    "cases.Pause": Decision("pauze van het stappenplan, met reden", WITH_THE_CASE, True, ABOUT_THE_CHILD),
    "cases.Consent": Decision(
        "toestemming van ouders of kind om gegevens te delen", WITH_THE_CASE, True, "wie waarvoor toestemming gaf"
    ),
    "cases.Referral": Decision(
        "verzoek om mee te doen of over te nemen, met het antwoord",
        WITH_THE_CASE,
        True,
        "aan wie gegevens zijn gevraagd te verstrekken (AVG art. 15 lid 1c)",
    ),
    "cases.EmergencyAccess": Decision(
        "noodtoegang: wie, waarom, tot wanneer", WITH_THE_CASE, True, "wie het dossier zonder eigen taak opende"
    ),
    "cases.Deadline": Decision("termijn van het dossier, afgeleid", WITH_THE_CASE, True, ABOUT_THE_CHILD),
    "cases.Flag": Decision("signaal over een termijn", WITH_THE_CASE, True, ABOUT_THE_CHILD),
    "cases.Intake": Decision("wat er met een melding is gedaan", WITH_THE_CASE, True, ABOUT_THE_CHILD),
    "cases.Contact": Decision(
        "contactmoment, met eigen woorden",
        WITH_THE_CASE,
        True,
        "gaat over het kind; wat een ander in vertrouwen zei wordt per geval beoordeeld (UAVG art. 41)",
    ),
    "cases.Note": Decision("notitie in het dossier", WITH_THE_CASE, True, OPINION),
    "cases.Problem": Decision("wat er speelt, ook gezondheid", WITH_THE_CASE, True, ABOUT_THE_CHILD),
    "cases.Barrier": Decision("belemmering, met wie haar kan oplossen", WITH_THE_CASE, True, ABOUT_THE_CHILD),
    "cases.Offer": Decision("aanbod van een plek", WITH_THE_CASE, True, ABOUT_THE_CHILD),
    "cases.OfferChange": Decision("stand van een aanbod, met reden", WITH_THE_CASE, True, ABOUT_THE_CHILD),
    "cases.Meeting": Decision("overleg: vraag, feiten, doelen", WITH_THE_CASE, True, OPINION),
    "cases.Stop": Decision("Thuiszitterstop: wanneer, waar en wie er komen", AGREEMENT, False, OTHERS),
    "cases.StopCase": Decision("dossier op een Thuiszitterstop, met wat is besproken", WITH_THE_CASE, True, OPINION),
    "cases.Document": Decision(
        "brief van het dossier: aan wie, wanneer en hoe verstuurd", WITH_THE_CASE, True, ABOUT_THE_CHILD
    ),
    "cases.Attendance": Decision(
        "wie bij een overleg was uitgenodigd en erbij was",
        WITH_THE_CASE,
        True,
        "met wie over het kind is gesproken (AVG art. 15 lid 1c)",
    ),
    "cases.EnforcementStep": Decision(
        "handhaving: Halt, proces-verbaal, melding aan de SVB",
        POLICE,
        False,
        "een verzoek om inzage gaat volgens de Wet politiegegevens (art. 25), niet met de rest mee",
    ),
    "cases.ExemptionClaim": Decision(
        "beroep op vrijstelling of aanvraag, met het oordeel", WITH_THE_CASE, True, ABOUT_THE_CHILD
    ),
    "cases.Decision": Decision(
        "doorzettingsbesluit: waarom, welke plek, wie tekende", WITH_THE_CASE, True, ABOUT_THE_CHILD
    ),
    "cases.DecisionParty": Decision(
        "wie over een besluit is gehoord en wat die vindt",
        WITH_THE_CASE,
        True,
        "gaat over het kind; wat een ander in vertrouwen zei wordt per geval beoordeeld (UAVG art. 41)",
    ),
    "cases.DecisionOption": Decision("mogelijkheid die bij een besluit is afgewogen", WITH_THE_CASE, True, OPINION),
    "cases.DecisionCondition": Decision(
        "wat er voor een besluit geregeld moet zijn", WITH_THE_CASE, True, ABOUT_THE_CHILD
    ),
    "cases.DecisionSignature": Decision(
        "wie een besluit tekende, met welk mandaat", WITH_THE_CASE, True, "wie over het kind besliste"
    ),
    "cases.DecisionTold": Decision("aan wie een besluit is verteld", WITH_THE_CASE, True, ABOUT_THE_CHILD),
    "cases.Task": Decision("volgende stap", WITH_THE_CASE, True, ABOUT_THE_CHILD),
    "cases.Digest": Decision("hoe vaak een medewerker bericht wil", EMPLOYMENT, False, OTHERS),
    "cases.DigestSent": Decision("dat een medewerker bericht kreeg, zonder inhoud", DIGEST, False, OTHERS),
    "cases.SavedFilter": Decision("bewaard filter van een medewerker", EMPLOYMENT, False, OTHERS),
    "cases.Mandate": Decision("mandaat: wie mag beslissen, en de vervanger", AGREEMENT, False, OTHERS),
    "cases.Signature": Decision("wie een convenant tekende: naam en functie", AGREEMENT, False, OTHERS),
    "cases.CovenantFile": Decision("het getekende convenant als bestand, met handtekeningen", AGREEMENT, False, OTHERS),
    "cases.ActionPoint": Decision("actiepunt van de regio, met de naam van de trekker", AGREEMENT, False, OTHERS),
    "reporting.Paper": Decision(
        "papier dat het gebouw verliet: wie, voor wie, waarvoor",
        LOG,
        True,
        "aan wie gegevens zijn verstrekt (AVG art. 15 lid 1c)",
    ),
    "reporting.LetterTemplate": Decision("Word-sjabloon van een brief", AGREEMENT, False, OTHERS),
    "reporting.Pack": Decision(
        "stapel voor een Thuiszitterstop; het bestand verdwijnt 14 dagen erna", LOG, False, "het papier gaat mee"
    ),
    "reporting.PaperCase": Decision("dossiers in een papier", LOG, False, "een wijzer; het papier gaat mee"),
    "core.User": Decision("medewerker: naam, e-mailadres, wachtwoord als hash", EMPLOYMENT, False, OTHERS),
    "core.Membership": Decision("rol van een medewerker", EMPLOYMENT, False, OTHERS),
    "core.Draft": Decision(
        "tekst die iemand aan het typen is", AT_ONCE, False, "is nog geen deel van het dossier en verdwijnt bij bewaren"
    ),
    "core.AuditEvent": Decision(
        "logboek: wie keek of deed wat bij wie, zonder namen",
        LOG,
        True,
        "aan wie gegevens zijn getoond, zonder de namen van medewerkers (HvJ EU C-579/21)",
    ),
    "core.AuditSeal": Decision(
        "zegel over een regel van het logboek", LOG, False, "zegt niets over iemand; bewijst dat de regel klopt"
    ),
    "core.AuditSubject": Decision(
        "welke regels van het logboek over een kind gaan", LOG, False, "een wijzer; de regels zelf gaan mee"
    ),
    "core.StoredFile": Decision(
        "bestand bij een brief of stapel, onder een naam die niets zegt",
        WITH_THE_CASE,
        False,
        "een wijzer; het bestand gaat mee met de brief of de stapel",
    ),
    "core.Job": Decision("wachtend werk, met wie erom vroeg", AT_ONCE, False, OTHERS),
    "sessions.Session": Decision("sessie van een medewerker", SESSION, False, OTHERS),
    "admin.LogEntry": Decision("wijziging op de beheerpagina's", EMPLOYMENT, False, OTHERS),
    "axes.AccessAttempt": Decision("mislukte inlog: e-mailadres en internetadres", SESSION, False, OTHERS),
    "axes.AccessAttemptExpiration": Decision("tot wanneer een mislukte inlog telt", SESSION, False, OTHERS),
    "axes.AccessFailureLog": Decision("mislukte inlog: e-mailadres en internetadres", LOG, False, OTHERS),
    "axes.AccessLog": Decision("inlog: e-mailadres en internetadres", LOG, False, OTHERS),
}

# Models without anything about a person, each with its reason.
NOBODY: dict[str, str] = {
    "leerplicht.Municipality": "openbare lijst van gemeenten",
    "leerplicht.School": "openbaar register van scholen",
    "leerplicht.SchoolDay": "open en gesloten dagen van een school",
    "cases.RegionTerm": "afspraak van een regio",
    "cases.Ladder": "stappenplan van een regio",
    "cases.LadderRung": "stap uit het stappenplan van een regio",
    "cases.Covenant": "convenant van een regio, zonder de ondertekenaars",
    "core.Organisation": "organisaties",
    "core.OrganisationLink": "banden tussen organisaties",
    "core.Counter": "het laatste nummer van een reeks",
    "auth.Group": "wordt niet gebruikt; rollen staan in core.Membership",
    "auth.Permission": "lijst van Django",
    "contenttypes.ContentType": "lijst van Django",
}
