from django.contrib import messages
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.views import PasswordChangeView
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator

from thuiszitters.core.pages.doors import FORM, signed_in
from thuiszitters.core.pages.forms import HouseFormMixin, dress, without_nul


class HousePasswordForm(HouseFormMixin, PasswordChangeForm):
    """The old password once, the new one twice. Django hands the user in first, so it does here."""

    def __init__(self, user, data=None, **kwargs):
        data, self._nul_keys = without_nul(data)
        PasswordChangeForm.__init__(self, user, data, **kwargs)
        for field in self.fields.values():
            dress(field)


@method_decorator(signed_in(methods=FORM), name="dispatch")
class PasswordChange(PasswordChangeView):
    """Choose another password. Other sessions of this user end."""

    template_name = "core/password.html"
    form_class = HousePasswordForm
    success_url = reverse_lazy("home")

    def form_valid(self, form):
        messages.success(self.request, "Uw wachtwoord is gewijzigd.")
        return super().form_valid(form)

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)
