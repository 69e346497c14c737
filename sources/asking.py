"""Asking a service that answers in JSON, and taking its answer apart with suspicion.

What goes wrong is ProviderDown in words that name the fault and never the
request, which carries words of somebody's article and perhaps a key.
"""

import html
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import unquote_plus

import httpx

from sources.addresses import FetchRefused, canonical_url, check_url
from sources.decoding import visible
from sources.ports import ProviderDown

LONGEST_WAIT = 86_400.0
"""Seconds that a service may ask to be left alone."""
LONGEST_TEXT = 20_000
"""Characters of one text in an answer; what is longer is cut."""

_CODE = re.compile(r"[A-Za-z][A-Za-z_-]{2,60}", re.ASCII)
_TAG = re.compile(r"<[^<>]{0,500}>")
_SPACE = re.compile(r"\s+")


def asked(
    client: httpx.Client, name: str, url: str, parameters: Mapping[str, str | int]
) -> dict[str, Any]:
    """The JSON object that a GET request brings; raise ProviderDown for anything else.

    An object that tells of an error, as MediaWiki's do with status 200, is no answer either.
    """
    response = answered(client, name, url, parameters)
    try:
        answer = response.json()
    except (ValueError, RecursionError):
        raise ProviderDown(f"{name}: answer is not JSON") from None
    if not isinstance(answer, dict):
        raise ProviderDown(f"{name}: answer of an unexpected shape")
    if "error" in answer:
        refusal = f"{name}: refuses{_reason(response)}"
        raise ProviderDown(refusal, again_in=_asked_to_wait(response))
    return answer


def answered(
    client: httpx.Client, name: str, url: str, parameters: Mapping[str, str | int]
) -> httpx.Response:
    """The answer to a GET request, if its status is 200; raise ProviderDown otherwise."""
    try:
        response = client.get(url, params=dict(parameters))
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise ProviderDown(f"{name}: {type(error).__name__}") from None
    if response.status_code == httpx.codes.OK:
        return response
    wait = _asked_to_wait(response)
    later = f", asks to wait {wait:.0f} s" if wait is not None else ""
    status = f"status {response.status_code}{_reason(response)}"
    raise ProviderDown(f"{name}: {status}{later}", again_in=wait)


@contextmanager
def shape(name: str) -> Iterator[None]:
    """Turn what goes wrong in taking an answer apart into ProviderDown."""
    try:
        yield
    except (LookupError, TypeError, AttributeError, ValueError, RecursionError):
        raise ProviderDown(f"{name}: answer of an unexpected shape") from None


def words(value: object) -> str:
    """A text of an answer: visible characters only, without markup; "" for null.

    >>> words("<jats:p>Rates fell &amp; rose.</jats:p>\\x00")
    'Rates fell & rose.'

    Raise TypeError for what is no text.
    """
    if value is None:
        return ""
    if not isinstance(value, str):
        raise TypeError
    plain = html.unescape(_TAG.sub(" ", value[:LONGEST_TEXT]))
    return _SPACE.sub(" ", visible(plain)).strip()


def address(value: object) -> str:
    """An address of an answer as it is stored, if it is a public one of the web; "" otherwise.

    >>> address("javascript:alert(1)"), address("http://127.0.0.1/"), address("https://a.example/")
    ('', '', 'https://a.example/')
    """
    if not isinstance(value, str):
        return ""
    try:
        return canonical_url(check_url(value))
    except FetchRefused:
        return ""


def day(value: object) -> date | None:
    """The day a text begins with, as 2026-11-25 or 20261125; None for what is no such day.

    >>> day("2026-11-25T10:00:00Z"), day("20261125T100000Z"), day("soon"), day(7)
    (datetime.date(2026, 11, 25), datetime.date(2026, 11, 25), None, None)
    """
    if not isinstance(value, str):
        return None
    found = re.match(r"(\d{4})-?(\d\d)-?(\d\d)(?!\d)", value, re.ASCII)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def language(code: str) -> str:
    """The first part of a language code, and nothing that is none.

    >>> language("pt-BR"), language("../x")
    ('pt', 'en')
    """
    found = re.match(r"[a-z]{2,3}(?![a-z])", code)
    return found[0] if found else "en"


def _reason(response: httpx.Response) -> str:
    """The short code by which an answer tells what is wrong, as `` (PERMISSION_DENIED)``.

    Google's APIs have it in ``error.status``, MediaWiki in ``error.code``, others in ``error``
    itself. A word of the request is no code: it may be one of somebody's article.
    """
    try:
        answer = response.json()
    except (ValueError, RecursionError):
        return ""
    error = answer.get("error") if isinstance(answer, dict) else None
    told = [error.get("status"), error.get("code")] if isinstance(error, dict) else [error]
    request = unquote_plus(str(response.url)).casefold()
    for code in told:
        if isinstance(code, str) and _CODE.fullmatch(code) and code.casefold() not in request:
            return f" ({code})"
    return ""


def _asked_to_wait(response: httpx.Response) -> float | None:
    """The seconds a service asks to be left alone; None when it does not say.

    Beside ``Retry-After``: the seconds until an allowance that is used up is renewed.
    """
    headers = response.headers
    wait = _wait(headers.get("Retry-After", ""))
    if wait is None and headers.get("X-RateLimit-Remaining") == "0":
        reset = headers.get("X-RateLimit-Reset", "")
        if reset.isdecimal() and reset.isascii() and len(reset) < 6:  # longer ones are moments
            return min(float(reset), LONGEST_WAIT)
    return wait


def _wait(stated: str) -> float | None:
    if stated.isdecimal() and stated.isascii() and len(stated) < 7:
        return min(float(stated), LONGEST_WAIT)
    try:
        moment = parsedate_to_datetime(stated)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return min(max(0.0, (moment - datetime.now(UTC)).total_seconds()), LONGEST_WAIT)
