from django.urls import path

from leerplicht.schools import views

urlpatterns = [
    path("scholen/inlezen/", views.upload, name="schools-upload"),
    path("scholen/inlezen/<int:pk>/", views.preview, name="schools-preview"),
    path("scholen/zoeken/", views.search, name="school-search"),
]
