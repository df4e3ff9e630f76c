from django.core.checks import Tags, Warning, register
from django.db import connections

CAN_CHANGE = """
    SELECT has_table_privilege(current_user, 'core_auditevent', 'UPDATE')
        OR has_table_privilege(current_user, 'core_auditevent', 'DELETE')
    WHERE to_regclass('core_auditevent') IS NOT NULL
"""


@register(Tags.database)
def log_cannot_be_changed(app_configs, databases=None, **kwargs):
    """On PostgreSQL the account of the application may add to the log of looks and read it, no more (LG-03)."""
    found = []
    for alias in databases or []:
        if connections[alias].vendor != "postgresql":
            continue
        with connections[alias].cursor() as cursor:
            cursor.execute(CAN_CHANGE)
            row = cursor.fetchone()
        if row and row[0]:
            found.append(
                Warning(
                    "Dit databaseaccount kan het inzagelogboek veranderen.",
                    hint="Laat de toepassing werken met een eigen account: manage.py grant_rights.",
                    id="core.W001",
                )
            )
    return found
