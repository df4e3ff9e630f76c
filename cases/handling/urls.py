from django.urls import path

from cases.handling import views
from cases.sight.doors import CASE

urlpatterns = [
    path(f"{CASE}/stand/<slug:target>/", views.move, name="case-move"),
    path(f"{CASE}/toewijzen/", views.assign, name="case-assign"),
]
