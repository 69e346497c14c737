"""From the bytes that people hand in to the text that is checked.

The bytes come from strangers and the parsers are large, so ``extract_safely``
runs them in a process of its own with limits on memory and time and without
the settings of this one.
"""

import json
import re
import resource
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from sources import html
from sources.decoding import decoded, visible
from sources.passages import paragraphs, sentences

_MARKUP = frozenset({"text/html", "application/xhtml+xml"})
CONTENT_TYPES = _MARKUP | {"text/plain", "text/markdown"}
MAX_BYTES = 10_000_000

_SECONDS = 15  # a large news page takes less than one
_MEMORY = 1_500_000_000  # bytes; 10 MB of HTML need about 500 MB

_WORD = re.compile(r"[^\W\d_]+")
_FULL_STOP = re.compile(r"[.!?…。！？؟।]\W*$")


class NothingToRead(ValueError):
    """There is no text to check in what was handed in; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of the text: ``text[start:end]``.

    ``placement`` is one of headline, standfirst, body, link block.
    """

    start: int
    end: int
    placement: str


@dataclass(frozen=True, slots=True)
class Extracted:
    """An article as text; what it does not state about itself is empty.

    ``text`` begins with headline and standfirst; a blank line stands between
    paragraphs. ``language`` is an ISO 639 code in lower case.
    """

    title: str
    standfirst: str
    byline: str
    outlet: str
    language: str
    published_at: date | None
    canonical_url: str
    text: str
    blocks: tuple[Block, ...]
    extractor: str


def extract(
    body: bytes, *, content_type: str, charset: str | None = None, url: str = ""
) -> Extracted:
    """Return the article in ``body``, which came from ``url`` if from the web.

    Raise NothingToRead when it holds no sentence.
    """
    kind = content_type.partition(";")[0].strip().lower()
    if kind not in CONTENT_TYPES:
        kinds = ", ".join(sorted(CONTENT_TYPES))
        given = kind[:100] or "A file of unknown type"
        raise NothingToRead(f"{given} is not read, only {kinds}; paste the text instead.")
    if len(body) > MAX_BYTES:
        raise NothingToRead(f"This is larger than {MAX_BYTES:,} bytes; hand in a part of it.")
    text = decoded(body, charset)
    if text is None:
        raise NothingToRead("This is not text; hand in a web page or plain text.")
    extracted = (_from_html if kind in _MARKUP else _from_plain)(visible(text), url)
    if not _has_sentence(extracted.text):
        raise NothingToRead("This holds no sentence; hand in an article with at least one.")
    return extracted


def extract_safely(
    body: bytes, *, content_type: str, charset: str | None = None, url: str = ""
) -> Extracted:
    """Do what ``extract`` does, in a process that cannot harm this one.

    Raise NothingToRead also when the process needs too much memory or time.
    """
    about = {"content_type": content_type, "charset": charset, "url": url}
    try:
        done = subprocess.run(
            [sys.executable, "-E", "-s", "-m", "sources.extract"],
            input=json.dumps(about).encode() + b"\n" + body[: MAX_BYTES + 1],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=Path(__file__).resolve().parent.parent,
            env={},
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        done = None
    if done is None or done.returncode != 0:
        raise NothingToRead(
            "This could not be read within the limits of memory and time; paste the text instead."
        )
    answer = json.loads(done.stdout)
    if "refused" in answer:
        raise NothingToRead(answer["refused"])
    published_at = answer.pop("published_at")
    blocks = answer.pop("blocks")
    return Extracted(
        **answer,
        published_at=date.fromisoformat(published_at) if published_at else None,
        blocks=tuple(Block(**block) for block in blocks),
    )


def _from_html(page: str, url: str) -> Extracted:
    article = html.read_article(page, url)
    if article is None:
        raise NothingToRead("No article was found on this page; paste its text instead.")
    pieces = [("headline", article.title), ("standfirst", article.standfirst), *article.paragraphs]
    text, blocks = _joined(piece for piece in pieces if piece[1])
    return Extracted(
        title=article.title,
        standfirst=article.standfirst,
        byline=article.byline,
        outlet=article.outlet,
        language=article.language,
        published_at=article.published_at,
        canonical_url=article.canonical_url,
        text=text,
        blocks=blocks,
        extractor=html.EXTRACTOR,
    )


def _from_plain(text: str, url: str) -> Extracted:
    """Plain text stays exactly as it is, so that every place in it stays where it was."""
    text = text.strip("\n")
    blocks = [Block(start, end, "body") for start, end in paragraphs(text)]
    title = ""
    if len(blocks) > 1:
        first = " ".join(text[blocks[0].start : blocks[0].end].split())
        if len(first.split()) <= 25 and not _FULL_STOP.search(first):
            title = first
            blocks[0] = Block(blocks[0].start, blocks[0].end, "headline")
    return Extracted(
        title=title,
        standfirst="",
        byline="",
        outlet="",
        language="",
        published_at=None,
        canonical_url=url,
        text=text,
        blocks=tuple(blocks),
        extractor="plain 2",
    )


def _joined(pieces: Iterable[tuple[str, str]]) -> tuple[str, tuple[Block, ...]]:
    blocks: list[Block] = []
    texts: list[str] = []
    start = 0
    for placement, text in pieces:
        blocks.append(Block(start, start + len(text), placement))
        texts.append(text)
        start += len(text) + 2
    return "\n\n".join(texts), tuple(blocks)


def _has_sentence(text: str) -> bool:
    """Whether four words, or as many letters as they have, stand in one sentence.

    Only a text of a single line may do without a full stop.
    """
    one_line = "\n" not in text
    for start, end in sentences(text):
        words = _WORD.findall(text[start:end])
        letters = sum(map(len, words))
        scripted = any(not word.isascii() and len(word) > 3 for word in words)
        if (len(words) >= 4 or (scripted and letters >= 6)) and (
            one_line or _FULL_STOP.search(text[start:end])
        ):
            return True
    return False


def _limit_this_process() -> None:
    for limit, value in [
        (resource.RLIMIT_CPU, _SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ]:
        resource.setrlimit(limit, (value, value))
    if sys.platform != "darwin":  # macOS refuses a limit on address space
        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))


def _main() -> None:
    _limit_this_process()
    about = json.loads(sys.stdin.buffer.readline())
    try:
        answer = asdict(extract(sys.stdin.buffer.read(), **about))
    except NothingToRead as error:
        answer = {"refused": str(error)}
    sys.stdout.write(json.dumps(answer, default=date.isoformat))


if __name__ == "__main__":
    _main()
