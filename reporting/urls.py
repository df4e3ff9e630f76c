from django.urls import include, path

ROOMS = ("dossiers", "packs", "letters", "papers", "records", "family", "log")

urlpatterns = [path("", include(f"reporting.{room}.urls")) for room in ROOMS]
