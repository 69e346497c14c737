"""From settings to adapters: the only place where they meet.

Models are loaded once per process, after the fork of a worker's children.
"""

import logging
from functools import cache

import httpx
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from sources.bert import WeightsMissing
from sources.calls import ToldTransport
from sources.embedding import MiniLM
from sources.library import Library
from sources.ports import Encoder, Provider, StanceModel
from sources.providers.wikipedia import Wikipedia
from sources.stance.lexical import LexicalStance
from sources.stance.onnx import OnnxStance
from sources.web import Fetcher, user_agent

log = logging.getLogger(__name__)

ADAPTERS = {Wikipedia.name: Wikipedia}
"""Outside providers by the name that OUTSIDE_PROVIDERS uses."""
PROVIDER_TIMEOUT = 10.0  # seconds for one request to an outside provider


@cache
def encoder() -> Encoder:
    """The model behind the library's vectors."""
    return MiniLM()


@cache
def stance_model() -> StanceModel:
    """The model that reads passages; the lexical floor when its weights are missing."""
    try:
        return OnnxStance()
    except WeightsMissing as error:
        log.warning("%s Passages are read by word rules until then.", error)
        return LexicalStance()


@cache
def fetcher() -> Fetcher:
    """Fetches public pages, and nothing that is not public."""
    return Fetcher(contact=settings.CONTACT_URL)


@cache
def _outside_provider(name: str) -> Provider:
    if name not in ADAPTERS:
        raise ImproperlyConfigured(
            f"OUTSIDE_PROVIDERS names {name!r}; known are: {', '.join(sorted(ADAPTERS))}."
        )
    return ADAPTERS[name](
        httpx.Client(
            timeout=PROVIDER_TIMEOUT,
            trust_env=False,
            headers={"User-Agent": user_agent(settings.CONTACT_URL)},
            transport=ToldTransport(httpx.HTTPTransport(trust_env=False), name),
        )
    )


def providers(*, outside: bool, only: str = "") -> list[Provider]:
    """Whom to ask: those that stay inside always, others only about what is public."""
    known = [Library(encoder()), *map(_outside_provider, settings.OUTSIDE_PROVIDERS)]
    return [
        provider
        for provider in known
        if (outside or not provider.outside) and only in ("", provider.name)
    ]
