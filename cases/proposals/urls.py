from django.urls import path

from cases.proposals import views
from cases.sight.doors import CASE

urlpatterns = [
    path("voorstellen/", views.proposals, name="proposals"),
    path(f"{CASE}/stap/<int:pk>/voorstel/", views.propose_task, name="task-propose"),
    path(f"{CASE}/stappenplan/<int:pk>/voorstel/", views.propose_step, name="step-propose"),
    path(f"{CASE}/voorstel/<int:pk>/", views.proposal, name="proposal"),
    path(f"{CASE}/voorstel/<int:pk>/nog-niet/", views.refuse, name="proposal-refuse"),
]
