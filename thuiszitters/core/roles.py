"""Who may do what: one table that an auditor can read. Rights hang on a role, roles on a membership with dates."""

from dataclasses import dataclass
from enum import StrEnum


class Right(StrEnum):
    CASE_VIEW = "dossiers bekijken"
    CASE_WORK = "in een dossier werken: contacten, notities, stappen, afsluiten"
    CASE_ASSIGN = "dossiers toewijzen aan een ander"
    REPORT_VIEW = "verzuimmeldingen bekijken"
    REPORT_ENTER = "een verzuimmelding invoeren"
    REPORT_HANDLE = "verzuimmeldingen inlezen en afhandelen"
    PUPIL_EDIT = "gegevens van een leerling vastleggen"
    PGN_SHOW = "het volledige BSN of onderwijsnummer tonen"
    EXPORT = "een lijst of dossier meenemen als bestand of PDF"
    REGION_VIEW = "de aantallen van de regio bekijken"
    ADMIN = "organisaties, gebruikers, scholen en termijnen beheren"
    LOG_VIEW = "het inzagelogboek bekijken"


@dataclass(frozen=True)
class RoleInfo:
    label: str
    explanation: str
    rights: frozenset[Right]


_OFFICER = frozenset({
    Right.CASE_VIEW, Right.CASE_WORK, Right.REPORT_VIEW, Right.REPORT_ENTER, Right.REPORT_HANDLE, Right.PUPIL_EDIT,
    Right.PGN_SHOW, Right.EXPORT,
})  # fmt: skip


class Role(StrEnum):
    LEERPLICHTAMBTENAAR = "leerplichtambtenaar"
    TEAMLEIDER = "teamleider"
    COORDINATOR = "coordinator"
    SCHOOL = "school"
    REGIO = "regio"
    HOUDER = "houder"
    BEHEERDER = "beheerder"
    CONTROLEUR = "controleur"

    @property
    def label(self) -> str:
        return ROLES[self].label

    @property
    def rights(self) -> frozenset[Right]:
        return ROLES[self].rights


ROLES: dict[Role, RoleInfo] = {
    Role.LEERPLICHTAMBTENAAR: RoleInfo(
        "leerplichtambtenaar",
        "Werkt aan de dossiers van de gemeenten waarvoor de eigen organisatie optreedt.",
        _OFFICER,
    ),
    Role.TEAMLEIDER: RoleInfo(
        "teamleider",
        "Doet wat een leerplichtambtenaar doet en verdeelt het werk.",
        _OFFICER | {Right.CASE_ASSIGN},
    ),
    Role.COORDINATOR: RoleInfo(
        "coördinator van het samenwerkingsverband",
        "Ziet en werkt aan dossiers waarin het eigen samenwerkingsverband betrokken is. Ziet geen BSN.",
        frozenset({Right.CASE_VIEW, Right.CASE_WORK, Right.EXPORT}),
    ),
    Role.SCHOOL: RoleInfo(
        "school",
        "Meldt verzuim en ziet de eigen meldingen.",
        frozenset({Right.REPORT_VIEW, Right.REPORT_ENTER}),
    ),
    Role.REGIO: RoleInfo(
        "regiocoördinator",
        "Ziet aantallen van de regio, geen kinderen.",
        frozenset({Right.REGION_VIEW}),
    ),
    Role.HOUDER: RoleInfo(
        "houder van doorzettingsmacht",
        "Ziet dossiers waarin de eigen organisatie betrokken is. Ziet geen BSN.",
        frozenset({Right.CASE_VIEW, Right.EXPORT}),
    ),
    Role.BEHEERDER: RoleInfo(
        "beheerder",
        "Beheert organisaties, gebruikers, scholen en termijnen. Ziet geen kinderen.",
        frozenset({Right.ADMIN}),
    ),
    Role.CONTROLEUR: RoleInfo(
        "controleur",
        "Ziet wie wat heeft bekeken, zonder de dossiers zelf.",
        frozenset({Right.LOG_VIEW}),
    ),
}
