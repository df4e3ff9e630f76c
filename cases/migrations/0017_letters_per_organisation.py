from django.conf import settings
from django.db import migrations, models


def warnings_to_their_part(apps, schema_editor):
    """A warning is of the gemeente only."""
    apps.get_model("cases", "Document").objects.filter(kind="waarschuwing").update(part="handhaving")


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0016_document"),
        ("core", "0003_stored_file"),
        ("leerplicht", "0003_sealed_fields"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="document", name="document_version_once"),
        migrations.AlterField(
            model_name="document",
            name="part",
            field=models.CharField(
                choices=[
                    ("verloop", "wat er is gedaan"),
                    ("vrijstelling", "verklaring bij een vrijstelling"),
                    ("handhaving", "handhaving"),
                ],
                default="verloop",
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="historicaldocument",
            name="part",
            field=models.CharField(
                choices=[
                    ("verloop", "wat er is gedaan"),
                    ("vrijstelling", "verklaring bij een vrijstelling"),
                    ("handhaving", "handhaving"),
                ],
                default="verloop",
                max_length=12,
            ),
        ),
        migrations.RunPython(warnings_to_their_part, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.UniqueConstraint(
                fields=("case", "organisation", "kind", "recipient", "version"), name="document_version_once"
            ),
        ),
    ]
