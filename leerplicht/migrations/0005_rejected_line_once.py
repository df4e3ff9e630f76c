"""Each refused line waits once; those that stood double are repaired: what was handled stays, else the oldest."""

import json

from cryptography.fernet import InvalidToken
from django.db import migrations, models

from thuiszitters.core.sealed.secrets import keyed_hash, unseal


def keep_one_of_each(apps, schema_editor):
    lines = apps.get_model("leerplicht", "RejectedLine")
    known = set(apps.get_model("leerplicht", "Municipality").objects.values_list("code", flat=True))
    seen = set()
    handled_first = lines.objects.order_by(models.F("handled_at").asc(nulls_last=True), "pk")
    for row in list(handled_first.iterator(chunk_size=500)):
        row.municipality_code = row.municipality_code.strip().removeprefix("GM").zfill(4)
        if row.municipality_code not in known:
            row.municipality_code = ""
        row.line_hash = _hash(row)
        if row.line_hash in seen:
            row.delete()
            continue
        seen.add(row.line_hash)
        row.save(update_fields=["line_hash", "municipality_code"])


def _hash(row):
    try:
        raw = json.loads(unseal(row.sealed_row))
    except InvalidToken:  # the key is gone: nobody can read it, so it is like no other
        return keyed_hash(f"rij {row.pk}")
    if not raw:
        return keyed_hash(json.dumps([f"{row.file_name} {row.line}", []]))
    owner = f"organisatie {row.organisation_id}" if row.organisation_id and not row.municipality_code else ""
    return keyed_hash(json.dumps([owner, sorted((name, value.strip()) for name, value in raw.items())]))


class Migration(migrations.Migration):
    dependencies = [("leerplicht", "0004_hours_of_11a")]

    operations = [
        migrations.AddField(
            model_name="rejectedline",
            name="line_hash",
            field=models.CharField(default="", editable=False, max_length=64, verbose_name="herkent dezelfde regel"),
        ),
        migrations.RunPython(keep_one_of_each, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="rejectedline",
            index=models.Index(fields=["municipality_code", "state"], name="rejected_of_gemeente"),
        ),
        migrations.AddConstraint(
            model_name="rejectedline",
            constraint=models.UniqueConstraint(
                condition=models.Q(("line_hash", ""), _negated=True), fields=("line_hash",), name="rejected_line_once"
            ),
        ),
    ]
