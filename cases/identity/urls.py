from django.urls import path

from cases.identity.views import joining, questions
from cases.sight.doors import CASE

urlpatterns = [
    path("meldingen/wie/", questions.identities, name="identities"),
    path("meldingen/wie/<int:pk>/", questions.identity, name="identity"),
    path(f"{CASE}/samenvoegen/", joining.choose, name="join"),
    path(f"{CASE}/samenvoegen/<int:pk>/", joining.preview, name="join-preview"),
    path(f"{CASE}/samenvoeging/<int:pk>/ongedaan/", joining.undo, name="join-undo"),
]
