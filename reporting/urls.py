from django.urls import path

from reporting import views

urlpatterns = [
    path("dossiers/<slug:number>/dossier.pdf", views.case_pdf, name="case-pdf"),
]
