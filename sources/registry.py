"""From settings to adapters: the only place where they meet.

Models are loaded once per process, after the fork of a worker's children.
"""

import logging
import time
from collections.abc import Callable
from functools import cache
from typing import Protocol

import httpx
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from sources.bert import WeightsMissing
from sources.calls import LimitedTransport, PacedTransport, ToldTransport
from sources.embedding import MiniLM
from sources.guarded import Guarded, Requests
from sources.library import Library
from sources.llm import Endpoint, LanguageModel
from sources.models import Encoding, OutsideProvider, Recalibration
from sources.ports import Encoder, Provider, Stance, StanceModel
from sources.posting import Poster
from sources.providers.crossref import Crossref
from sources.providers.europe_pmc import EuropePMC
from sources.providers.gdelt import Gdelt
from sources.providers.google_fact_check import GoogleFactCheck
from sources.providers.openalex import OpenAlex
from sources.providers.searxng import SearXNG
from sources.providers.wikipedia import Wikipedia
from sources.stance.lexical import LexicalStance
from sources.stance.onnx import OnnxStance
from sources.stance.recalibration import Line
from sources.wayback import NAME as WAYBACK
from sources.wayback import Wayback
from sources.web import Fetcher, Limits, user_agent

log = logging.getLogger(__name__)

SEARCH_SECONDS = 60.0
"""In one search; providers whose turn comes later are asked by a search of their own."""
PAGE_SECONDS = 8.0
"""For one page that a provider named."""


FEEDS = frozenset(
    {
        "application/json",
        "application/ld+json",
        "application/x-ndjson",
        "application/octet-stream",
        "text/html",
        "text/plain",
    }
)
"""What feeds of fact-checks come as."""


class Adapter(Provider, Protocol):
    """A provider outside: ``every`` is the least time between two requests, in seconds."""

    every: float


MAKERS: dict[str, Callable[[httpx.Client], Adapter]] = {
    Wikipedia.name: Wikipedia,
    Gdelt.name: Gdelt,
    EuropePMC.name: EuropePMC,
    Crossref.name: lambda client: Crossref(client, mailto=settings.CONTACT_MAIL),
    OpenAlex.name: lambda client: OpenAlex(client, key=settings.OPENALEX_API_KEY),
    GoogleFactCheck.name: lambda client: GoogleFactCheck(
        client, key=settings.GOOGLE_FACT_CHECK_API_KEY
    ),
    SearXNG.name: lambda client: SearXNG(
        client, url=settings.SEARXNG_URL, sites=settings.TRUSTED_SITES
    ),
}
"""How each outside provider is made, by the name that OUTSIDE_PROVIDERS uses."""
NEEDS = {
    OpenAlex.name: "OPENALEX_API_KEY",
    GoogleFactCheck.name: "GOOGLE_FACT_CHECK_API_KEY",
    SearXNG.name: "SEARXNG_URL",
}
"""The setting without which a provider cannot be asked."""
LABELS = {
    adapter.name: adapter.label
    for adapter in (Wikipedia, Gdelt, EuropePMC, Crossref, OpenAlex, GoogleFactCheck, SearXNG)
} | {Library.name: "Library"}
"""What people call each provider."""

ARCHIVE_TIMEOUT = 60.0  # seconds; taking an order may take the archive long


ENCODERS: dict[str, Callable[[], Encoder]] = {MiniLM.name: MiniLM}
"""Encoders of the library by name, the newest last; each has a table of vectors."""


def encoder() -> Encoder:
    """The model behind the vectors that answer searches now."""
    answering = Encoding.objects.answering()
    return encoder_named(answering.encoder if answering else "") or newest_encoder()


def newest_encoder() -> Encoder:
    """The model that should answer once it has read the library."""
    return _encoder(list(ENCODERS)[-1])


def encoder_named(name: str) -> Encoder | None:
    """The model of this name; None when this release of the product has none."""
    return _encoder(name) if name in ENCODERS else None


@cache
def _encoder(name: str) -> Encoder:
    return ENCODERS[name]()


def stance_model() -> StanceModel:
    """The model that reads passages, its confidence as reviewers' decisions have it by now."""
    model = stance_network()
    learnt = Recalibration.objects.filter(model=model.name).order_by("pk").last()
    if learnt is None or not isinstance(model, OnnxStance):
        return model
    lines = {
        Stance.SUPPORTS: Line(learnt.supports_slope, learnt.supports_offset),
        Stance.CONTRADICTS: Line(learnt.contradicts_slope, learnt.contradicts_offset),
    }
    return model.recalibrated(str(learnt), lines)


@cache
def stance_network() -> StanceModel:
    """The model as delivered; the lexical floor when its weights are missing."""
    try:
        return OnnxStance()
    except WeightsMissing as error:
        log.warning("%s Passages are read by word rules until then.", error)
        return LexicalStance()


@cache
def _language_model(url: str, model: str, key: str) -> LanguageModel:
    return LanguageModel(Endpoint(url, model, key))


def language_model(use: str, *, outside: bool) -> LanguageModel | None:
    """The language model, if there is one for ``use`` ("splitter" or "judge").

    ``outside`` is whether the words may leave this installation. Confidential
    ones reach the model only where the administrator says so.
    """
    if not settings.LLM_URL or use not in settings.LLM_USES:
        return None
    if not (outside or settings.LLM_CONFIDENTIAL):
        return None
    return _language_model(settings.LLM_URL, settings.LLM_MODEL, settings.LLM_KEY)


@cache
def fetcher() -> Fetcher:
    """Fetches public pages, and nothing that is not public."""
    return Fetcher(contact=settings.CONTACT_URL)


@cache
def poster() -> Poster:
    """Sends notices to servers that are public, and nowhere else."""
    return Poster(contact=settings.CONTACT_URL)


def archive() -> Wayback | None:
    """The public archive that cited pages are saved to; none without a key."""
    if not settings.WAYBACK_KEY:
        return None
    return Wayback(settings.WAYBACK_KEY, _archive_client(), endpoint=settings.WAYBACK_URL)


@cache
def _archive_client() -> httpx.Client:
    return httpx.Client(
        timeout=ARCHIVE_TIMEOUT,
        trust_env=False,
        headers={"User-Agent": user_agent(settings.CONTACT_URL)},
        transport=ToldTransport(httpx.HTTPTransport(trust_env=False), WAYBACK),
    )


@cache
def page_fetcher() -> Fetcher:
    """The same for pages that providers name, of which none is worth a long wait."""
    return Fetcher(contact=settings.CONTACT_URL, limits=Limits(seconds=PAGE_SECONDS))


@cache
def feed_fetcher() -> Fetcher:
    """The same for feeds of fact-checks, which may be large."""
    limits = Limits(seconds=60, sent_bytes=80_000_000, body_bytes=80_000_000)
    return Fetcher(contact=settings.CONTACT_URL, limits=limits)


@cache
def _adapter(name: str) -> tuple[Adapter, Requests]:
    if name not in MAKERS:
        raise ImproperlyConfigured(
            f"OUTSIDE_PROVIDERS names {name!r}; known are: {', '.join(sorted(MAKERS))}."
        )
    requests = Requests(name)
    client = httpx.Client(
        trust_env=False,
        headers={"User-Agent": user_agent(settings.CONTACT_URL)},
        transport=PacedTransport(ToldTransport(LimitedTransport(), name), requests.turn),
    )
    adapter = MAKERS[name](client)
    requests.every = adapter.every
    return adapter, requests


def _outside_provider(name: str, deadline: float) -> Provider:
    return Guarded(*_adapter(name), page_fetcher, deadline=deadline)


def missing(name: str) -> str:
    """The setting without which an outside provider is not asked; empty when nothing is missing."""
    if name not in settings.OUTSIDE_PROVIDERS:
        return "OUTSIDE_PROVIDERS"
    needs = NEEDS.get(name, "")
    return needs if needs and not getattr(settings, needs) else ""


def providers(*, outside: bool, only: str = "") -> list[Provider]:
    """Whom to ask: those that stay inside always, others only about what is public.

    One that is switched off is left out; a search of it ``only`` hears so from
    itself, and waits.
    """
    known: list[Provider] = [Library(encoder())]
    if outside:
        deadline = time.monotonic() + SEARCH_SECONDS
        off = set(OutsideProvider.objects.filter(off=True).values_list("name", flat=True))
        known += [
            _outside_provider(name, deadline)
            for name in settings.OUTSIDE_PROVIDERS
            if not missing(name) and (name not in off or name == only)
        ]
    return [provider for provider in known if only in ("", provider.name)]
