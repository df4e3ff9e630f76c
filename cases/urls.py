"""The addresses of all rooms. `facts` and `takeover` first: "dossiers/nieuw/" is no number of a dossier."""

from django.urls import include, path

ROOMS = (
    "facts",
    "takeover",
    "today",
    "finding",
    "worklist",
    "messages",
    "agenda",
    "sharing",
    "redivision",
    "escalation",
    "claims",
    "decisions",
    "parts",
    "region",
    "agreements",
    "ladders",
    "identity",
    "intake",
    "reports",
    "page",
    "handling",
    "load",
    "closing",
    "work",
    "talks",
    "steps",
    "proposals",
    "meetings",
    "labels",
    "people",
    "goals",
    "attachments",
    "barriers",
    "offers",
    "enforcement",
    "stops",
)

urlpatterns = [path("", include(f"cases.{room}.urls")) for room in ROOMS]
