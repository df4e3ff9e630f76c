"""Making a pack now, and fetching it."""

from reporting.packs.models import Pack
from thuiszitters.core.jobs import queue as jobs

NAMES = ("Noor Geelvink", "Sem Geelvink", "Fleur Roodborst")


def work(pack: Pack) -> Pack:
    jobs.work_job(pack.job_id)
    pack.refresh_from_db()
    return pack


def fetched(pack: Pack, client):
    return client.get(f"/thuiszitterstop/{pack.stop_id}/stapels/{pack.pk}/ophalen/")
