"""How the tests of letters write one: the page, what is sent, and a claim to write about."""

from datetime import UTC, date, datetime

from cases.claims.models import ExemptionClaim
from cases.talks.acts import plan
from cases.talks.models import Talk
from reporting.letters import word
from reporting.letters.texts import LetterKind

ADDRESS = "Lindelaan 9\n3431 ab nieuwegein"


def used_by(kind: LetterKind) -> frozenset[str]:
    return word.fields_in(word.standard(kind))


def page(case, rest="") -> str:
    return f"/dossiers/{case.number}/brieven/{rest}"


def sent(case, kind="gesprek", **fields) -> dict:
    values = {
        "afspraak_datum": "maandag 7 december 2026",
        "afspraak_tijd": "14.00 uur",
        "afspraak_plek": "Stadskantoor",
        "afzender_telefoon": "030 1234567",
        "afzender_email": "a@b.nl",
        "thuis_sinds": "5 oktober 2026",
    }
    for guardian in case.pupil.guardians.exclude(gezag="nee"):
        values |= {f"aan_o{guardian.pk}": "on", f"adres_o{guardian.pk}": ADDRESS}
    return values | fields


def a_talk(case, lekstroom) -> Talk:
    """Planned on 7 December, at two o'clock here."""
    where = {"place": "Kamer 1", "organisation": lekstroom.organisations["nieuwegein"]}
    talk = Talk(case=case, starts_at=datetime(2026, 12, 7, 13, tzinfo=UTC), **where)
    plan(talk, list(case.pupil.guardians.all()), by=lekstroom.officer)
    return talk


def a_claim(case, lekstroom, ground, *, state="ontvangen", **fields) -> ExemptionClaim:
    judged = {"judged_on": date(2026, 11, 10), "judged_by": lekstroom.officer, "because": "Daarom."}
    about = {"received_on": date(2026, 11, 2), "first_day": date(2026, 11, 2), "by": lekstroom.officer}
    about |= judged if state != "ontvangen" else {}
    return ExemptionClaim.objects.create(case=case, ground=ground, state=state, **about | fields)
