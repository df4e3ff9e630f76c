from django.urls import path

from cases.disputes import views
from cases.sight.doors import CASE

urlpatterns = [
    path(f"{CASE}/geschil/", views.dispute, name="dispute"),
    path(f"{CASE}/geschil/<int:pk>/", views.dispute, name="dispute-edit"),
    path(f"{CASE}/geschil/<int:pk>/uitkomst/", views.end, name="dispute-end"),
]
