"""From settings to adapters: the only place where they meet.

Models are loaded once per process, after the fork of a worker's children.
"""

import logging
from functools import cache

import httpx
from django.conf import settings

from sources.bert import WeightsMissing
from sources.embedding import MiniLM
from sources.library import Library
from sources.ports import Encoder, Provider, StanceModel
from sources.providers.wikipedia import Wikipedia
from sources.stance.lexical import LexicalStance
from sources.stance.onnx import OnnxStance
from sources.web import Fetcher

log = logging.getLogger(__name__)

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
    return Fetcher()


@cache
def _outside(name: str) -> Provider:
    client = httpx.Client(timeout=PROVIDER_TIMEOUT, trust_env=False)
    return {"wikipedia": Wikipedia}[name](client)


def providers(*, outside: bool, only: str = "") -> list[Provider]:
    """Whom to ask: the library always, others only about what is public."""
    chosen: list[Provider] = [Library(encoder())]
    if outside:
        chosen += [_outside(name) for name in settings.OUTSIDE_PROVIDERS]
    return [provider for provider in chosen if only in ("", provider.name)]
