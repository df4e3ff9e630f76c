from django.shortcuts import render


def csrf_failure(request, reason=""):
    """The page was open too long or came from elsewhere. The reason is for the log, not for the user."""
    return render(request, "core/csrf.html", status=403)
