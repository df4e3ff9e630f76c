from django.urls import path

from cases.family import views
from cases.sight.doors import CASE

urlpatterns = [
    path(f"{CASE}/meekijken/", views.people, name="family"),
    path(f"{CASE}/meekijken/<int:pk>/uitnodigen/", views.invite, name="family-invite"),
    path(f"{CASE}/meekijken/<int:pk>/stoppen/", views.end, name="family-end"),
    path("beheer-meekijken/", views.doors, name="family-doors"),
    path("beheer-meekijken/<int:pk>/", views.door, name="family-door"),
]
