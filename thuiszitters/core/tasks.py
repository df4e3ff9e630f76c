from celery import shared_task

from thuiszitters.core.jobs import queue as jobs
from thuiszitters.core.log.seals import seal_log


@shared_task(name="core.work_jobs")
def work_jobs():
    """What waits: jobs, and the newest rows of the log of looks."""
    seal_log()
    jobs.work_jobs()
