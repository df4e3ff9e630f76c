from django.urls import path

from cases.sight.doors import CASE
from cases.steps import views

urlpatterns = [
    path(f"{CASE}/stappenplan/<int:pk>/", views.step, name="step"),
    path(f"{CASE}/pauze/", views.pause, name="pause"),
    path(f"{CASE}/pauze/<int:pk>/einde/", views.end_pause, name="pause-end"),
]
