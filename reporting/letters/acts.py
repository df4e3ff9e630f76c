"""Keeping a template of an organisation: the newer one ends the one before, none is changed."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Max

from cases.dossier.rules import NotNow
from reporting.letters.models import LetterTemplate
from thuiszitters.core.files import keeping as files
from thuiszitters.core.log.audit import log_event
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
