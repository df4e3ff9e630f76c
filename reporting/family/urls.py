from django.urls import path

from reporting.family import views

urlpatterns = [
    path("meekijken/", views.come_in, name="along-enter"),
    path("meekijken/code/", views.new_code, name="along-code"),
    path("meekijken/dossier/", views.page, name="along"),
    path("meekijken/mening/<slug:key>/", views.say, name="along-say"),
    path("meekijken/document/", views.send, name="along-send"),
    path("meekijken/brief/<int:pk>/", views.letter, name="along-letter"),
    path("meekijken/inzage/", views.looks, name="along-looks"),
    path("meekijken/rechten/", views.rights, name="along-rights"),
    path("meekijken/stoppen/", views.leave, name="along-leave"),
]
