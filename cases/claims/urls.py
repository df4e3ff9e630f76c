from django.urls import path

from cases.claims import views
from cases.sight.doors import CASE

urlpatterns = [
    path("vrijstellingen/", views.exemptions, name="exemptions"),
    path(f"{CASE}/beroep/", views.choose, name="claim-choose"),
    path(f"{CASE}/beroep/<int:pk>/", views.show, name="claim"),
    path(f"{CASE}/beroep/<int:pk>/wijzigen/", views.edit, name="claim-edit"),
    path(f"{CASE}/beroep/<int:pk>/beoordelen/", views.judge, name="claim-judge"),
    path(f"{CASE}/beroep/<int:pk>/verzonden/", views.told, name="claim-told"),
    path(f"{CASE}/beroep/<int:pk>/bezwaar/", views.objection, name="claim-objection"),
    path(f"{CASE}/beroep/<slug:kind>/", views.new, name="claim-new"),
]
