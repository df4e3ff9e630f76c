from django.urls import path

from cases.offers import views
from cases.sight.doors import CASE

urlpatterns = [
    path(f"{CASE}/aanbod/", views.offer, name="offer-new"),
    path(f"{CASE}/aanbod/<int:pk>/", views.show_offer, name="offer"),
    path(f"{CASE}/aanbod/<int:pk>/wijzigen/", views.offer, name="offer-edit"),
    path(f"{CASE}/aanbod/<int:pk>/<slug:target>/", views.move_offer, name="offer-move"),
]
