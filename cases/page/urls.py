from django.urls import path

from cases.dossier.addresses import CASE
from cases.page import views

urlpatterns = [
    path(f"{CASE}/", views.case, name="case"),
    path(f"{CASE}/nummer/", views.show_pgn, name="case-pgn"),
    path(f"{CASE}/geschiedenis/", views.history, name="case-history"),
]
