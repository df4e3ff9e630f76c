from django.urls import path

from cases.stops.views import agenda, choosing, minutes, planning

urlpatterns = [
    path("thuiszitterstop/", planning.stop_list, name="stops"),
    path("thuiszitterstop/nieuw/", planning.stop_edit, name="stop-new"),
    path("thuiszitterstop/<int:pk>/", agenda.stop, name="stop"),
    path("thuiszitterstop/<int:pk>/wijzigen/", planning.stop_edit, name="stop-edit"),
    path("thuiszitterstop/<int:pk>/afzeggen/", planning.stop_cancel, name="stop-cancel"),
    path("thuiszitterstop/<int:pk>/uitnodiging.ics", planning.stop_invitation, name="stop-invitation"),
    path("thuiszitterstop/<int:pk>/kiezen/", choosing.stop_choose, name="stop-choose"),
    path("thuiszitterstop/<int:pk>/laatste-weg/", agenda.stop_undo, name="stop-undo"),
    path("thuiszitterstop/<int:pk>/van-de-agenda/", agenda.stop_off_many, name="stop-off-many"),
    path("thuiszitterstop/<int:pk>/volgorde/", agenda.stop_order, name="stop-order"),
    path("thuiszitterstop/<int:pk>/sorteren/", agenda.stop_sort, name="stop-sort"),
    path("thuiszitterstop/<int:pk>/afspraken/", minutes.stop_recap, name="stop-recap"),
    path("thuiszitterstop/<int:pk>/dossier/<int:row>/", minutes.stop_minutes, name="stop-minutes"),
    path("thuiszitterstop/<int:pk>/dossier/<int:row>/weg/", agenda.stop_off, name="stop-off"),
    path("thuiszitterstop/<int:pk>/dossier/<int:row>/<slug:way>/", agenda.stop_move, name="stop-move"),
]
