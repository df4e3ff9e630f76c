from django.urls import path

from cases.dossier.addresses import CASE
from cases.handling import views

urlpatterns = [
    path(f"{CASE}/stand/<slug:target>/", views.move, name="case-move"),
    path(f"{CASE}/toewijzen/", views.assign, name="case-assign"),
]
