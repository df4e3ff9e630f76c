from django.urls import path

from cases.enforcement import views
from cases.sight.doors import CASE

urlpatterns = [
    path(f"{CASE}/handhaving/", views.overview, name="enforcement"),
    path(f"{CASE}/handhaving/<int:pk>/", views.edit, name="enforcement-edit"),
    path(f"{CASE}/handhaving/<int:pk>/einde/", views.end, name="enforcement-end"),
    path(f"{CASE}/handhaving/<slug:kind>/", views.new, name="enforcement-new"),
]
