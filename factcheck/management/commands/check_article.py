"""The main job in a terminal: an article in, claims with evidence out."""

import json
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from rich.console import Console
from rich.status import Status

from claims.actions.evidence import search_again
from claims.actions.intake import Handed, submit
from claims.actions.refusals import Refused
from claims.models import ArticleVersion, Search, Submission, Visibility
from claims.reading.article import language_name, run_of
from claims.reading.report import (
    appearances_of,
    article_json,
    claim_json,
    claim_text,
    evidence_for,
)
from claims.states import ClaimState, SubmissionState, VersionState
from factcheck.models import User
from sources import registry
from sources.extract import NothingToRead, extract_safely
from sources.sniffing import stated_by
from sources.web import FetchFailed, FetchRefused

T = TypeVar("T")

POLL = 0.25  # seconds
PATIENCE = 600.0  # seconds; workers that do nothing for so long are not there
ADDRESSES = ("http://", "https://")
CANNOT = 2  # exit code: there is no article in what was given


class Command(BaseCommand):
    """Hand in an article as anybody would, wait for the workers, print what they found."""

    help = "Split an article into claims and set evidence beside them."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take one article and what is known about it."""
        parser.add_argument("article", help="a file, a URL, or - for standard input")
        parser.add_argument("--published", type=date.fromisoformat, metavar="YYYY-MM-DD")
        parser.add_argument("--outlet", default="", help="who published it")
        parser.add_argument("--title", default="", help="its headline")
        parser.add_argument(
            "--public", action="store_true", help="it is public: outside providers may be asked"
        )
        parser.add_argument("--json", action="store_true", dest="as_json", help="print JSON")
        parser.add_argument(
            "--only-look",
            action="store_true",
            help="say whether a file can be read; needs no servers",
        )

    def handle(self, *, article: str, as_json: bool, only_look: bool, **options: Any) -> None:
        """Print claims in the order of the text, each as soon as its search is done."""
        if only_look:
            _look_at(article, options)
            return
        handed = _handed(article, options)
        user, _ = User.objects.get_or_create(username="terminal", defaults={"is_active": False})
        known = ArticleVersion.objects.filter(article__owner=user, state=VersionState.SPLIT)
        known_before = set(known.values_list("pk", flat=True))
        try:
            submission = submit(handed, by=user)
        except Refused as error:
            raise CommandError(str(error), returncode=CANNOT) from None
        with Console(stderr=True).status("Reading the article") as status:
            version = _version(submission)
            status.update("Splitting it into claims")
            _wait(lambda: _is_split(version))
            if version.pk in known_before:
                _search_again(version, user)
            self._print(version, as_json, status)

    def _print(self, version: ArticleVersion, as_json: bool, status: Status) -> None:
        appearances = appearances_of(version)
        ids = [appearance.claim_id for appearance in appearances]
        printed = []
        for number, appearance in enumerate(appearances, start=1):
            status.update(f"Searching evidence: {number} of {len(appearances)} claims")
            search = _wait(partial(_searched, appearance.claim_id))
            evidence = evidence_for([appearance.claim_id])[appearance.claim_id]
            if as_json:
                printed.append(claim_json(appearance, evidence))
            else:
                self.stdout.write(claim_text(number, appearance, evidence, search.run))
        self._say_what_is_missing(version)
        if as_json:
            answer = {"article": article_json(version), "claims": printed}
            self.stdout.write(json.dumps(answer, ensure_ascii=False, indent=1))
        else:
            claims = "1 claim" if len(set(ids)) == 1 else f"{len(set(ids))} claims"
            self.stdout.write(f"{claims} in {_name(version)}.")

    def _say_what_is_missing(self, version: ArticleVersion) -> None:
        """Say on standard error, beside the answer, what was not read and not guessed."""
        said = list(version.notes)
        if not version.language.startswith("en"):
            language = language_name(version)
            said.append(
                f"Written in {language}: sentences only, "
                "no claimant or check-worthiness is guessed."
            )
        run = run_of(version)
        if run and run.failure:
            said.append(f"Split by the offline rules: the language model {run.failure}.")
        for line in said:
            self.stderr.write(line)


def _name(version: ArticleVersion) -> str:
    return f"“{version.title}”" if version.title else "this text, which has no title"


def _handed(article: str, options: dict[str, Any]) -> Handed:
    """What was given on the command line, as a submission."""
    about = {
        "title": options["title"],
        "outlet": options["outlet"],
        "published_at": options["published"],
        "visibility": Visibility.PUBLIC if options["public"] else Visibility.CONFIDENTIAL,
    }
    if article.startswith(ADDRESSES):
        if options["public"]:
            return Handed(url=article, **about)
        return _fetched(article, about)
    try:
        with sys.stdin.buffer if article == "-" else Path(article).open("rb") as file:
            body = file.read(settings.MAX_UPLOAD_BYTES + 1)  # one more is too much, and is said
    except OSError as error:
        raise CommandError(f"{article}: {error.strerror}.", returncode=CANNOT) from None
    name = Path(article).name
    return Handed(file=body, file_name=name, content_type=stated_by(name), **about)


def _look_at(article: str, options: dict[str, Any]) -> None:
    """Raise CommandError if a file holds no article; a page is not fetched for that."""
    if article.startswith(ADDRESSES):
        return
    handed = _handed(article, options)
    try:
        extract_safely(handed.file or b"", content_type=handed.content_type)
    except NothingToRead as error:
        raise CommandError(str(error), returncode=CANNOT) from None


def _fetched(url: str, about: dict[str, Any]) -> Handed:
    """Fetch the page, but keep what is done with it to this installation."""
    try:
        page = registry.fetcher().fetch(url)
    except (FetchRefused, FetchFailed) as error:
        raise CommandError(str(error), returncode=CANNOT) from None
    return Handed(file=page.body, file_name="page", content_type=page.content_type, **about)


def _version(submission: Submission) -> ArticleVersion:
    def read() -> ArticleVersion | None:
        submission.refresh_from_db(fields=["state", "version", "last_error"])
        if submission.state == SubmissionState.FAILED:
            raise CommandError(submission.last_error, returncode=CANNOT)
        return submission.version

    return _wait(read)


def _is_split(version: ArticleVersion) -> bool:
    version.refresh_from_db(fields=["state", "last_error"])
    if version.state == VersionState.FAILED:
        raise CommandError(version.last_error, returncode=CANNOT)
    return version.state == VersionState.SPLIT


def _search_again(version: ArticleVersion, user: User) -> None:
    """Look again for an article checked before: the library may know more by now."""
    for appearance in appearances_of(version):
        claim = appearance.claim
        if claim.desk and claim.state in (ClaimState.OPEN, ClaimState.IN_REVIEW):
            search_again(claim.pk, by=user)


@dataclass(frozen=True, slots=True)
class _Searched:
    """Nothing more will come for a claim now; ``run`` is its newest search, if it had one."""

    run: Search | None


def _searched(claim_id: int) -> _Searched | None:
    newest = Search.objects.filter(claim=claim_id, only="").order_by("-pk").first()
    waits = newest is not None and newest.due_at is not None and not newest.failures
    return None if waits else _Searched(newest)


def _wait(answer: Callable[[], T | None]) -> T:
    """Ask until the answer is not empty; CommandError when nobody seems to work."""
    patience_ends = time.monotonic() + PATIENCE
    while not (answered := answer()):
        if time.monotonic() > patience_ends:
            raise CommandError("No worker answers; is ./dev up running?")
        time.sleep(POLL)
    return answered
