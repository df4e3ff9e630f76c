from collections import Counter

from django.conf import settings
from django.db import migrations, models


def tell_apart(apps, schema_editor):
    """Papers of different organisations with one number get the organisation's own key behind it."""
    paper, document = apps.get_model("reporting", "Paper"), apps.get_model("cases", "Document")
    often = [number for number, times in Counter(paper.objects.values_list("number", flat=True)).items() if times > 1]
    for row in paper.objects.filter(number__in=often):
        number = f"{row.number}-{row.organisation_id or 0}"
        document.objects.filter(number=row.number, organisation=row.organisation_id).update(number=number)
        paper.objects.filter(pk=row.pk).update(number=number)


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0017_letters_per_organisation"),
        ("core", "0003_stored_file"),
        ("reporting", "0004_pack_seen"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RunPython(tell_apart, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name="paper", name="paper_number_once"),
        migrations.AddConstraint(
            model_name="paper", constraint=models.UniqueConstraint(fields=("number",), name="paper_number_once")
        ),
    ]
