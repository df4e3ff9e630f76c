import django.db.models.deletion
from django.db import migrations, models

TELLING, REPLACED, LONGEST = "vertellen aan ouders en kind", "Vervangen door besluit", 200


def _title(condition, number: str) -> str:
    """The text of the step, as it was the key until now."""
    who = f"{condition.person}, {condition.organisation.name}" if condition.organisation else condition.person
    if condition.kind == "tlv":
        return f"Voorwaarde van besluit {number} ({who})"[:LONGEST]
    return f"{condition.get_kind_display().capitalize()}: {condition.what} ({who})"[:LONGEST]


def name_what_texts_said(apps, schema_editor):
    """What steps and moves of offers of before are, read once from their texts."""
    task, condition = apps.get_model("cases", "Task"), apps.get_model("cases", "DecisionCondition")
    task.objects.filter(decision__isnull=False, title__endswith=TELLING).update(kind="vertellen")
    for row in condition.objects.select_related("decision", "organisation"):
        steps = task.objects.filter(decision=row.decision, title=_title(row, row.decision.number), kind="")
        steps.update(kind="voorwaarde", condition=row)
    change = apps.get_model("cases", "OfferChange")
    change.objects.filter(because__startswith=REPLACED).update(cause="vervangen")


class Migration(migrations.Migration):
    dependencies = [("cases", "0017_letters_per_organisation")]

    operations = [
        migrations.AddField(
            model_name="historicaltask",
            name="condition",
            field=models.ForeignKey(
                blank=True,
                db_constraint=False,
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="cases.decisioncondition",
            ),
        ),
        migrations.AddField(
            model_name="historicaltask",
            name="kind",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "gewone stap"),
                    ("vertellen", "een besluit vertellen"),
                    ("voorwaarde", "voorwaarde van een besluit"),
                ],
                default="",
                editable=False,
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="offerchange",
            name="cause",
            field=models.CharField(
                blank=True,
                choices=[("", "iets anders"), ("vervangen", "vervangen door een besluit")],
                default="",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="task",
            name="condition",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="tasks",
                to="cases.decisioncondition",
            ),
        ),
        migrations.AddField(
            model_name="task",
            name="kind",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "gewone stap"),
                    ("vertellen", "een besluit vertellen"),
                    ("voorwaarde", "voorwaarde van een besluit"),
                ],
                default="",
                editable=False,
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="task",
            name="meeting",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="tasks",
                to="cases.meeting",
                verbose_name="afgesproken in",
            ),
        ),
        migrations.AlterField(
            model_name="task",
            name="stop",
            field=models.ForeignKey(
                editable=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="tasks",
                to="cases.stop",
                verbose_name="afgesproken op",
            ),
        ),
        migrations.RunPython(name_what_texts_said, migrations.RunPython.noop, elidable=True),
    ]
