from django.urls import path

from cases.closing import views
from cases.sight.doors import CASE

urlpatterns = [path(f"{CASE}/afsluiten/", views.close, name="case-close")]
