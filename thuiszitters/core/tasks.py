from celery import shared_task

from thuiszitters.core import jobs


@shared_task(name="core.work_jobs")
def work_jobs():
    jobs.work_jobs()
