from django.urls import path

from cases.worklist.views import lists, search

urlpatterns = [
    path("werkvoorraad/", lists.worklist, name="worklist"),
    path("werkvoorraad/export.csv", lists.export, name="worklist-export"),
    path("werkvoorraad/toewijzen/", lists.take_many, name="worklist-take"),
    path("werkvoorraad/verdelen/", lists.hand_out_all, name="worklist-divide"),
    path("werkvoorraad/filters/", lists.save_filter, name="worklist-filter"),
    path("werkvoorraad/filters/<int:pk>/weg/", lists.drop_filter, name="worklist-filter-drop"),
    path("zoeken/", search.search, name="search"),
]
