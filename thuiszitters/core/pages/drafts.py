"""Text that somebody is typing, kept per user and form (the address of its page) until it is saved."""

from thuiszitters.core.pages.models import Draft

LONGEST = 200_000
SKIP = ("csrfmiddlewaretoken", "version")


def may_keep(name: str) -> bool:
    """Whether what is typed in a field may be kept; a password never, whatever its field is called."""
    return name not in SKIP and "password" not in name


def keep_draft(user, key: str, fields: dict[str, list[str]]) -> Draft | None:
    """Keep the fields of a form. Nothing is kept when there is nothing, or more than a form can hold."""
    clean = {k: [text.replace("\0", "") for text in v] for k, v in fields.items() if may_keep(k)}
    kept = {k: v for k, v in clean.items() if any(v)}
    if not kept or sum(len(t) for v in kept.values() for t in v) > LONGEST:
        return None
    draft, _ = Draft.objects.update_or_create(user=user, key=key[:200], defaults={"sealed": Draft.sealed_from(kept)})
    return draft


def draft_of(user, key: str) -> Draft | None:
    return Draft.objects.filter(user=user, key=key[:200]).first()


def initial_of(draft: Draft | None) -> dict:
    """The draft as initial values of a form."""
    return {k: v[0] if len(v) == 1 else v for k, v in draft.fields.items()} if draft else {}


def drop_draft(user, key: str) -> None:
    Draft.objects.filter(user=user, key=key[:200]).delete()
