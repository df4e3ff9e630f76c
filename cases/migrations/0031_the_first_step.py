"""The first step of a dossier says what it is, so that contact with parents and child answers it."""

from django.db import migrations

FIRST_TASK = "Spreek met de ouders en met het kind"


def say(apps, schema_editor):
    rows = apps.get_model("cases", "Task").objects.filter(title=FIRST_TASK, kind="", done_on=None)
    rows.update(kind="spreken")


class Migration(migrations.Migration):
    dependencies = [("cases", "0030_facts_close_steps")]
    operations = [migrations.RunPython(say, migrations.RunPython.noop)]
