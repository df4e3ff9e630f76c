from django.urls import path

from cases.worklist.views import exports, lists

urlpatterns = [
    path("werkvoorraad/", lists.worklist, name="worklist"),
    path("werkvoorraad/export.csv", exports.export, name="worklist-export"),
    path("werkvoorraad/lijst.<slug:kind>", exports.sheet, name="worklist-sheet"),
    path("werkvoorraad/toewijzen/", lists.take_many, name="worklist-take"),
    path("werkvoorraad/verdelen/", lists.hand_out_all, name="worklist-divide"),
    path("werkvoorraad/filters/", lists.save_filter, name="worklist-filter"),
    path("werkvoorraad/filters/<int:pk>/weg/", lists.drop_filter, name="worklist-filter-drop"),
]
