"""JSON lines with request id and user id, and no personal data: values of fields are never logged, only ids."""

import logging.config
import re

import structlog

# An address that is a key itself: of a calendar (docs/adr/0038). gunicorn and Caddy leave it out in deploy/.
SECRET_ADDRESS = re.compile(r"(/agenda/)[^\s/?#\"']+")


def without_query(logger, name, event: dict) -> dict:
    """The address of a request without what stands behind the question mark: people type there."""
    if isinstance(event.get("request"), str):
        event["request"] = event["request"].partition("?")[0]
    return event


def without_secrets(value):
    """The same with secret addresses left out, in every text of it."""
    if isinstance(value, str):
        return SECRET_ADDRESS.sub(r"\1-", value)
    if isinstance(value, dict):
        return {key: without_secrets(part) for key, part in value.items()}
    if isinstance(value, list):
        return [without_secrets(part) for part in value]
    return tuple(map(without_secrets, value)) if isinstance(value, tuple) else value


def _no_secrets(logger, name, event: dict) -> dict:
    return without_secrets(event)


def before_send(event, hint):
    """What goes to Sentry: addresses of requests, lines of the log and stacks, without secret addresses."""
    return without_secrets(event)


def configure_logs(*, pretty: bool) -> None:
    """Send all logs through structlog. `pretty` gives readable lines for a developer instead of JSON."""
    shared = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        without_query,
    ]
    renderer = structlog.dev.ConsoleRenderer() if pretty else structlog.processors.JSONRenderer()
    final = [structlog.stdlib.ProcessorFormatter.remove_processors_meta]
    if not pretty:
        final.append(structlog.processors.format_exc_info)
    final.append(_no_secrets)  # last, so that the text of a stack is there too
    formatter = {
        "()": structlog.stdlib.ProcessorFormatter,
        "processors": [*final, renderer],
        "foreign_pre_chain": shared,
    }
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {"lines": formatter},
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "lines"}},
            "root": {"handlers": ["stderr"], "level": "WARNING" if pretty else "INFO"},
            "loggers": {
                "django.server": {"level": "WARNING"},
                "fontTools": {"level": "ERROR"},
                "weasyprint": {"level": "ERROR"},
                "axes": {"level": "ERROR"},
            },
        }
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
