"""Settings: every environment variable the product reads is read here, once.

docs/configuration.md describes each; a test compares the two.
"""

import os
from pathlib import Path
from typing import Any

import dj_database_url
from csp.constants import NONE, SELF

from factcheck.environment import (
    celery_broker,
    check_language_model,
    env_bool,
    env_choice,
    env_contact,
    env_int,
    env_list,
    env_secret,
    env_sites,
    env_url,
)

BASE_DIR = Path(__file__).resolve().parent.parent
DEBUG = env_bool("DEBUG", default=False)
SECRET_KEY = env_secret("SECRET_KEY")  # ./dev makes its own
# What was signed before the key was changed stays valid while its old key is listed here.
SECRET_KEY_FALLBACKS = env_list("SECRET_KEY_FALLBACKS")
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS", default="localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env_list("CSRF_TRUSTED_ORIGINS")
# Public addresses are built from this, never from a request's Host header.
SITE_URL = os.environ.get("SITE_URL", "http://localhost:8000").rstrip("/")
ORGANISATION = os.environ.get("ORGANISATION", "Factcheck workspace")
ORGANISATION_URL = env_url("ORGANISATION_URL")
PUBLICATION_LANGUAGE = os.environ.get("PUBLICATION_LANGUAGE", "en")
LOGO_URL = env_url("LOGO_URL")
LICENCE_URL = env_url("LICENCE_URL")
CORRECTIONS_POLICY_URL = env_url("CORRECTIONS_POLICY_URL")
METHODOLOGY_URL = env_url("METHODOLOGY_URL")
SOURCES_POLICY_URL = env_url("SOURCES_POLICY_URL")
FEEDBACK_URL = env_url("FEEDBACK_URL")
PRINCIPLES_URL = env_url("PRINCIPLES_URL")
FUNDING_URL = env_url("FUNDING_URL")
ABOUT_URL = env_url("ABOUT_URL")

INSTALLED_APPS = [
    "factcheck.administration.apps.AdministrationConfig",
    "factcheck",  # before auth, whose commands about people it replaces
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "django.contrib.humanize",
    "rest_framework",
    "drf_spectacular",
    "csp",
    "sources",
    "claims",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "factcheck.requests.RequestLog",
    "factcheck.sizes.SizeLimit",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "factcheck.expired.LoginRequired",
    "factcheck.entering.RoleRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "factcheck.urls"
WSGI_APPLICATION = "factcheck.wsgi.application"
AUTH_USER_MODEL = "factcheck.User"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "login"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "factcheck" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL", "postgres:///factcheck"),
        conn_max_age=60,
        conn_health_checks=True,  # a restarted database is met with a new connection
    )
}
REDIS_URL = os.environ.get("REDIS_URL", "redis://127.0.0.1:6379/0")

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
}

CELERY_BROKER_URL = celery_broker(REDIS_URL)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = False  # the row is due again by itself; the hint may go
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_DEFAULT_QUEUE = "work"
# Workers take from their queues in turn: what somebody watches being read, a search that
# somebody waits for, and those of claims needed by some time do not wait behind hundreds of
# searches, nor any of these behind what machines fetch for themselves, nor all of them behind
# publishers' servers that are slow to take what they are told.
CELERY_TASK_ROUTES = {
    "factcheck.sweep": {"queue": "sweep"},
    "claims.take_in": {"queue": "reading"},
    "claims.split_article": {"queue": "reading"},
    "claims.bring_document": {"queue": "reading"},
    "claims.deliver": {"queue": "telling"},
    "sources.*": {"queue": "fetch"},
}
CELERY_TASK_SOFT_TIME_LIMIT = 120
CELERY_TASK_TIME_LIMIT = 150
# A request never waits for Redis. CELERY_TASK_PUBLISH_RETRY = False looks right and is
# not: kombu then retries the connection itself for seconds (decision 2 has the numbers).
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 0}
CELERY_BROKER_TRANSPORT_OPTIONS = {
    # A broker that hangs must not hang the request; kombu drops
    # socket_connect_timeout on Unix sockets, so socket_timeout does the work.
    "socket_timeout": 0.4,
    "socket_connect_timeout": 0.4,
    "visibility_timeout": 300,
    "unacked_restore_interval": 30,
    "unacked_restore_throttle": 1,
}
SWEEP_EVERY = 10  # seconds
CELERY_BEAT_SCHEDULE = {
    "sweep": {
        "task": "factcheck.sweep",
        "schedule": float(SWEEP_EVERY),
        "options": {"expires": SWEEP_EVERY},
    },
    "embed": {
        "task": "sources.embed",
        "schedule": 10.0,
        "options": {"expires": 10},  # each looks at everything: one waiting is enough
    },
    "read_entries": {
        "task": "claims.read_entries",
        "schedule": 10.0,
        "options": {"expires": 10},
    },
    "forget_sessions": {"task": "factcheck.forget_sessions", "schedule": 3600.0},
    "forget_requests": {"task": "claims.forget_requests", "schedule": 3600.0},
    "forget_deliveries": {"task": "claims.forget_deliveries", "schedule": 3600.0},
    "forget_objectors": {"task": "claims.forget_objectors", "schedule": 3600.0},
    "forget_answers": {"task": "claims.forget_answers", "schedule": 3600.0},
    "watch_sources": {"task": "claims.watch_sources", "schedule": 600.0},
}
CELERY_BEAT_SCHEDULE_FILENAME = os.environ.get("BEAT_SCHEDULE_FILE", "var/celerybeat-schedule")
CELERY_WORKER_HIJACK_ROOT_LOGGER = False

LANGUAGE_CODE = "en-gb"
FORMAT_MODULE_PATH = "factcheck.formats"
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "var" / "static"
# With hashes in their names, as collectstatic gives them, files are kept by browsers for ever.
# A checkout serves them where they lie.
HASHED_STATIC = env_bool("HASHED_STATIC", default=False)
WHITENOISE_USE_FINDERS = not HASHED_STATIC
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if HASHED_STATIC
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

# Without a mail server, whoever invites somebody hands the link over.
EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
EMAIL_PORT = env_int("EMAIL_PORT", default=587, least=1)
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_SSL = EMAIL_PORT == 465
EMAIL_USE_TLS = EMAIL_PORT == 587
EMAIL_TIMEOUT = 10  # seconds
DEFAULT_FROM_EMAIL = os.environ.get("EMAIL_FROM", "factcheck@localhost")
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600  # seconds an invitation works

# Behind TLS (HTTPS=true) cookies and redirects are for TLS only.
HTTPS = env_bool("HTTPS", default=False)
SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
# How many proxies stand before the web server and append to X-Forwarded-For.
PROXIES = env_int("PROXIES", default=0)
# Asking browsers to preload is a promise for a whole domain, which is not ours to make.
SILENCED_SYSTEM_CHECKS = ["security.W021"]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Two workspaces on one host name, told apart by port alone, would share their cookies.
COOKIE_SUFFIX = os.environ.get("COOKIE_SUFFIX", "")
# __Host-: browsers take it from this host over TLS only, never from a neighbour's page.
COOKIE_PREFIX = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid{COOKIE_SUFFIX}"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrftoken{COOKIE_SUFFIX}"
CSRF_FAILURE_VIEW = "factcheck.expired.too_old"
CSRF_COOKIE_HTTPONLY = True  # forms carry the token; no script reads it
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# What people may hand in.
MAX_UPLOAD_BYTES = env_int("MAX_UPLOAD_BYTES", default=10_000_000, least=1_000)
MAX_ARTICLE_CHARACTERS = 400_000
DATA_UPLOAD_MAX_MEMORY_SIZE = MAX_UPLOAD_BYTES + 100_000
MAX_REQUEST_BYTES = MAX_UPLOAD_BYTES + 500_000  # with what a form has around its largest file

# The publishers' API; claims/api/__init__.py tells how these close every view by themselves.
API_REQUESTS_PER_MINUTE = env_int("API_REQUESTS_PER_MINUTE", default=600, least=1)
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["claims.api.authentication.ByKey"],
    "DEFAULT_PERMISSION_CLASSES": ["claims.api.permissions.HasScope"],
    "DEFAULT_THROTTLE_CLASSES": ["claims.api.throttling.PerKey"],
    "DEFAULT_PARSER_CLASSES": ["claims.api.parsing.LimitedJSON"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PAGINATION_CLASS": "claims.api.pagination.NewestFirst",
    "DEFAULT_SCHEMA_CLASS": "claims.api.schema.KeySchema",
    "DEFAULT_METADATA_CLASS": None,
    "EXCEPTION_HANDLER": "claims.api.problems.answer",
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Factcheck",
    "VERSION": "1",
    "DESCRIPTION": "Hand in articles, follow their claims, read evidence and published verdicts.",
    "OAS_VERSION": "3.1.1",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "POSTPROCESSING_HOOKS": [
        "claims.api.schema.with_problems",
        "claims.api.webhooks.with_webhooks",
    ],
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "PATH_CONVERTER_OVERRIDES": {"id": {"type": "string", "format": "uuid"}},
}

# The web server; factcheck/gunicorn.py has the rest.
WEB_PROCESSES = env_int("WEB_PROCESSES", default=2, least=1)
WEB_THREADS = env_int("WEB_THREADS", default=4, least=1)

# Outside providers are asked about public submissions only.
OUTSIDE_PROVIDERS = env_list(
    "OUTSIDE_PROVIDERS",
    default="wikipedia,gdelt,europe_pmc,crossref,openalex,google_fact_check,searxng",
)
OPENALEX_API_KEY = os.environ.get("OPENALEX_API_KEY", "")
GOOGLE_FACT_CHECK_API_KEY = os.environ.get("GOOGLE_FACT_CHECK_API_KEY", "")
SEARXNG_URL = env_url("SEARXNG_URL")
TRUSTED_SITES = env_sites("TRUSTED_SITES")
CONTACT_URL = os.environ.get("CONTACT_URL", "")
CONTACT_MAIL = os.environ.get("CONTACT_MAIL", "")
SECURITY_CONTACT = env_contact("SECURITY_CONTACT")

# A language model behind an OpenAI-compatible server; without an address none is asked.
LLM_URL = env_url("LLM_URL").rstrip("/")
LLM_MODEL = os.environ.get("LLM_MODEL", "").strip()
LLM_KEY = os.environ.get("LLM_KEY", "").strip()
LLM_USES = env_list("LLM_USES", default="splitter,judge")
LLM_CONFIDENTIAL = env_bool("LLM_CONFIDENTIAL", default=False)
check_language_model(LLM_URL, LLM_MODEL, LLM_KEY, LLM_USES)

# Cited pages are saved there when a key is set: "access:secret" of an account of archive.org.
WAYBACK_KEY = os.environ.get("WAYBACK_KEY", "").strip()
WAYBACK_URL = env_url("WAYBACK_URL") or "https://web.archive.org"

LOG_LEVEL = env_choice("LOG_LEVEL", "INFO", "DEBUG", "WARNING", "ERROR")
LOG_FORMAT = env_choice("LOG_FORMAT", "line", "json")
SLOW_QUERY_MS = env_int("SLOW_QUERY_MS", default=500)
LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "factcheck.logs.Line"},
        "json": {"()": "factcheck.logs.Json"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {"httpx": {"level": "WARNING"}, "trafilatura": {"level": "ERROR"}},
}
