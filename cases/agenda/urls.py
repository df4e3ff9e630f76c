from django.urls import path

from cases.agenda import views

urlpatterns = [
    path("agenda/", views.agenda, name="agenda"),
    path("agenda/adres/", views.make, name="agenda-make"),
    path("agenda/stoppen/", views.end, name="agenda-stop"),
    path("agenda/<str:token>.ics", views.feed, name="agenda-feed"),
]
