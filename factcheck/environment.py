"""Typed readers of environment variables, which refuse nonsense in words.

Only the settings use them: no other module reads the environment.
"""

import os
import re
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

SITE_KINDS = (
    "news",
    "wire",
    "government",
    "party",
    "research",
    "reference",
    "fact_checker",
    "advocacy",
    "social",
    "other",
)
"""``OutletKind``, which cannot be asked: it is a part of what the settings set up."""
LEAST_SECRET = 50  # characters, as Django's own check wants


def env_bool(name: str, *, default: bool) -> bool:
    """Read a flag; refuse anything that is not plainly true or false.

    A typo such as DEBUG=flase must stop the server, not switch a flag on.
    """
    raw = os.environ.get(name, str(default)).strip().lower()
    if raw not in {"true", "false", "1", "0"}:
        raise ImproperlyConfigured(f"{name} must be true or false, not {raw!r}.")
    return raw in {"true", "1"}


def env_int(name: str, *, default: int, least: int = 0) -> int:
    """Read a whole number that is not below ``least``."""
    raw = os.environ.get(name, str(default)).strip()
    if not raw.isdecimal() or int(raw) < least:
        raise ImproperlyConfigured(f"{name} must be a whole number from {least}, not {raw!r}.")
    return int(raw)


def env_list(name: str, *, default: str = "") -> list[str]:
    """Read a comma-separated list; empty parts are dropped."""
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


def env_url(name: str) -> str:
    """Read an address of the web; empty if there is none."""
    raw = os.environ.get(name, "").strip()
    if raw and not raw.startswith(("http://", "https://")):
        raise ImproperlyConfigured(f"{name} must begin with http:// or https://, not {raw!r}.")
    return raw


def env_contact(name: str) -> str:
    """Read a mail address or an address of the web, as a URI; empty if there is none."""
    raw = os.environ.get(name, "").strip()
    if re.fullmatch(r"[^\s@:/]+@[^\s@:/]+", raw):
        return f"mailto:{raw}"
    if raw and not re.fullmatch(r"(mailto:|https://)\S+", raw):
        raise ImproperlyConfigured(
            f"{name} must be a mail address or begin with https://, not {raw!r}."
        )
    return raw


def env_sites(name: str) -> dict[str, str]:
    """Read hosts with the kind of outlet each is, as HOST=KIND, comma-separated."""
    sites = {}
    for part in env_list(name):
        host, _, kind = part.partition("=")
        if not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", host) or kind not in SITE_KINDS:
            raise ImproperlyConfigured(
                f"{name} must be a list such as example.org=news, with one of "
                f"{', '.join(SITE_KINDS)}, not {part!r}."
            )
        sites[host] = kind
    return sites


def env_choice(name: str, default: str, *others: str) -> str:
    """Read one of a few words, in any case."""
    raw = os.environ.get(name, default).strip()
    for word in (default, *others):
        if raw.casefold() == word.casefold():
            return word
    raise ImproperlyConfigured(f"{name} must be {', '.join(others)} or {default}, not {raw!r}.")


def env_secret(name: str) -> str:
    """Read a secret; refuse one that is missing, short, or an example that people copy."""
    raw = os.environ.get(name, "").strip()
    example = raw.startswith("django-insecure-") or "change" in raw.lower()
    if len(raw) < LEAST_SECRET or len(set(raw)) < 10 or example:
        raise ImproperlyConfigured(
            f"{name} must be {LEAST_SECRET} random characters or more. Make one with: "
            'python3 -c "import secrets; print(secrets.token_urlsafe(50))"'
        )
    return raw


def check_language_model(url: str, model: str, key: str, uses: list[str]) -> None:
    """Refuse settings of the language model that do not go together."""
    parts = urlsplit(url)
    if (
        parts.username
        or parts.password
        or parts.query
        or parts.fragment
        or (url and not parts.hostname)
    ):
        raise ImproperlyConfigured(
            "LLM_URL must be a base address such as https://llm.example.org/v1, and nothing more; "
            "the key belongs in LLM_KEY."
        )
    if bool(url) != bool(model):
        raise ImproperlyConfigured("LLM_URL and LLM_MODEL must be set together, or neither.")
    if not model.isprintable() or len(model) > 100:
        raise ImproperlyConfigured("LLM_MODEL must be a name of at most 100 characters.")
    if not key.isascii() or not key.isprintable() or " " in key:
        raise ImproperlyConfigured("LLM_KEY must be letters, digits and signs without blanks.")
    if not set(uses) <= {"splitter", "judge"}:
        raise ImproperlyConfigured("LLM_USES must be splitter, judge, or both with a comma.")


def celery_broker(url: str) -> str:
    """Turn redis-py's spelling of a Unix socket into kombu's.

    >>> celery_broker("unix:///run/valkey.sock?db=1")
    'redis+socket:///run/valkey.sock?virtual_host=1'
    >>> celery_broker("redis://cache:6379/0")
    'redis://cache:6379/0'
    """
    if not url.startswith("unix://"):
        return url
    path, _, query = url.removeprefix("unix://").partition("?")
    database = query.removeprefix("db=") if query.startswith("db=") else "0"
    return f"redis+socket://{path}?virtual_host={database}"
