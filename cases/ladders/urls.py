from django.urls import path

from cases.ladders import views

LADDER = "regio/afspraken/stappenplan"

urlpatterns = [
    path(f"{LADDER}/", views.new, name="ladder-new"),
    path(f"{LADDER}/<int:pk>/", views.ladder, name="ladder"),
    path(f"{LADDER}/<int:pk>/wijzigen/", views.edit, name="ladder-edit"),
    path(f"{LADDER}/<int:pk>/stap/", views.new_rung, name="rung-new"),
    path(f"{LADDER}/<int:pk>/vaststellen/", views.agree, name="ladder-agree"),
    path(f"{LADDER}/<int:pk>/terug/", views.take_back, name="ladder-back"),
    path(f"{LADDER}/<int:pk>/weg/", views.drop, name="ladder-drop"),
    path(f"{LADDER}/stap/<int:pk>/", views.rung, name="rung"),
    path(f"{LADDER}/stap/<int:pk>/weg/", views.remove_rung, name="rung-remove"),
]
