from django.urls import path

from reporting.records import views

urlpatterns = [
    path("dossiers/<slug:number>/overleg/<int:pk>/verslag.pdf", views.record_pdf, name="meeting-pdf"),
    path("dossiers/<slug:number>/besluit/<int:pk>/brief.pdf", views.letter_pdf, name="decision-letter"),
    path("regio/agenda.pdf", views.agenda_pdf, name="region-agenda"),
]
