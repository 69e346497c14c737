"""The Wayback Machine's "Save Page Now", version 2: a public copy of a page that is cited.

After its documentation (archive.org, "SPN2 Public API", 2023): a request is
answered with the name of a job, which is asked about until it is done. The
key is an account's "access:secret".
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import httpx

NAME = "wayback"
_JOB = re.compile(r"[\w:.-]{1,200}", re.ASCII)
_TIMESTAMP = re.compile(r"\d{14}", re.ASCII)
_LONGEST_ANSWER = 1_000_000  # bytes
_NOT_OUR_FAULT = frozenset(
    f"error:{name}"
    for name in """bandwidth-limit-exceeded browsing-timeout capture-location-error
    gateway-timeout internal-server-error job-failed no-browsers-available proxy-error
    read-timeout redis-error service-unavailable soft-time-limit-exceeded
    too-many-daily-captures too-many-requests user-session-limit celery""".split()
)


class ArchiveDown(Exception):
    """The archive cannot save the page now; try again later."""


class ArchiveRefused(Exception):
    """The archive will not save the page, now or later; the message says why."""


@dataclass(frozen=True, slots=True)
class Saved:
    """Where the copy is, and when the archive made it."""

    url: str
    at: datetime


class Wayback:
    """One account of the archive."""

    def __init__(self, key: str, client: httpx.Client, *, endpoint: str) -> None:
        self._headers = {"Authorization": f"LOW {key}", "Accept": "application/json"}
        self._client = client
        self._endpoint = endpoint.rstrip("/")

    def save(self, url: str) -> str:
        """Ask for a copy of ``url``; return the name of the job."""
        answer = self._asked(
            "POST",
            "/save",
            data={"url": url, "skip_first_archive": "1", "delay_wb_availability": "1"},
        )
        job = answer.get("job_id")
        if isinstance(job, str) and _JOB.fullmatch(job):
            return job
        raise self._trouble(answer)

    def saved(self, job: str) -> Saved | None:
        """The copy a job made; None while it is at it."""
        answer = self._asked("GET", f"/save/status/{job}")
        match answer.get("status"):
            case "pending":
                return None
            case "success":
                at, of = answer.get("timestamp"), answer.get("original_url")
                if not isinstance(at, str) or not _TIMESTAMP.fullmatch(at) or not _is_page(of):
                    raise ArchiveDown("The archive says it is done, but not where the copy is.")
                moment = _moment(at)
                return Saved(f"{self._endpoint}/web/{at}/{of}", moment)
            case _:
                raise self._trouble(answer)

    def _asked(self, method: str, path: str, **options: Any) -> dict[str, Any]:
        """The archive's answer, whatever it says; raise ArchiveDown when it makes no sense."""
        try:
            with self._client.stream(
                method, f"{self._endpoint}{path}", headers=self._headers, **options
            ) as response:
                body = bytearray()
                for piece in response.iter_bytes():
                    body += piece
                    if len(body) > _LONGEST_ANSWER:
                        raise ArchiveDown("The archive's answer is too long.")
        except httpx.HTTPError as error:
            # Named and not shown, for a message may repeat the address that is saved.
            raise ArchiveDown(f"The archive does not answer: {type(error).__name__}.") from None
        if response.status_code in {401, 403}:
            raise ArchiveRefused("The archive does not accept WAYBACK_KEY.")
        if response.status_code == 429:
            raise ArchiveDown("The archive asks to wait: too many requests.")
        try:
            answer = httpx.Response(200, content=bytes(body)).json()
        except (ValueError, RecursionError):
            raise ArchiveDown(
                f"The archive answers with status {response.status_code} and no JSON."
            ) from None
        if not isinstance(answer, dict):
            raise ArchiveDown("The archive's answer is not what its documentation says.")
        if response.status_code >= 500:
            raise ArchiveDown(f"The archive answers with status {response.status_code}.")
        return answer

    def _trouble(self, answer: dict[str, Any]) -> Exception:
        code = str(answer.get("status_ext") or "")[:100]
        said = " ".join(str(answer.get("message") or code or "no reason given").split())[:300]
        if not code or code in _NOT_OUR_FAULT:
            return ArchiveDown(f"The archive could not save the page: {said}")
        return ArchiveRefused(f"The archive does not save the page: {said}")


def _moment(timestamp: str) -> datetime:
    try:
        return datetime.strptime(timestamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        raise ArchiveDown("The archive says it is done, but not when.") from None


def _is_page(url: object) -> bool:
    return (
        isinstance(url, str)
        and len(url) <= 2000
        and url.isprintable()
        and urlsplit(url).scheme in {"http", "https"}
    )
