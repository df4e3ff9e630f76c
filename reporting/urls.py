from django.urls import path

from reporting.views import dossier, log, packs, papers, register

urlpatterns = [
    path("dossiers/<slug:number>/papier/", dossier.dossier_paper, name="dossier-paper"),
    path("thuiszitterstop/<int:pk>/stapels/", packs.packs, name="packs"),
    path("thuiszitterstop/<int:pk>/stapels/<int:pack>/ophalen/", packs.pack_file, name="pack-file"),
    path("thuiszitterstop/<int:pk>/stapels/<int:pack>/afbreken/", packs.pack_cancel, name="pack-cancel"),
    path("thuiszitterstop/<int:pk>/stapels/<int:pack>/opnieuw/", packs.pack_retry, name="pack-retry"),
    path("papieren/", register.papers, name="papers"),
    path("dossiers/<slug:number>/overleg/<int:pk>/verslag.pdf", papers.record_pdf, name="meeting-pdf"),
    path("dossiers/<slug:number>/besluit/<int:pk>/brief.pdf", papers.letter_pdf, name="decision-letter"),
    path("regio/agenda.pdf", papers.agenda_pdf, name="region-agenda"),
    path("inzagelogboek/", log.log, name="log"),
    path("inzagelogboek/opvallend/", log.unusual_looks, name="log-unusual"),
]
