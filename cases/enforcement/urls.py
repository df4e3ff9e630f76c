from django.urls import path

from cases.dossier.addresses import CASE
from cases.enforcement import views

urlpatterns = [
    path(f"{CASE}/handhaving/", views.overview, name="enforcement"),
    path(f"{CASE}/handhaving/<int:pk>/", views.edit, name="enforcement-edit"),
    path(f"{CASE}/handhaving/<int:pk>/einde/", views.end, name="enforcement-end"),
    path(f"{CASE}/handhaving/<slug:kind>/", views.new, name="enforcement-new"),
]
