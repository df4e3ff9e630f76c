"""Who may do what: one table that an auditor can read. Rights hang on a role, roles on a membership with dates."""

from dataclasses import dataclass
from enum import StrEnum


class Right(StrEnum):
    CASE_VIEW = "dossiers bekijken"
    CASE_WORK = "in een dossier werken: contacten, notities, stappen, afsluiten"
    CASE_ASSIGN = "dossiers toewijzen aan een ander"
    TAKE_OVER = "dossiers uit een ander systeem overnemen"
    REPORT_VIEW = "verzuimmeldingen bekijken"
    REPORT_ENTER = "een verzuimmelding invoeren"
    REPORT_HANDLE = "verzuimmeldingen inlezen en afhandelen"
    PUPIL_EDIT = "gegevens van een leerling vastleggen"
    PGN_SHOW = "het volledige BSN of onderwijsnummer tonen"
    EXPORT = "een lijst of dossier meenemen als bestand of PDF"
    REGION_VIEW = "de aantallen van de regio bekijken"
    REGION_EDIT = "de afspraken van de regio vastleggen: stappenplan, termijnen, convenanten, mandaten, actiepunten"
    ADMIN = "organisaties, gebruikers, scholen en termijnen beheren"
    LOG_VIEW = "het inzagelogboek van de eigen organisatie bekijken"
    ENFORCE = "de handhaving zien en vastleggen, als boa"
    REVIEW = "opschalingen beoordelen voor het samenwerkingsverband"
    DECIDE = "een doorzettingsbesluit tekenen, binnen het eigen mandaat"
    EMERGENCY = "bij gevaar een ander dossier kort openen (noodtoegang)"


@dataclass(frozen=True)
class RoleInfo:
    """`purpose`: for what the role looks at personal data, as it stands in the log of looks."""

    label: str
    explanation: str
    purpose: str
    rights: frozenset[Right]


_OFFICER = frozenset(
    {
        Right.CASE_VIEW,
        Right.CASE_WORK,
        Right.REPORT_VIEW,
        Right.REPORT_ENTER,
        Right.REPORT_HANDLE,
        Right.PUPIL_EDIT,
        Right.PGN_SHOW,
        Right.EXPORT,
        Right.EMERGENCY,
    }
)
_SUPERVISION = "toezicht op de Leerplichtwet (art. 16 en 22)"


class Role(StrEnum):
    LEERPLICHTAMBTENAAR = "leerplichtambtenaar"
    TEAMLEIDER = "teamleider"
    COORDINATOR = "coordinator"
    SCHOOL = "school"
    REGIO = "regio"
    HOUDER = "houder"
    BEHEERDER = "beheerder"
    CONTROLEUR = "controleur"
    BOA = "boa"
    ZORG = "zorg"

    @property
    def label(self) -> str:
        return ROLES[self].label

    @property
    def purpose(self) -> str:
        return ROLES[self].purpose

    @property
    def rights(self) -> frozenset[Right]:
        return ROLES[self].rights


# Who works for the gemeente itself. Other roles see a dossier only by a share, also when they are held at a gemeente:
# a wethouder who holds doorzettingsmacht, an own jeugdteam.
MUNICIPAL_ROLES = frozenset({Role.LEERPLICHTAMBTENAAR, Role.TEAMLEIDER, Role.BOA})

BY_SHARE = frozenset({Role.COORDINATOR, Role.SCHOOL, Role.ZORG, Role.HOUDER})

# At which kinds of organisation a role can be held (values of Organisation.Kind); the others anywhere.
KINDS_OF_ROLE: dict[Role, frozenset[str]] = {
    **dict.fromkeys(MUNICIPAL_ROLES, frozenset({"gemeente", "regionaal_bureau"})),
    Role.COORDINATOR: frozenset({"samenwerkingsverband"}),
    Role.SCHOOL: frozenset({"school"}),
    Role.ZORG: frozenset({"zorgpartij"}),
    Role.REGIO: frozenset({"regio"}),
    Role.HOUDER: frozenset({"samenwerkingsverband", "gemeente"}),
}

ROLES: dict[Role, RoleInfo] = {
    Role.LEERPLICHTAMBTENAAR: RoleInfo(
        "leerplichtambtenaar",
        "Werkt aan de dossiers van de gemeenten waarvoor de eigen organisatie optreedt.",
        _SUPERVISION,
        _OFFICER,
    ),
    Role.TEAMLEIDER: RoleInfo(
        "teamleider",
        "Doet wat een leerplichtambtenaar doet, verdeelt het werk en neemt dossiers uit een ander systeem over.",
        _SUPERVISION,
        _OFFICER | {Right.CASE_ASSIGN, Right.TAKE_OVER},
    ),
    Role.BOA: RoleInfo(
        "opsporingsambtenaar (boa)",
        "Ziet en schrijft de handhaving in de dossiers van de eigen gemeenten. Meestal naast leerplichtambtenaar.",
        "opsporing (Wet politiegegevens)",
        frozenset({Right.CASE_VIEW, Right.ENFORCE}),
    ),
    Role.COORDINATOR: RoleInfo(
        "coördinator van het samenwerkingsverband",
        "Ziet en werkt aan dossiers waarin het eigen samenwerkingsverband betrokken is. Ziet geen BSN.",
        "passende plek voor een leerling (WPO art. 18a, WVO 2020)",
        frozenset({Right.CASE_VIEW, Right.CASE_WORK, Right.REVIEW, Right.EXPORT}),
    ),
    Role.SCHOOL: RoleInfo(
        "school",
        "Meldt verzuim, ziet de eigen meldingen, en werkt mee aan dossiers waarin de school betrokken is.",
        "melden van verzuim en terugkeer van een eigen leerling",
        frozenset({Right.REPORT_VIEW, Right.REPORT_ENTER, Right.CASE_VIEW, Right.CASE_WORK}),
    ),
    Role.ZORG: RoleInfo(
        "jeugdhulp of jeugdarts",
        "Werkt mee aan dossiers waarin de eigen organisatie betrokken is. Ziet geen BSN en geen meldingen.",
        "hulp aan een eigen cliënt",
        frozenset({Right.CASE_VIEW, Right.CASE_WORK}),
    ),
    Role.HOUDER: RoleInfo(
        "houder van doorzettingsmacht",
        "Ziet dossiers waarin de eigen organisatie betrokken is, en tekent besluiten. Ziet geen BSN.",
        "besluit over een plek (doorzettingsmacht)",
        frozenset({Right.CASE_VIEW, Right.DECIDE, Right.EXPORT}),
    ),
    Role.REGIO: RoleInfo(
        "regiocoördinator",
        "Ziet aantallen van de regio, geen kinderen. Legt vast wat de regio afspreekt.",
        "sturen op de aanpak in de regio",
        frozenset({Right.REGION_VIEW, Right.REGION_EDIT}),
    ),
    Role.BEHEERDER: RoleInfo(
        "beheerder",
        "Beheert organisaties, gebruikers, scholen en termijnen. Ziet geen kinderen.",
        "beheer",
        frozenset({Right.ADMIN}),
    ),
    Role.CONTROLEUR: RoleInfo(
        "controleur",
        "Ziet wie bij de eigen organisatie wat heeft bekeken, zonder de dossiers zelf.",
        "controle op rechtmatig gebruik (AVG art. 5 lid 2 en 32)",
        frozenset({Right.LOG_VIEW}),
    ),
}
