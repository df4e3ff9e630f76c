from django.urls import path

from cases.intake.views import reports, uploads

urlpatterns = [
    path("meldingen/", reports.reports, name="reports"),
    path("meldingen/nieuw/", reports.new_report, name="report-new"),
    path("meldingen/inlezen/", uploads.upload, name="upload"),
    path("meldingen/inlezen/<int:pk>/", uploads.preview, name="upload-preview"),
    path("meldingen/afgekeurd/", uploads.quarantine, name="quarantine"),
    path("meldingen/afgekeurd/<int:pk>/", uploads.correct, name="correct"),
    path("meldingen/afgekeurd/<int:pk>/weg/", uploads.drop_line, name="drop-line"),
    path("meldingen/nummer/<str:number>/", reports.report, name="report"),
]
