"""Settings, read from the environment (and `.env` beside manage.py). Unsafe ones stop the start: see `safety`."""

from importlib.util import find_spec
from pathlib import Path

import environ
from celery.schedules import crontab

from thuiszitters.safety import day_or_none, refuse_unsafe

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env("SECRET_KEY", default="")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"] if DEBUG else [])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
# Whether browsers reach us over TLS. Off only for development and for tests on this machine.
HTTPS = env.bool("HTTPS", default=not DEBUG)

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'var' / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # WAL lets readers go on while one writes; IMMEDIATE takes the write lock at BEGIN, so that two
    # writers wait for each other instead of failing halfway.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA busy_timeout=20000;",
    }
    (BASE_DIR / "var").mkdir(exist_ok=True)
else:
    DATABASES["default"]["CONN_MAX_AGE"] = 60
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
ATOMIC_REQUESTS = False

PGN_KEYS = env.list("PGN_KEYS", default=[])
PGN_HASH_KEY = env("PGN_HASH_KEY", default="")

# Where people find the application; links in mail begin with it.
_address = env("SITE_ADDRESS", default="")
_default = "http://127.0.0.1:8000" if DEBUG else f"https://{_address}" if _address else ""
SITE_URL = (env("SITE_URL", default="") or _default).rstrip("/")

refuse_unsafe(
    debug=DEBUG,
    secret_key=SECRET_KEY,
    allowed_hosts=ALLOWED_HOSTS,
    database=DATABASES["default"],
    pgn_keys=PGN_KEYS,
    pgn_hash_key=PGN_HASH_KEY,
    site_url=SITE_URL,
)

INSTALLED_APPS = [
    "thuiszitters.core.apps.HouseAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.forms",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
    "simple_history",
    "axes",
    "csp",
    "django_structlog",
    "thuiszitters.core",
    "leerplicht",
    "cases",
    "reporting",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "thuiszitters.core.pages.middleware.PersonalPagesMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "thuiszitters.urls"
WSGI_APPLICATION = "thuiszitters.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "thuiszitters.core.pages.context.house",
                "cases.worklist.context.new_for_me",
            ],
            "builtins": ["thuiszitters.core.templatetags.words", "thuiszitters.core.templatetags.components"],
        },
    }
]
FORM_RENDERER = "thuiszitters.core.pages.forms.HouseRenderer"

AUTH_USER_MODEL = "core.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
AXES_FAILURE_LIMIT = 6
AXES_COOLOFF_TIME = 0.25  # hours
# Locked per account and source together, so that nobody can lock a colleague out from elsewhere.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "core/locked_out.html"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
if HTTPS:
    # The TLS proxy of docker-compose.yml is the only hop, and it writes the address of the visitor itself.
    AXES_IPWARE_PROXY_COUNT = 1
    AXES_IPWARE_META_PRECEDENCE_ORDER = ["HTTP_X_FORWARDED_FOR", "REMOTE_ADDR"]

SESSION_COOKIE_AGE = 30 * 60
SESSION_SAVE_EVERY_REQUEST = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
if HTTPS:
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessie", "__Host-csrf"
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^gezond/"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "thuiszitters.core.pages.views.errors.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
    }
}

LANGUAGE_CODE = "nl"
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = True
USE_TZ = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

NODE_MODULES = BASE_DIR / "node_modules"
STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("vendor/utrecht", NODE_MODULES / "@utrecht" / "component-library-css" / "dist"),
    ("vendor/tokens", NODE_MODULES / "@nl-design-system-unstable" / "voorbeeld-design-tokens" / "dist"),
    ("vendor/source-sans-3", NODE_MODULES / "@fontsource-variable" / "source-sans-3"),
    # Fonts for scripts that Source Sans 3 lacks; only what is in its style sheet is fetched.
    ("vendor/noto", Path(find_spec("manimgx_fonts").origin).parent),
    ("vendor/htmx", NODE_MODULES / "htmx.org" / "dist"),
]
# Files of dossiers: a folder that only the application reads (no address leads there), or a bucket of an S3 server.
MEDIA_ROOT = env("FILES_ROOT", default=str(BASE_DIR / "var" / "bestanden"))
FILE_UPLOAD_PERMISSIONS, FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o600, 0o700
_folder = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
_bucket = {
    "BACKEND": "storages.backends.s3.S3Storage",
    "OPTIONS": {
        "bucket_name": env("S3_BUCKET", default=""),
        "endpoint_url": env("S3_ENDPOINT", default="") or None,
        "access_key": env("S3_ACCESS_KEY", default=""),
        "secret_key": env("S3_SECRET_KEY", default=""),
        "region_name": env("S3_REGION", default="eu-west-1"),
        "default_acl": None,
        "file_overwrite": False,
    },
}
STORAGES = {
    "default": _bucket if env("S3_BUCKET", default="") else _folder,
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedStaticFilesStorage"
    },
}
# A municipality's own design tokens: a path under static/, loaded after the neutral ones. Not in the dark.
HOUSE_STYLE = env("HOUSE_STYLE", default="")
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
UPLOAD_MAX_BYTES = 100 * 1024 * 1024
# What people put in a dossier: each file, and all that are sent at once. Below what the proxy lets through.
ATTACHMENT_MAX_BYTES = 20 * 1024 * 1024
ATTACHMENTS_MAX_BYTES = 50 * 1024 * 1024
# Where clamd (ClamAV) listens: the path of a socket, or host:port. Empty: files are not looked at for malware.
CLAMD = env("CLAMD", default="")

EMAIL_CONFIG = env.email("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="thuiszitters@localhost")

EMAIL_TIMEOUT = 10  # seconds; a mail server that says nothing holds up nobody

REDIS_URL = env("REDIS_URL", default="")
CELERY_BROKER_URL = REDIS_URL or None
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = 55 * 60
CELERY_TASK_SOFT_TIME_LIMIT = 50 * 60
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TIMEZONE = TIME_ZONE
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3600,
    "socket_timeout": 10,
    "socket_connect_timeout": 5,
    "socket_keepalive": True,
}
CELERY_BEAT_SCHEDULE_FILENAME = str(BASE_DIR / "var" / "beat-schedule")
CELERY_BEAT_SCHEDULE = {
    # Before working hours, after midnight in every season; the round can run twice and catches up by itself.
    "nightly-round": {"task": "cases.run_due", "schedule": crontab(hour=5, minute=0), "options": {"expires": 6 * 3600}},
    # Every quarter of an hour, also at night: the service itself knows when people work.
    "digests": {"task": "cases.send_digests", "schedule": crontab(minute="*/15"), "options": {"expires": 14 * 60}},
    "scan-attachments": {
        "task": "cases.scan_attachments",
        "schedule": crontab(minute="*/5"),
        "options": {"expires": 280},
    },
    "jobs": {"task": "core.work_jobs", "schedule": 15, "options": {"expires": 15}},
}

# A dossier without contact for this many days shows as "stil" in the worklist.
SILENCE_DAYS = env.int("SILENCE_DAYS", default=14)
# From which day bill 36663 (Wet terugdringen schoolverzuim) is in force; empty while it is not.
WET_TERUGDRINGEN_SCHOOLVERZUIM_VANAF = day_or_none(
    "WET_TERUGDRINGEN_SCHOOLVERZUIM_VANAF", env("WET_TERUGDRINGEN_SCHOOLVERZUIM_VANAF", default="")
)

LOGGING_CONFIG = None
if env("SENTRY_DSN", default=""):
    import sentry_sdk

    from thuiszitters.logs import before_send

    sentry_sdk.init(
        dsn=env("SENTRY_DSN"), send_default_pii=False, include_local_variables=False, before_send=before_send
    )

from thuiszitters.logs import configure_logs  # noqa: E402  (needs nothing above, but must come after the safety check)

configure_logs(pretty=DEBUG)
