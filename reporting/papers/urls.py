from django.urls import path

from reporting.papers import views

urlpatterns = [path("papieren/", views.papers, name="papers")]
