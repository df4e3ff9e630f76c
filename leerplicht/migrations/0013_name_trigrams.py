"""On PostgreSQL an index of trigrams, which serves searching for a part of a name and for a name with a slip. Where the
extension may not be made (an account without that right) everything is found all the same, only slower."""

from django.db import DatabaseError, migrations, transaction

EXTENSION = "CREATE EXTENSION IF NOT EXISTS pg_trgm"
INDEXES = {"pupil_last_trigram": "search_last", "pupil_first_trigram": "search_first"}


def make(apps, schema_editor):
    connection = schema_editor.connection
    if connection.vendor != "postgresql":
        return
    try:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute(EXTENSION)
            for name, column in INDEXES.items():
                cursor.execute(
                    f"CREATE INDEX IF NOT EXISTS {name} ON leerplicht_pupil USING gin ({column} gin_trgm_ops)"
                )
    except DatabaseError:
        pass


def remove(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        for name in INDEXES:
            schema_editor.execute(f"DROP INDEX IF EXISTS {name}")


class Migration(migrations.Migration):
    dependencies = [("leerplicht", "0012_enrolment_class")]
    operations = [migrations.RunPython(make, remove)]
