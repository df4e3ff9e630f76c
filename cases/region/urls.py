from django.urls import path

from cases.region import views

urlpatterns = [path("regio/", views.region, name="region"), path("regio/afspraken/", views.overview, name="agreements")]
