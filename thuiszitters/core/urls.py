from django.urls import path

from thuiszitters.core.views import health, log, session

urlpatterns = [
    path("", session.home, name="home"),
    path("inloggen/", session.Login.as_view(), name="login"),
    path("uitloggen/", session.Logout.as_view(), name="logout"),
    path("concept/", session.draft, name="draft"),
    path("inzagelogboek/", log.log, name="log"),
    path("gezond/leeft/", health.live, name="live"),
    path("gezond/klaar/", health.ready, name="ready"),
]
