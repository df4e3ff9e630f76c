"""What a region has on the stage: what it agreed, and a Thuiszitterstop with its packs."""

from datetime import date, timedelta

from django.utils import timezone

from cases.agreements.models import ActionPoint, Covenant, CovenantFile, Mandate, RegionTerm, Signature
from cases.documents.acts import keep_letter
from cases.steps.models import Ladder, LadderRung
from cases.stops.models import Stop, StopCase
from reporting.packs.models import Pack
from reporting.papers.models import Paper, PaperCase
from tests import world

# own: of the gemeente of the officer. shared: there too, and samenwerkingsverband, school and jeugdteam take part.
# foreign: elsewhere. revoked: as shared, but that ended a minute ago.
PLACES = ("own", "shared", "foreign", "revoked")


def agreements(lekstroom, place: str) -> dict[str, int]:
    """What the region of that place agreed; own, shared and revoked lie in one region."""
    foreign, n = place == "foreign", PLACES.index(place)
    region = lekstroom.organisations["regio_elders" if foreign else "regio"]
    verband = lekstroom.organisations["verband_elders" if foreign else "verband"]
    person = lekstroom.partner_elsewhere if foreign else lekstroom.holder
    since = date(2020 + n, 8, 1)
    draft = Ladder.objects.create(region=region, valid_from=date(2028 + n, 1, 1), draft=True, source="x")
    agreed = Ladder.objects.create(region=region, valid_from=date(2040 + n, 1, 1), source="x")
    rung = LadderRung.objects.create(
        ladder=draft,
        position=0,
        name="gesprek",
        trigger="x",
        owner="school",
        after_amount=1,
        after_count="weken",
        actions="x",
    )
    term = RegionTerm.objects.create(
        region=region, code=f"{n + 7}-weken", amount=n + 7, unit="weeks", warn_days=7, valid_from=since, source="x"
    )
    covenant = Covenant.objects.create(region=region, title="Convenant", valid_from=since)
    CovenantFile.objects.create(
        covenant=covenant, name="c.pdf", content=world.pdf(), size=900, added_by=lekstroom.region
    )
    signature = Signature.objects.create(
        covenant=covenant, organisation="x", name="Wim Wethouder", function="wethouder", signed_on=since
    )
    mandate = Mandate.objects.create(
        region=region, organisation=verband, person=person, scope=Mandate.Scope.values[n], valid_from=since, source="x"
    )
    point = ActionPoint.objects.create(
        region=region, title="x", goal="preventie", lead=verband, due_on=date(2026, 12, 1)
    )
    return {
        **dict.fromkeys(("ladder", "ladder-edit", "rung-new", "ladder-agree", "ladder-drop"), draft.pk),
        "ladder-back": agreed.pk,
        "rung": rung.pk,
        "rung-remove": rung.pk,
        "term-end": term.pk,
        "mandate-end": mandate.pk,
        "signature-remove": signature.pk,
        **dict.fromkeys(("covenant", "covenant-edit", "covenant-file", "covenant-pdf", "signature-new"), covenant.pk),
        "action-point": point.pk,
        "action-point-settle": point.pk,
    }


def stops(lekstroom, case, place: str, author, organisation) -> dict[str, int]:
    """A Thuiszitterstop that began, with the dossier on it and a pack that was ordered."""
    region = lekstroom.organisations["regio_elders" if place == "foreign" else "regio"]
    stop = Stop.objects.create(
        region=region,
        starts_at=timezone.now() - timedelta(hours=PLACES.index(place) + 1),
        place="Zaal",
        organisation=organisation,
        by=author,
    )
    row = StopCase.objects.create(stop=stop, case=case, position=1, added_by=author)
    paper = Paper.objects.create(
        number=f"P-{place}", kind="stapel", recipient="x", purpose="x", by=author, organisation=organisation
    )
    PaperCase.objects.create(paper=paper, case=case)
    pack = Pack.objects.create(paper=paper, stop=stop, total=1)
    names = ("", "-edit", "-cancel", "-invitation", "-choose", "-recap", "-minutes", "-off", "-undo", "-move")
    names += ("-off-many", "-order", "-sort")
    packs = ("packs", "pack-file", "pack-cancel", "pack-retry")
    letter = keep_letter(
        case,
        kind="gesprek",
        part="verloop",
        title="brief",
        recipient="x",
        guardians=(),
        number="P-1",
        docx=b"x",
        pdf=world.pdf(),
        organisation=organisation,
        by=author,
    )
    names_of_letters = dict.fromkeys(("letter-file", "letter-sent"), letter.pk)
    return {
        "row": row.pk,
        "pack": pack.pk,
        **names_of_letters,
        **{f"stop{n}": stop.pk for n in names},
        **dict.fromkeys(packs, stop.pk),
    }
