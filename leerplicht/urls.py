"""The addresses of the rooms of this floor that have pages."""

from django.urls import include, path

urlpatterns = [path("", include("leerplicht.schools.urls"))]
