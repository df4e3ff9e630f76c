from django.urls import path

from cases.agreements.views import action_points, covenants, terms_and_mandates

COVENANT = "regio/afspraken/convenant"

urlpatterns = [
    path("regio/afspraken/termijn/", terms_and_mandates.new_term, name="term-new"),
    path("regio/afspraken/termijn/<int:pk>/einde/", terms_and_mandates.end_term, name="term-end"),
    path("regio/afspraken/mandaat/", terms_and_mandates.new_mandate, name="mandate-new"),
    path("regio/afspraken/mandaat/<int:pk>/einde/", terms_and_mandates.end_mandate, name="mandate-end"),
    path(f"{COVENANT}/", covenants.new, name="covenant-new"),
    path(f"{COVENANT}/<int:pk>/", covenants.covenant, name="covenant"),
    path(f"{COVENANT}/<int:pk>/wijzigen/", covenants.edit, name="covenant-edit"),
    path(f"{COVENANT}/<int:pk>/bestand/", covenants.new_file, name="covenant-file"),
    path(f"{COVENANT}/<int:pk>/convenant.pdf", covenants.download, name="covenant-pdf"),
    path(f"{COVENANT}/<int:pk>/ondertekenaar/", covenants.new_signature, name="signature-new"),
    path(f"{COVENANT}/ondertekenaar/<int:pk>/weg/", covenants.remove_signature, name="signature-remove"),
    path("regio/actiepunten/", action_points.points, name="action-points"),
    path("regio/actiepunten/nieuw/", action_points.new, name="action-point-new"),
    path("regio/actiepunten/<int:pk>/", action_points.edit, name="action-point"),
    path("regio/actiepunten/<int:pk>/klaar/", action_points.settle, name="action-point-settle"),
]
