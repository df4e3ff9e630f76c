from django.urls import path

from cases.closing import views
from cases.sight.doors import CASE

urlpatterns = [
    path(f"{CASE}/afsluiten/", views.close, name="case-close"),
    path(f"{CASE}/terug/", views.follow, name="case-follow"),
    path("afsluiten/", views.proposals, name="closing-proposals"),
    path("afsluiten/<int:pk>/", views.proposal, name="closing-proposal"),
    path("klok-loopt/", views.clocks, name="clocks"),
]
