from datetime import date

import pytest

from cases.barriers.models import Barrier
from cases.dossier.models import Case, Task
from cases.offers.models import Offer
from cases.work.models import Contact, Note, Problem
from leerplicht.models import Guardian
from tests import world


@pytest.fixture
def noor(lekstroom, friday) -> Case:
    """Noor of 13: what mother, father, child, school and a neighbour said, each with a word of its own."""
    child = world.pupil(first_names="Noor", last_name="Geelvink", address="Lindelaan 9")
    case = world.open_case(child, lekstroom.schools["99AA00"])
    world.involve(case, lekstroom.organisations["verband"], since=date(2026, 11, 1))
    own = {"case": case, "by": lekstroom.officer, "organisation": lekstroom.organisations["nieuwegein"]}
    mother = Guardian.objects.create(pupil=child, name="Fatima Geelvink", relation="moeder", gezag="ja", phone="06-1")
    father = Guardian.objects.create(pupil=child, name="Karel Roodborst", relation="vader", gezag="ja")
    Guardian.objects.create(pupil=child, name="Piet Winter", relation="stiefvader", gezag="nee")
    for day, who, guardian, text, more in (
        (9, "ouder", mother, "MOEDERWOORD", {"shared": True}),
        (10, "ouder", father, "VADERWOORD", {"shared": True}),
        (11, "kind", None, "KINDWOORD", {"shared": True}),
        (12, "school", None, "SCHOOLWOORD", {"shared": True}),
        (13, "anders", None, "BUURWOORD", {"shared": True, "name": "Buurvrouw Bos"}),
        (14, "ouder", mother, "EIGENKANT", {}),
        (15, "kind", None, "GEHEIMWOORD", {"shared": True, "kept_from_parents": True}),
        (16, "ouder", mother, "ZIEKWOORD", {"part": "gezondheid"}),
    ):
        Contact.objects.create(
            on=date(2026, 11, day), who=who, guardian=guardian, channel="gesprek", own_words=text, **own, **more
        )
    Note.objects.create(text="NOTITIEWOORD", **own)
    Task.objects.create(case=case, title="TAAKWOORD", due_on=date(2026, 12, 1), by=lekstroom.officer)
    Barrier.objects.create(kind="vervoer", what="BUSWOORD", owner_name="Wim", asked_on=date(2026, 11, 2), **own)
    Offer.objects.create(kind="VSO", provider="De Haven", hours_start=6, hours_full=24, asked_on="2026-11-03", **own)
    Problem.objects.create(code="A1", **own)
    Problem.objects.create(code="E1", shared=True, **own)
    return case
