from django.urls import path

from cases.load import views

urlpatterns = [
    path("verdelen/", views.divide, name="divide"),
    path("verdelen/van/<int:pk>/", views.divide_all_of, name="divide-all-of"),
    path("verdelen/<int:pk>/", views.division, name="division"),
    path("verdelen/<int:pk>/terug/", views.undo_division, name="division-undo"),
    path("afwezig/", views.away, name="away"),
    path("afwezig/<int:pk>/einde/", views.back, name="away-end"),
]
