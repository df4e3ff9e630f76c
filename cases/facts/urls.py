from django.urls import path

from cases.facts import views
from cases.sight.doors import CASE

urlpatterns = [
    path("dossiers/nieuw/", views.new_case, name="case-new"),
    path(f"{CASE}/leerling/", views.pupil, name="pupil"),
    path(f"{CASE}/ouder/", views.guardian, name="guardian"),
    path(f"{CASE}/ouder/<int:pk>/", views.guardian, name="guardian-edit"),
    path(f"{CASE}/feit/<slug:kind>/", views.fact, name="fact"),
    path(f"{CASE}/feit/<slug:kind>/<int:pk>/", views.fact, name="fact-edit"),
    path(f"{CASE}/feit/<slug:kind>/<int:pk>/weg/", views.remove_fact, name="fact-remove"),
]
