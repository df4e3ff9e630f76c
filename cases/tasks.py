from celery import shared_task
from django.utils import timezone

from cases.attachments.scanning import scan_waiting
from cases.messages.acts import send_due
from cases.nightly import run_due as run_due_service


@shared_task(name="cases.run_due")
def run_due():
    """The nightly round; the same function as `manage.py run_due`."""
    run_due_service(timezone.localdate())


@shared_task(name="cases.send_digests")
def send_digests():
    """The mails that something waits, in working hours; the same function as `manage.py run_due --loop`."""
    send_due(timezone.now())


@shared_task(name="cases.scan_attachments")
def scan_attachments():
    """Files that were not looked at for malware yet; `manage.py run_due --loop` does the same."""
    scan_waiting()
