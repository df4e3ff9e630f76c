from django.urls import path

from thuiszitters.core.pages.views import health, password, session

urlpatterns = [
    path("", session.home, name="home"),
    path("inloggen/", session.Login.as_view(), name="login"),
    path("uitloggen/", session.Logout.as_view(), name="logout"),
    path("wachtwoord/", password.PasswordChange.as_view(), name="password"),
    path("concept/", session.draft, name="draft"),
    path("gezond/leeft/", health.live, name="live"),
    path("gezond/klaar/", health.ready, name="ready"),
]
