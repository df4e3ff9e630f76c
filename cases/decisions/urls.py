from django.urls import path

from cases.decisions.views import act, lists, prepare, read
from cases.sight.doors import CASE

DECISION = f"{CASE}/besluit/<int:pk>"

urlpatterns = [
    path("besluiten/", lists.decisions, name="decisions"),
    path("regio/besluiten/", lists.register, name="decision-register"),
    path(f"{CASE}/besluit/", prepare.ask, name="decision-request"),
    path(f"{DECISION}/", read.decision, name="decision"),
    path(f"{DECISION}/vraag/", prepare.question, name="decision-question"),
    path(f"{DECISION}/inhoud/", prepare.content, name="decision-content"),
    path(f"{DECISION}/vooraf/", prepare.answers, name="decision-answers"),
    path(f"{DECISION}/tekenen/", act.sign, name="decision-sign"),
    path(f"{DECISION}/verteld/", act.told, name="decision-told"),
    path(f"{DECISION}/stand/<slug:target>/", act.move, name="decision-move"),
    path(f"{DECISION}/<slug:kind>/", prepare.item, name="decision-item"),
    path(f"{DECISION}/<slug:kind>/<int:item>/", prepare.item, name="decision-item-edit"),
    path(f"{DECISION}/<slug:kind>/<int:item>/weg/", prepare.drop_item, name="decision-item-drop"),
]
