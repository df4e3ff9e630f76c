from django.urls import path

from reporting.dossiers import views

urlpatterns = [
    path("dossiers/<slug:number>/papier/", views.choose, name="dossier-paper"),
    path("dossiers/<slug:number>/papier/<slug:reader>/", views.dossier_paper, name="dossier-paper-for"),
]
