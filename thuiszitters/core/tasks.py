from celery import shared_task

from thuiszitters.core import jobs
from thuiszitters.core.seals import seal_log


@shared_task(name="core.work_jobs")
def work_jobs():
    """What waits: jobs, and the newest rows of the log of looks."""
    seal_log()
    jobs.work_jobs()
