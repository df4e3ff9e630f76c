from django.urls import path

from cases.messages import views

urlpatterns = [path("berichten/", views.digest, name="digest")]
