"""Organisations, accounts and schools of the demonstration region. Gemeenten are real, all else is invented."""

from datetime import date

from cases.agreements.models import RegionTerm
from leerplicht.models import Municipality, School, SchoolDay
from thuiszitters.core.people.organisations import Membership, Organisation, OrganisationLink
from thuiszitters.core.people.roles import MUNICIPAL_ROLES, Role
from thuiszitters.core.people.users import User

SINCE = date(2024, 8, 1)
PASSWORD = "thuiszitters-demo"
GEMEENTEN = {"0321": "Houten", "0331": "Lopik", "0353": "IJsselstein", "0356": "Nieuwegein", "1961": "Vijfheerenlanden"}
ELSEWHERE = ("0193", "Zwolle")
SCHOOLS = {
    "99AA00": ("De Lindeboom", "po", "0356"),
    "99AA01": ("De Lindeboom, locatie Waterkant", "po", "0356"),
    "99AB00": ("Het Kompas", "po", "0321"),
    "99AC00": ("De Zonnewijzer", "po", "0353"),
    "99AD00": ("De Veerpont", "po", "0331"),
    "99AE00": ("De Zaaier", "po", "1961"),
    "99AF00": ("De Rietkraag", "po", "0321"),
    "99BA00": ("Lekdal College", "vo", "0356"),
    "99BB00": ("Sluispoort Lyceum", "vo", "0356"),
    "99BC00": ("Hofland College", "vo", "0321"),
    "99BD00": ("Baronie Mavo", "vo", "0353"),
    "99BE00": ("Vakschool Zederik", "vo", "1961"),
    "99BF00": ("Praktijkschool De Wending", "vo", "0356"),
}
# Schools of special education: places that are offered, no child begins there.
SPECIAL = {
    "99CA00": ("De Regenboog", "sbo", "0356"),
    "99CB00": ("De Springplank", "so", "0321"),
    "99CC00": ("Het Anker College", "vso", "0356"),
}
VERBANDEN = {
    "VO9901": "Samenwerkingsverband De Verbinding (voortgezet onderwijs)",
    "PO9901": "Samenwerkingsverband De Verbinding (basisonderwijs)",
}
ACCOUNTS = (
    ("leerplichtambtenaar", "Mila", "Officier", Role.LEERPLICHTAMBTENAAR, "gemeente", "0356"),
    ("teamleider", "Tess", "van Dam", Role.TEAMLEIDER, "regionaal_bureau", "LEK"),
    ("coordinator", "Coen", "Verbinder", Role.COORDINATOR, "samenwerkingsverband", "VO9901"),
    ("school", "Sara", "Mentor", Role.SCHOOL, "school", "99BA00"),
    ("zorg", "Jet", "Jeugdarts", Role.ZORG, "zorgpartij", "JTL"),
    ("regio", "Rik", "Lek", Role.REGIO, "regio", "LEK"),
    ("houder", "Hanna", "Besluit", Role.HOUDER, "samenwerkingsverband", "VO9901"),
    ("beheerder", "Bea", "Beheer", Role.BEHEERDER, "regionaal_bureau", "LEK"),
    ("controleur", "Coby", "Controle", Role.CONTROLEUR, "regionaal_bureau", "LEK"),
    ("vreemde", "Stan", "Elders", Role.LEERPLICHTAMBTENAAR, "gemeente", ELSEWHERE[0]),
)
COLLEAGUES = (
    ("j.wagenaar", "Joris", "Wagenaar", "gemeente", "0356"),
    ("a.koster", "Aya", "Koster", "gemeente", "0321"),
    ("b.yilmaz", "Bilal", "Yilmaz", "regionaal_bureau", "LEK"),
    ("f.smit", "Femke", "Smit", "gemeente", "1961"),
)


def build_region() -> None:
    """Everything that stands around the children. Can run twice."""
    for code, name in [*GEMEENTEN.items(), ELSEWHERE]:
        region = "noord" if code == ELSEWHERE[0] else "midden"
        Municipality.objects.get_or_create(code=code, defaults={"name": name, "holiday_region": region})
        _organisation("gemeente", code, f"Gemeente {name}")
    for code, name in VERBANDEN.items():
        _organisation("samenwerkingsverband", code, name)
    _organisation("zorgpartij", "JTL", "Jeugdteam Lekstroom")
    bureau = _organisation("regionaal_bureau", "LEK", "Leerplicht Lekstroom")
    regio = _organisation("regio", "LEK", "Lekstroom")
    for code in GEMEENTEN:
        gemeente = _organisation("gemeente", code, "")
        _link("acts_for", bureau, gemeente)
        _link("has_member", regio, gemeente)
    for code in VERBANDEN:
        _link("has_member", regio, _organisation("samenwerkingsverband", code, ""))
    _schools()
    _terms(regio)
    _accounts()


def _organisation(kind: str, code: str, name: str) -> Organisation:
    by = {"code": code} if code else {"name": name}
    return Organisation.objects.get_or_create(kind=kind, **by, defaults={"name": name, "code": code})[0]


def _link(kind: str, organisation, other) -> None:
    OrganisationLink.objects.get_or_create(
        kind=kind, organisation=organisation, other=other, defaults={"valid_from": SINCE}
    )


def _schools() -> None:
    for code, (name, sector, municipality) in (SCHOOLS | SPECIAL).items():
        school, _ = School.objects.get_or_create(
            code=code,
            defaults={
                "name": name,
                "sector": sector,
                "municipality_id": municipality,
                "holiday_region": "midden",
                "place": GEMEENTEN[municipality],
            },
        )
        SchoolDay.objects.get_or_create(school=school, day=date(2026, 12, 18), defaults={"reason": "studiedag"})
        _organisation("school", code, name)


def _terms(regio) -> None:
    RegionTerm.objects.get_or_create(
        region=regio,
        code="6-weken",
        defaults={
            "amount": 6,
            "unit": "weeks",
            "warn_days": 10,
            "valid_from": SINCE,
            "source": "Convenant thuiszitters Lekstroom",
        },
    )


def _accounts() -> None:
    for login, first, last, role, kind, code in ACCOUNTS:
        _account(f"{login}@voorbeeld.test", first, last, role, Organisation.objects.get(kind=kind, code=code))
    # The officer is boa as well, as in most gemeenten.
    officer = User.objects.get(email="leerplichtambtenaar@voorbeeld.test")
    gemeente = Organisation.objects.get(kind="gemeente", code="0356")
    _account(officer.email, officer.first_name, officer.last_name, Role.BOA, gemeente)
    for login, first, last, kind, code in COLLEAGUES:
        organisation = Organisation.objects.get(kind=kind, code=code)
        _account(f"{login}@voorbeeld.test", first, last, Role.LEERPLICHTAMBTENAAR, organisation)


def _account(email: str, first: str, last: str, role: Role, organisation: Organisation) -> User:
    user = User.objects.filter(email=email).first()
    if not user:
        admin = role == Role.BEHEERDER
        user = User.objects.create_user(email, PASSWORD, first_name=first, last_name=last, is_staff=admin)
        if role in MUNICIPAL_ROLES:
            user.phone = f"030 5550 {100 + User.objects.count()}"
            user.save()
    Membership.objects.get_or_create(user=user, organisation=organisation, role=role, defaults={"valid_from": SINCE})
    return user
