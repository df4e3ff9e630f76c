from django.urls import path

from cases.redivision import views

urlpatterns = [
    path("herindeling/", views.redivisions, name="redivisions"),
    path("herindeling/nieuw/", views.new, name="redivision-new"),
    path("herindeling/<int:pk>/weg/", views.cancel, name="redivision-cancel"),
    path("herindeling/kinderen/", views.children, name="redivision-children"),
    path("herindeling/kinderen/<int:pk>/", views.choose, name="redivision-choose"),
]
