"""The pages of a family, and what stands in the dossier of `noor` for others."""

from datetime import UTC, datetime

from cases.meetings.models import Attendance, Meeting

PAGES = ("dossier", "inzage", "rechten", "document", "mening/plan")
# What stands in the dossier of `noor` and is written for others.
FOR_OTHERS = (
    "VADERWOORD", "BUURWOORD", "EIGENKANT", "GEHEIMWOORD", "ZIEKWOORD", "NOTITIEWOORD", "TAAKWOORD", "BUSWOORD",
    "SCHOOLWOORD", "Buurvrouw", "Roodborst", "Piet Winter", "Lindelaan", "06-1",
)  # fmt: skip


def everything(client) -> str:
    return "".join(client.get(f"/meekijken/{page}/").content.decode() for page in PAGES)


def held(case, lekstroom, *people: dict, **fields) -> Meeting:
    values = {"starts_at": datetime(2026, 11, 18, 13, 0, tzinfo=UTC), "place": "Stadhuis", "question": "QVRAAG"}
    own = {"by": lekstroom.officer, "organisation": lekstroom.organisations["nieuwegein"]}
    row = Meeting.objects.create(case=case, kind="mdo", state="gehouden", ground="wettelijk", **own, **values | fields)
    for person in people:
        Attendance.objects.create(meeting=row, present="ja", **person)
    return row
