from django.urls import path

from cases.barriers import views
from cases.sight.doors import CASE

urlpatterns = [
    path(f"{CASE}/belemmering/", views.barrier, name="barrier"),
    path(f"{CASE}/belemmering/<int:pk>/", views.barrier, name="barrier-edit"),
    path(f"{CASE}/belemmering/<int:pk>/opgelost/", views.barrier_solved, name="barrier-solved"),
]
