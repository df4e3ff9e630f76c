from django.urls import path

from cases.takeover import views

urlpatterns = [
    path("dossiers/overnemen/", views.takeover, name="takeover"),
    path("dossiers/overnemen/<int:pk>/", views.preview, name="takeover-preview"),
    path("dossiers/overnemen/<int:pk>/niet-overgenomen.csv", views.refused, name="takeover-refused"),
]
