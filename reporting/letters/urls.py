from django.urls import path

from reporting.letters import views

urlpatterns = [
    path("dossiers/<slug:number>/brieven/", views.letters, name="letters"),
    path("dossiers/<slug:number>/brieven/<slug:kind>/", views.letter, name="letter"),
    path("dossiers/<slug:number>/brieven/<slug:kind>/over/<int:claim>/", views.letter, name="letter-about"),
    path("dossiers/<slug:number>/brieven/<int:pk>/verstuurd/", views.letter_sent, name="letter-sent"),
    path("dossiers/<slug:number>/brieven/<int:pk>/brief.<slug:extension>", views.letter_file, name="letter-file"),
    path("brieven/gegevens/", views.details, name="letter-details"),
    path("brieven/gegevens/<int:pk>/", views.details_edit, name="letter-details-edit"),
    path("sjablonen/", views.templates, name="letter-templates"),
    path("sjablonen/<slug:kind>/sjabloon.docx", views.standard, name="letter-standard"),
    path("sjablonen/<slug:kind>/voorbeeld.<slug:extension>", views.template_preview, name="letter-preview"),
]
