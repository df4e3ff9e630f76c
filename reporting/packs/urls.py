from django.urls import path

from reporting.packs import views

urlpatterns = [
    path("thuiszitterstop/<int:pk>/stapels/", views.packs, name="packs"),
    path("thuiszitterstop/<int:pk>/stapels/<int:pack>/ophalen/", views.pack_file, name="pack-file"),
    path("thuiszitterstop/<int:pk>/stapels/<int:pack>/afbreken/", views.pack_cancel, name="pack-cancel"),
    path("thuiszitterstop/<int:pk>/stapels/<int:pack>/opnieuw/", views.pack_retry, name="pack-retry"),
]
