from django.urls import path

from cases.goals import views
from cases.sight.doors import CASE

urlpatterns = [
    path(f"{CASE}/doel/", views.goal, name="goal"),
    path(f"{CASE}/doel/<int:pk>/", views.goal, name="goal-edit"),
    path(f"{CASE}/doel/<int:pk>/kijken/", views.review, name="goal-review"),
    path(f"{CASE}/doel/<int:pk>/mening/", views.opinions, name="goal-opinions"),
    path(f"{CASE}/plan/mening/", views.opinions, name="plan-opinions"),
]
