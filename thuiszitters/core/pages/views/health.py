from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse
from django.views.decorators.http import require_safe


@require_safe
def live(request):
    """The process answers. No database: a slow database must not get it killed."""
    return HttpResponse("leeft\n", content_type="text/plain")


@require_safe
def ready(request):
    """The database answers and has all migrations."""
    try:
        executor = MigrationExecutor(connection)
        waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Exception:
        return HttpResponse("database niet bereikbaar\n", status=503, content_type="text/plain")
    if waiting:
        return HttpResponse("migraties wachten\n", status=503, content_type="text/plain")
    return HttpResponse("klaar\n", content_type="text/plain")
