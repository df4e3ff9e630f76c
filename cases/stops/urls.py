from django.urls import path

from cases.stops import views

urlpatterns = [
    path("thuiszitterstop/", views.stop_list, name="stops"),
    path("thuiszitterstop/nieuw/", views.stop_edit, name="stop-new"),
    path("thuiszitterstop/<int:pk>/", views.stop, name="stop"),
    path("thuiszitterstop/<int:pk>/wijzigen/", views.stop_edit, name="stop-edit"),
    path("thuiszitterstop/<int:pk>/afzeggen/", views.stop_cancel, name="stop-cancel"),
    path("thuiszitterstop/<int:pk>/uitnodiging.ics", views.stop_invitation, name="stop-invitation"),
    path("thuiszitterstop/<int:pk>/kiezen/", views.stop_choose, name="stop-choose"),
    path("thuiszitterstop/<int:pk>/laatste-weg/", views.stop_undo, name="stop-undo"),
    path("thuiszitterstop/<int:pk>/afspraken/", views.stop_recap, name="stop-recap"),
    path("thuiszitterstop/<int:pk>/dossier/<int:row>/", views.stop_minutes, name="stop-minutes"),
    path("thuiszitterstop/<int:pk>/dossier/<int:row>/weg/", views.stop_off, name="stop-off"),
    path("thuiszitterstop/<int:pk>/dossier/<int:row>/<slug:way>/", views.stop_move, name="stop-move"),
]
