from django.urls import path

from reporting.views import log, papers

urlpatterns = [
    path("dossiers/<slug:number>/dossier.pdf", papers.case_pdf, name="case-pdf"),
    path("dossiers/<slug:number>/overleg/<int:pk>/verslag.pdf", papers.record_pdf, name="meeting-pdf"),
    path("dossiers/<slug:number>/besluit/<int:pk>/brief.pdf", papers.letter_pdf, name="decision-letter"),
    path("regio/agenda.pdf", papers.agenda_pdf, name="region-agenda"),
    path("inzagelogboek/", log.log, name="log"),
    path("inzagelogboek/opvallend/", log.unusual_looks, name="log-unusual"),
]
