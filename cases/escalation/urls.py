from django.urls import path

from cases.escalation import views
from cases.sight.doors import CASE

urlpatterns = [
    path("opschalingen/", views.inbox, name="reviews"),
    path("opschalingen/verdelen/", views.assign, name="reviews-assign"),
    path("opschalingen/<int:pk>/", views.review, name="review"),
    path(f"{CASE}/opschalen/", views.propose, name="propose"),
    path(f"{CASE}/regie/einde/", views.end_lead, name="lead-end"),
    path(f"{CASE}/later/", views.look_again, name="look-again"),
]
