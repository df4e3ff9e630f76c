from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("thuiszitters.core.urls")),
    path("", include("leerplicht.urls")),
    path("", include("cases.urls")),
    path("", include("reporting.urls")),
    path("beheer/", admin.site.urls),
]
