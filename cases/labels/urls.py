from django.urls import path

from cases.labels import views
from cases.sight.doors import CASE

urlpatterns = [
    path(f"{CASE}/labels/", views.labels, name="labels"),
    path(f"{CASE}/risico/", views.risk, name="risk"),
    path("risiconiveaus/", views.levels, name="risk-levels"),
    path("risiconiveaus/<int:pk>/", views.level, name="risk-level"),
    path("risiconiveaus/<int:pk>/eindigen/", views.level_end, name="risk-level-end"),
]
