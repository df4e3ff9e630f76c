from django.urls import path

from cases.sharing.views import emergency, referrals, sharing
from cases.sight.doors import CASE

urlpatterns = [
    path("verzoeken/", referrals.inbox, name="referrals"),
    path("verzoeken/<int:pk>/", referrals.referral, name="referral"),
    path("noodtoegang/", emergency.emergency, name="emergency"),
    path(f"{CASE}/betrokken/", sharing.involve, name="involve"),
    path(f"{CASE}/betrokken/<int:pk>/einde/", sharing.end_involvement, name="involve-end"),
    path(f"{CASE}/stoppen/", sharing.leave, name="leave"),
    path(f"{CASE}/toestemming/", sharing.consent, name="consent"),
    path(f"{CASE}/toestemming/<int:pk>/intrekken/", sharing.withdraw_consent, name="consent-withdraw"),
    path(f"{CASE}/verwijzen/", referrals.refer, name="refer"),
    path(f"{CASE}/overdragen/", referrals.hand_over, name="hand-over"),
]
