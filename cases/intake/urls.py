from django.urls import path

from cases.intake.views import refused, uploads

urlpatterns = [
    path("meldingen/inlezen/", uploads.upload, name="upload"),
    path("meldingen/inlezen/<int:pk>/", uploads.preview, name="upload-preview"),
    path("meldingen/afgekeurd/", refused.quarantine, name="quarantine"),
    path("meldingen/afgekeurd/<int:pk>/", refused.correct, name="correct"),
    path("meldingen/afgekeurd/<int:pk>/weg/", refused.drop_line, name="drop-line"),
    path("meldingen/zonder-gemeente/", refused.adrift, name="lines-adrift"),
    path("meldingen/zonder-gemeente/<int:pk>/", refused.give_line, name="give-line"),
]
