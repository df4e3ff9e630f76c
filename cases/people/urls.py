from django.urls import path

from cases.people import views
from cases.sight.doors import CASE

urlpatterns = [
    path(f"{CASE}/professionals/nieuw/", views.professional, name="professional"),
    path(f"{CASE}/professionals/<int:pk>/", views.professional, name="professional-edit"),
    path(f"{CASE}/broers-en-zussen/", views.sibling, name="sibling"),
    path(f"{CASE}/broers-en-zussen/<int:pk>/", views.sibling_said, name="sibling-said"),
]
