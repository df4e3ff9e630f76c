"""What a browser says while nobody looks: errors of scripts, refusals of the security policy, missing files."""

from urllib.parse import urlsplit

# Pages that answer with these are pages to read: log in again, not found, form with errors.
READABLE = (401, 404, 422)


class Watch:
    """Listens to one page for as long as it is open."""

    def __init__(self, page, expects: tuple[str, ...] = ()):
        self.complaints: list[str] = []
        self.expects = expects
        page.on("console", self._console)
        page.on("pageerror", lambda error: self._note(page, f"script: {error}"))
        page.on("response", self._response)

    def _note(self, page, words: str) -> None:
        self.complaints.append(f"{urlsplit(page.url).path}: {words}")

    def _console(self, message) -> None:
        # A page with another status than 200 is told by its response; here it would come a second time.
        if message.type in ("error", "warning") and not message.text.startswith("Failed to load resource"):
            self._note(message.page, f"console: {message.text}")

    def _response(self, response) -> None:
        readable = response.request.is_navigation_request() and response.status in READABLE
        words = f"{response.status} {urlsplit(response.url).path}"
        if response.status >= 400 and not readable and words not in self.expects:
            self.complaints.append(words)
