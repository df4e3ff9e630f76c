"""Who did what was done before this was kept: from the history of the rows. What the history does not say stays
empty, because a guess would put words under the name of somebody who did not say them."""

from django.db import migrations

# What says that it was done, and where who did it goes. A row that came in as done (from another system) was not done
# by who brought it in, so a first version of a step does not count.
FILLED = (
    ("Task", {"done_on__isnull": False, "history_type": "~"}, "done_by"),
    ("Barrier", {"solved_on__isnull": False}, "solved_by"),
    ("Meeting", {"state__in": ["gehouden", "afgezegd"]}, "settled_by"),
    ("ExemptionClaim", {"sent_on__isnull": False}, "sent_by"),
    ("ExemptionClaim", {"objected_on__isnull": False}, "objected_by"),
)


def fill(apps, schema_editor):
    for name, done, target in FILLED:
        model, history = apps.get_model("cases", name), apps.get_model("cases", f"Historical{name}")
        first: dict[int, int | None] = {}
        rows = history.objects.filter(**done).order_by("history_date", "history_id")
        for pk, user in rows.values_list("id", "history_user_id").iterator(chunk_size=5000):
            first.setdefault(pk, user)
        wanted = {key: value for key, value in done.items() if key != "history_type"}
        for row in model.objects.filter(**wanted).iterator(chunk_size=5000):
            if user := first.get(row.pk):
                model.objects.filter(pk=row.pk).update(**{target: user})
    said, history = apps.get_model("cases", "StopCase"), apps.get_model("cases", "HistoricalStopCase")
    for row in said.objects.exclude(discussed=""):
        written = history.objects.filter(id=row.pk).exclude(discussed="").order_by("history_date").first()
        if written and written.history_user_id:
            said.objects.filter(pk=row.pk).update(discussed_by=written.history_user_id)


class Migration(migrations.Migration):
    dependencies = [("cases", "0027_who_did_it")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
