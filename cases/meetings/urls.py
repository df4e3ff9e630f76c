from django.urls import path

from cases.meetings import views
from cases.sight.doors import CASE

urlpatterns = [
    path("uitnodigingen/", views.invitations, name="invitations"),
    path(f"{CASE}/overleg/", views.plan, name="meeting-plan"),
    path(f"{CASE}/overleg/achteraf/", views.plan_past, name="meeting-past"),
    path(f"{CASE}/overleg/<int:pk>/", views.meeting, name="meeting"),
    path(f"{CASE}/overleg/<int:pk>/wijzigen/", views.edit, name="meeting-edit"),
    path(f"{CASE}/overleg/<int:pk>/verslag/", views.record, name="meeting-record"),
    path(f"{CASE}/overleg/<int:pk>/afzeggen/", views.cancel, name="meeting-cancel"),
    path(f"{CASE}/overleg/<int:pk>/wie-komt/", views.who_comes, name="meeting-answer"),
    path(f"{CASE}/overleg/<int:pk>/uitnodiging.ics", views.invitation, name="meeting-ics"),
]
