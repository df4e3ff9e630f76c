from django.urls import path

from reporting.views import dossier, letters, log, packs, papers, register

urlpatterns = [
    path("dossiers/<slug:number>/papier/", dossier.choose, name="dossier-paper"),
    path("dossiers/<slug:number>/papier/<slug:reader>/", dossier.dossier_paper, name="dossier-paper-for"),
    path("thuiszitterstop/<int:pk>/stapels/", packs.packs, name="packs"),
    path("thuiszitterstop/<int:pk>/stapels/<int:pack>/ophalen/", packs.pack_file, name="pack-file"),
    path("thuiszitterstop/<int:pk>/stapels/<int:pack>/afbreken/", packs.pack_cancel, name="pack-cancel"),
    path("thuiszitterstop/<int:pk>/stapels/<int:pack>/opnieuw/", packs.pack_retry, name="pack-retry"),
    path("dossiers/<slug:number>/brieven/", letters.letters, name="letters"),
    path("dossiers/<slug:number>/brieven/<slug:kind>/", letters.letter, name="letter"),
    path("dossiers/<slug:number>/brieven/<int:pk>/verstuurd/", letters.letter_sent, name="letter-sent"),
    path("dossiers/<slug:number>/brieven/<int:pk>/brief.<slug:extension>", letters.letter_file, name="letter-file"),
    path("sjablonen/", letters.templates, name="letter-templates"),
    path("sjablonen/<slug:kind>/sjabloon.docx", letters.standard, name="letter-standard"),
    path("sjablonen/<slug:kind>/voorbeeld.<slug:extension>", letters.template_preview, name="letter-preview"),
    path("papieren/", register.papers, name="papers"),
    path("dossiers/<slug:number>/overleg/<int:pk>/verslag.pdf", papers.record_pdf, name="meeting-pdf"),
    path("dossiers/<slug:number>/besluit/<int:pk>/brief.pdf", papers.letter_pdf, name="decision-letter"),
    path("regio/agenda.pdf", papers.agenda_pdf, name="region-agenda"),
    path("inzagelogboek/", log.log, name="log"),
    path("inzagelogboek/opvallend/", log.unusual_looks, name="log-unusual"),
]
