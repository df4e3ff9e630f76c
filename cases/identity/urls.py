from django.urls import path

from cases.identity import views

urlpatterns = [
    path("meldingen/wie/", views.identities, name="identities"),
    path("meldingen/wie/<int:pk>/", views.identity, name="identity"),
]
