"""Search texts by the one folding, and the names of reports from before they were kept as sent."""

from django.db import migrations

from leerplicht.names.folding import fold

LONGEST, CHUNK = 600, 500


def fold_again(apps, schema_editor):
    pupils, changed = apps.get_model("leerplicht", "Pupil").objects, []
    for pupil in pupils.only("last_name", "first_names", "search_last", "search_first").iterator(chunk_size=CHUNK):
        folded = fold(pupil.last_name)[:LONGEST], fold(pupil.first_names)[:LONGEST]
        if folded != (pupil.search_last, pupil.search_first):
            pupil.search_last, pupil.search_first = folded
            changed.append(pupil)
    pupils.bulk_update(changed, ["search_last", "search_first"], batch_size=CHUNK)


def keep_as_sent(apps, schema_editor):
    """Only where the school gave the name itself: a child of which all reports came from one school, and that nobody
    entered by hand. Of the others it is not known what was sent, and a school is not shown what stands on record."""
    reports, changed = apps.get_model("leerplicht", "AbsenceReport").objects, []
    schools: dict[int, set[int]] = {}
    for pupil, school in reports.order_by().values_list("pupil", "school").distinct():
        schools.setdefault(pupil, set()).add(school)
    by_hand = set(apps.get_model("leerplicht", "NotEnrolled").objects.values_list("pupil", flat=True))
    own = {pupil for pupil, of in schools.items() if len(of) == 1} - by_hand
    for report in reports.filter(sent_born=None).select_related("pupil").iterator(chunk_size=CHUNK):
        pupil = report.pupil
        report.sent_hash = pupil.pgn_hash
        if pupil.pk in own:
            report.sent_first_names, report.sent_prefix = pupil.first_names, pupil.prefix
            report.sent_last_name, report.sent_born = pupil.last_name, pupil.born
        changed.append(report)
    fields = ["sent_first_names", "sent_prefix", "sent_last_name", "sent_born", "sent_hash"]
    reports.bulk_update(changed, fields, batch_size=CHUNK)


class Migration(migrations.Migration):
    dependencies = [("leerplicht", "0008_identity")]

    operations = [
        migrations.RunPython(fold_again, migrations.RunPython.noop),
        migrations.RunPython(keep_as_sent, migrations.RunPython.noop),
    ]
