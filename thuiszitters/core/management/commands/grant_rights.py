from django.apps import apps
from django.core.management.base import BaseCommand, CommandError
from django.db import connection, transaction
from psycopg import sql

from thuiszitters.core.log.models import AppendOnly


def append_only_tables() -> set[str]:
    return {m._meta.db_table for m in apps.get_models() if issubclass(m, AppendOnly)}


class Command(BaseCommand):
    help = (
        "Geeft het account waarmee de toepassing op PostgreSQL werkt precies de rechten die het nodig heeft: het "
        "inzagelogboek kan het aanvullen en lezen, niet veranderen of wissen. Draai dit na elke migratie, als eigenaar."
    )

    def add_arguments(self, parser):
        parser.add_argument("role")

    def handle(self, *args, role, **options):
        if connection.vendor != "postgresql":
            raise CommandError("Dit is alleen nodig op PostgreSQL.")
        tables = connection.introspection.table_names()
        log = append_only_tables()
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
            if not cursor.fetchone():
                raise CommandError(f"Het account {role} bestaat niet in de database.")
            for table in tables:
                rights = "SELECT, INSERT" if table in log else "SELECT, INSERT, UPDATE, DELETE"
                names = {"table": sql.Identifier(table), "role": sql.Identifier(role)}
                cursor.execute(sql.SQL("REVOKE ALL ON {table} FROM {role}").format(**names))
                cursor.execute(sql.SQL(f"GRANT {rights} ON {{table}} TO {{role}}").format(**names))
            name = sql.Identifier(role)
            cursor.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(name))
            cursor.execute(sql.SQL("GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}").format(name))
        self.stdout.write(f"{len(tables)} tabellen, waarvan {len(log)} alleen om aan te vullen")
