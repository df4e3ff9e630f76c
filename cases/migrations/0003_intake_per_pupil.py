import django.db.models.deletion
from django.db import migrations, models
from django.db.models import OuterRef, Subquery


def fill(apps, schema_editor):
    """Every intake belongs to the pupil of its report."""
    intakes, reports = apps.get_model("cases", "Intake"), apps.get_model("leerplicht", "AbsenceReport")
    pupil = reports.objects.filter(pk=OuterRef("report")).values("pupil")[:1]
    intakes.objects.update(pupil=Subquery(pupil))


class Migration(migrations.Migration):
    atomic = False  # PostgreSQL changes no table with waiting constraint checks in one transaction
    dependencies = [("cases", "0002_initial"), ("leerplicht", "0002_pupil_per_gemeente")]
    operations = [
        migrations.AddField(
            "Intake",
            "pupil",
            models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="leerplicht.pupil"
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField(
            "Intake",
            "pupil",
            models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="leerplicht.pupil"),
        ),
        migrations.AlterField("Intake", "number", models.CharField(max_length=40, verbose_name="meldingsnummer")),
        migrations.AddConstraint("Intake", models.UniqueConstraint(fields=("number", "pupil"), name="intake_once")),
    ]
