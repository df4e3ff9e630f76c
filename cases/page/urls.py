from django.urls import path

from cases.page import views
from cases.sight.doors import CASE

urlpatterns = [
    path(f"{CASE}/", views.case, name="case"),
    path(f"{CASE}/nummer/", views.show_pgn, name="case-pgn"),
    path(f"{CASE}/geschiedenis/", views.history, name="case-history"),
]
