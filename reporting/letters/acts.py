"""Keeping a template of an organisation (the newer one ends the one before, none is changed), and what its letters say
about it."""

from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Max

from cases.dossier.access import check_may
from cases.dossier.rules import NotNow
from cases.dossier.saving import CHANGED, still_as_read
from reporting.letters.models import LetterDetails, LetterTemplate
from thuiszitters.core.files import keeping as files
from thuiszitters.core.log.audit import log_event
from thuiszitters.core.people.access import looked_after_by
from thuiszitters.core.people.organisations import Organisation
from thuiszitters.core.people.users import User
from thuiszitters.core.words import long_date


def save_template(
    organisation: Organisation, kind: str, *, name: str, content: bytes, valid_from: date, by: User
) -> LetterTemplate:
    """Keep a checked Word file as the template from a day on; of two that begin on one day the newest version holds.
    NotNow when there is one that begins later."""
    with transaction.atomic():
        Organisation.objects.select_for_update().get(pk=organisation.pk)  # two at once follow each other
        mine = LetterTemplate.objects.filter(organisation=organisation, kind=kind)
        last = mine.filter(valid_until=None).first()
        if last and last.valid_from > valid_from:
            raise NotNow(f"Er staat al een sjabloon klaar vanaf {long_date(last.valid_from)}. Kies die dag of later.")
        if last:
            last.valid_until = max(last.valid_from, valid_from - timedelta(days=1))
            last.save(update_fields=["valid_until"])
        file = files.keep(content, "sjablonen")
        version = (mine.aggregate(last=Max("version"))["last"] or 0) + 1
        row = LetterTemplate.objects.create(
            organisation=organisation,
            kind=kind,
            version=version,
            name=name[:200],
            file=file,
            by=by,
            valid_from=valid_from,
        )
        log_event("template_saved", by=by, row=row.pk, kind=kind)
    return row


def save_details(row: LetterDetails, *, by: User) -> None:
    """What the letters of an organisation say about it. NotNow when a colleague changed it since it was read."""
    check_may(looked_after_by(by).filter(pk=row.organisation_id).exists())
    try:
        with transaction.atomic():
            if not still_as_read(row):
                raise NotNow(CHANGED)
            row.save()
            log_event("letter_details_saved", by=by, row=row.pk)
    except IntegrityError as problem:  # two who fill it in for the first time
        raise NotNow(CHANGED) from problem
