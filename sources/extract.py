"""From the bytes that people hand in to the text that is checked.

The bytes come from strangers and the parsers are large, so ``extract_safely``
runs them in a process of its own with limits on memory and time and without
the settings of this one.
"""

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date

from markdown_it import MarkdownIt

from sources import html
from sources.access import access_of_page
from sources.article import (
    BODY,
    FULL_STOP,
    HEADLINE,
    STANDFIRST,
    Article,
    NothingToRead,
    may_be_headline,
    one_line,
)
from sources.decoding import decoded, visible
from sources.docx import read_docx
from sources.language import language_of
from sources.limited import LimitsReached, answer_in_limits, in_limits
from sources.mail import read_mail
from sources.passages import paragraphs, sentences
from sources.pdf import read_pdf
from sources.sniffing import DOCX, HTML, MAIL, MARKDOWN, PDF, Unread, kind_of

__all__ = ["MAX_BYTES", "Block", "Extracted", "NothingToRead", "extract", "extract_safely"]

MAX_BYTES = 10_000_000
MAX_CHARACTERS = 2_000_000
"""Of the text; a longer one is no document to check or to cite from."""

_WORD = re.compile(r"[^\W\d_]+")
_PARSERS = {PDF: read_pdf, DOCX: read_docx, MAIL: read_mail}


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of the text: ``text[start:end]``.

    ``placement`` is one of headline, standfirst, body, quotation, caption, link_block.
    """

    start: int
    end: int
    placement: str


@dataclass(frozen=True, slots=True)
class Extracted:
    """An article as text; what it does not state about itself is empty.

    ``text`` begins with headline and standfirst; a blank line stands between
    paragraphs. ``language`` is an ISO 639 code in lower case. ``notes`` are
    sentences about what was handed in and not read. ``content_type`` is what
    the bytes are, whatever was said of them.
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
    notes: tuple[str, ...]
    content_type: str
    extractor: str
    access: str = ""
    access_reason: str = ""
    """What the page says about who may read it, and where; empty when it says nothing."""


def extract(
    body: bytes, *, content_type: str = "", charset: str | None = None, url: str = ""
) -> Extracted:
    """Return the article in ``body``, which came from ``url`` if from the web.

    What it is, its bytes tell; ``content_type`` only tells kinds of text
    apart. Raise NothingToRead when it holds no sentence.
    """
    return _in_its_language(_read(body, content_type, charset, url))


def extract_safely(
    body: bytes, *, content_type: str = "", charset: str | None = None, url: str = ""
) -> Extracted:
    """Do what ``extract`` does, in a process that cannot harm this one.

    Raise NothingToRead also when the process needs too much memory or time.
    """
    about = {"content_type": content_type, "charset": charset, "url": url}
    try:
        answer = in_limits("sources.extract", about, body[: MAX_BYTES + 1])
    except LimitsReached:
        raise NothingToRead(
            "This could not be read within the limits of memory and time; paste the text instead."
        ) from None
    if "refused" in answer:
        raise NothingToRead(answer["refused"])
    published_at = answer.pop("published_at")
    blocks = answer.pop("blocks")
    notes = tuple(answer.pop("notes"))
    return _in_its_language(
        Extracted(
            **answer,
            notes=notes,
            published_at=date.fromisoformat(published_at) if published_at else None,
            blocks=tuple(Block(**block) for block in blocks),
        )
    )


def _in_its_language(read: Extracted) -> Extracted:
    """Replace the stated language by that of the words.

    Not done in the process with limits, which would load the model each time.
    """
    return replace(read, language=language_of(read.text, read.language))


def _read(body: bytes, content_type: str, charset: str | None, url: str) -> Extracted:
    if len(body) > MAX_BYTES:
        raise NothingToRead(f"This is larger than {MAX_BYTES:,} bytes; hand in a part of it.")
    try:
        kind = kind_of(body, content_type)
    except Unread as error:
        raise NothingToRead(
            f"{error} is not read; save it as PDF, DOCX or plain text, or paste its text."
        ) from None
    access, access_reason = "", ""
    if kind in _PARSERS:
        article = _PARSERS[kind](body)
        text, blocks = _joined(_with_title(article))
    else:
        source = decoded(body, charset)
        if source is None:
            raise NothingToRead(
                "This is not text; hand in a web page, PDF, DOCX, message or plain text."
            )
        if kind == HTML:
            article = html.read_article(visible(source), url) or Article(html.EXTRACTOR)
            if not article.paragraphs:
                raise NothingToRead("No article was found on this page; paste its text instead.")
            text, blocks = _joined(_with_title(article))
            access, access_reason = access_of_page(source)
        else:
            article, text, blocks = _from_plain(visible(source), kind)
    if len(text) > MAX_CHARACTERS:
        raise NothingToRead(f"This has more than {MAX_CHARACTERS:,} characters; hand in a part.")
    if not _has_sentence(text):
        raise NothingToRead("This holds no sentence; hand in an article with at least one.")
    return Extracted(
        title=one_line(visible(article.title))[:500],
        standfirst=article.standfirst,
        byline=one_line(visible(article.byline))[:200],
        outlet=one_line(visible(article.outlet))[:200],
        language=article.language,
        published_at=article.published_at,
        canonical_url=article.canonical_url or url,
        text=text,
        blocks=blocks,
        notes=article.notes,
        content_type=kind,
        extractor=article.extractor,
        access=access,
        access_reason=access_reason,
    )


def _with_title(article: Article) -> list[tuple[str, str]]:
    """The paragraphs of an article, with title and standfirst above unless they are there."""
    placed = list(article.paragraphs)
    for placement, words in ((STANDFIRST, article.standfirst), (HEADLINE, article.title)):
        if not words or any(there == placement for there, _ in placed):
            continue
        at = next((n for n, (_, text) in enumerate(placed[:5]) if text == words), None)
        if at is None:
            placed.insert(0, (placement, words))
        else:
            placed[at] = (placement, words)
    return placed


def _from_plain(text: str, kind: str) -> tuple[Article, str, tuple[Block, ...]]:
    """Plain text stays exactly as it is, so that every place in it stays where it was."""
    article = Article("plain 3")
    if kind == MARKDOWN:
        article.extractor = "markdown 1"
        text = "\n\n".join(html.read_words(MarkdownIt("commonmark").render(text)))
    text = text.strip("\n")
    blocks = [Block(start, end, BODY) for start, end in paragraphs(text)]
    if len(blocks) > 1:
        first = " ".join(text[blocks[0].start : blocks[0].end].split())
        if may_be_headline(first):
            article.title = first
            blocks[0] = Block(blocks[0].start, blocks[0].end, HEADLINE)
    return article, text, tuple(blocks)


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
            one_line or FULL_STOP.search(text[start:end])
        ):
            return True
    return False


def _answer(body: bytes, about: dict[str, str]) -> dict[str, object]:
    try:
        return asdict(_read(body, **about))
    except NothingToRead as error:
        return {"refused": str(error)}


if __name__ == "__main__":
    answer_in_limits(_answer)
