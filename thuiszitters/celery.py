"""The Celery application. The queue is a hint: tasks find their rows in the database and can run twice."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thuiszitters.settings")

app = Celery("thuiszitters")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
