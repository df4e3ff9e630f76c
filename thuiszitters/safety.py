"""The checks that stop an unsafe start. Each sentence says what to do."""

from datetime import date

from django.core.exceptions import ImproperlyConfigured


def unsafe_reasons(*, debug, secret_key, allowed_hosts, database, pgn_keys, pgn_hash_key, site_url) -> list[str]:
    """What is wrong with these settings, as Dutch sentences that say what to do. Empty when it is safe to start."""
    embedded = database.get("ENGINE", "").endswith("sqlite3")
    checks = [
        (not secret_key, "SECRET_KEY ontbreekt. Zet een lange willekeurige waarde in de omgeving of in .env."),
        (secret_key and len(secret_key) < 40, "SECRET_KEY is te kort. Gebruik ten minste 40 willekeurige tekens."),
        (debug and not embedded, "DEBUG staat aan terwijl er een echte database is. Zet DEBUG=False."),
        ("*" in allowed_hosts, "ALLOWED_HOSTS bevat '*'. Noem de namen waaronder de toepassing bereikbaar is."),
        (not debug and not allowed_hosts, "ALLOWED_HOSTS ontbreekt. Noem de namen van deze toepassing."),
        (not pgn_keys, "PGN_KEYS ontbreekt. Zet ten minste één Fernet-sleutel voor de versleuteling van het BSN."),
        (len(pgn_hash_key) < 32, "PGN_HASH_KEY ontbreekt of is te kort. Gebruik ten minste 32 willekeurige tekens."),
        (
            not site_url.startswith(("http://", "https://")),
            "SITE_URL ontbreekt of is geen adres. Noem het adres van deze toepassing, of zet SITE_ADDRESS.",
        ),
    ]
    return [sentence for wrong, sentence in checks if wrong]


def refuse_unsafe(**settings) -> None:
    """Raise `ImproperlyConfigured` with all reasons when these settings are not safe to start with."""
    if reasons := unsafe_reasons(**settings):
        raise ImproperlyConfigured("De toepassing start niet:\n- " + "\n- ".join(reasons))


def day_or_none(name: str, text: str) -> date | None:
    """The day that a setting says as 2027-08-01; None when it is empty. ImproperlyConfigured for anything else."""
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError as problem:
        raise ImproperlyConfigured(f"{name} is geen datum. Schrijf 2027-08-01, of laat hem leeg.") from problem
