from django.urls import path

from cases.finding import views

urlpatterns = [
    path("zoeken/", views.search, name="search"),
    path("zoeken/voorstellen/", views.suggest, name="search-suggest"),
]
