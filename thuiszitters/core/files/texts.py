"""Plain text, and mail as it was kept from a mail program."""

import re
from collections.abc import Callable
from email import message_from_bytes, policy
from email.errors import MessageError
from email.message import EmailMessage

from thuiszitters.core.files.names import extension_of, plain_name
from thuiszitters.core.files.refused import Refused

MOST_PARTS = 200
# What a browser would take for a page, in as much of a file as it looks at.
LOOKED_AT = 2_048
PAGE = re.compile(r"<\s*(?:!doctype|html|head|body|script|svg|iframe|\?xml|!--)|\{\\rtf", re.IGNORECASE)
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF87a", b"GIF89a")
# In a mail, besides what may be put in a dossier by itself: an invitation, a card, a signature.
IN_MAIL = {"ics", "vcf", "p7s"}
LEAST = {"from", "date", "subject", "to", "message-id"}


def clean_text(content: bytes) -> bytes:
    """The text in UTF-8. Refused when it is something else than text, or a page for a browser."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    if CONTROL.search(text) or "\ufffd" in text or not text.strip():
        raise Refused("is geen tekst. Bewaar het als PDF en kies dat.")
    if PAGE.search(text[:LOOKED_AT]):
        raise Refused("is een webpagina. Bewaar die als PDF en kies dat.")
    return text.encode()


def check_mail(content: bytes, check: Callable[[bytes, str], object]) -> None:
    """Headers of a mail, and in it only what may be put in a dossier by itself (`check`), pictures and texts."""
    try:
        mail = message_from_bytes(content, policy=policy.default)
        if len(LEAST & {name.lower() for name in mail.keys()}) < 2:  # noqa: SIM118  (a message is no dict)
            raise Refused("is geen e-mail. Bewaar de e-mail opnieuw, of als PDF.")
        parts = [part for part in mail.walk() if not part.is_multipart()]
        if len(parts) > MOST_PARTS:
            raise Refused("heeft te veel bijlagen.")
        for part in parts:
            _check_part(part, check)
    except (MessageError, LookupError, ValueError, RecursionError, AttributeError, TypeError) as problem:
        raise Refused("is geen goede e-mail. Bewaar de e-mail als PDF.") from problem


def _check_part(part: EmailMessage, check: Callable[[bytes, str], object]) -> None:
    name = plain_name(part.get_filename() or "")
    content = part.get_payload(decode=True) or b""
    if part.get_content_maintype() == "text" and not name:
        return
    if content.startswith(PICTURES) and part.get_content_maintype() == "image":
        return
    extension = extension_of(name)
    if extension in IN_MAIL and not CONTROL.search(content[:LOOKED_AT].decode("latin-1").replace("\0", "")):
        return
    try:
        check(content, extension)
    except Refused as problem:
        raise Refused(
            f"bevat een bijlage die niet mag: {name or 'zonder naam'}. Bewaar de e-mail als PDF."
        ) from problem
