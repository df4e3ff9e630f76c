import structlog
from django.shortcuts import render

from thuiszitters.core.log.audit import LogUnavailable

logger = structlog.get_logger(__name__)


class PersonalPagesMiddleware:
    """Pages behind the log-in are never kept by a browser or proxy."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if "Cache-Control" not in response:
            response["Cache-Control"] = "no-store"
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        return response

    def process_exception(self, request, exception):
        """No log, no look: a sentence for the visitor, an error in the log for the one who repairs it."""
        if not isinstance(exception, LogUnavailable):
            return None
        logger.error("log_unavailable", exc_info=exception)
        return render(request, "core/no_log.html", status=503)
