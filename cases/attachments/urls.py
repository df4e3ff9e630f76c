from django.urls import path

from cases.attachments import views
from cases.sight.doors import CASE

urlpatterns = [
    path(f"{CASE}/bijlage/", views.attachment_new, name="attachment-new"),
    path(f"{CASE}/bijlage/<int:pk>/", views.attachment_edit, name="attachment-edit"),
    path(f"{CASE}/bijlage/<int:pk>/bestand/", views.attachment_file, name="attachment-file"),
    path(f"{CASE}/bijlage/<int:pk>/intrekken/", views.attachment_withdraw, name="attachment-withdraw"),
]
