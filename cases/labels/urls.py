from django.urls import path

from cases.labels import views
from cases.sight.doors import CASE

urlpatterns = [path(f"{CASE}/labels/", views.labels, name="labels")]
