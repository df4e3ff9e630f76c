from django.urls import path

from cases.sight.doors import CASE
from cases.talks import views

urlpatterns = [
    path(f"{CASE}/gesprek/", views.plan, name="talk-plan"),
    path(f"{CASE}/gesprek/<int:pk>/", views.talk, name="talk"),
    path(f"{CASE}/gesprek/<int:pk>/wijzigen/", views.edit, name="talk-edit"),
    path(f"{CASE}/gesprek/<int:pk>/afzeggen/", views.call_off, name="talk-cancel"),
    path(f"{CASE}/gesprek/<int:pk>/uitnodiging.ics", views.invitation, name="talk-ics"),
]
