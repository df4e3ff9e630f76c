from django.urls import path

from reporting.log import views

urlpatterns = [
    path("inzagelogboek/", views.log, name="log"),
    path("inzagelogboek/opvallend/", views.unusual_looks, name="log-unusual"),
]
