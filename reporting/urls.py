from django.urls import path

from reporting.views import log, papers

urlpatterns = [
    path("dossiers/<slug:number>/dossier.pdf", papers.case_pdf, name="case-pdf"),
    path("inzagelogboek/", log.log, name="log"),
    path("inzagelogboek/opvallend/", log.unusual_looks, name="log-unusual"),
]
