from django.urls import path

from cases.reports.views import reading, writing

NUMBER = "meldingen/nummer/<str:number>"

urlpatterns = [
    path("meldingen/", reading.reports, name="reports"),
    path("meldingen/nieuw/", writing.new_report, name="report-new"),
    path(f"{NUMBER}/", reading.report, name="report"),
    path(f"{NUMBER}/opnieuw/", writing.new_report, name="report-again"),
    path(f"{NUMBER}/wijzigen/", writing.change, name="report-change"),
    path(f"{NUMBER}/intrekken/", writing.withdraw, name="report-withdraw"),
    path(f"{NUMBER}/terugkoppelen/", reading.answer, name="report-answer"),
]
