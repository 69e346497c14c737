"""Read the text of a Word file.

A .docx is a zip of XML. Both can be traps: what is unpacked is counted while
it is unpacked, whatever the zip says of itself, and XML with a document type,
the place where entities are declared, is refused.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from sources.article import (
    BODY,
    CAPTION,
    HEADLINE,
    STANDFIRST,
    Article,
    NothingToRead,
    may_be_headline,
    one_line,
)

EXTRACTOR = "docx 2"
MAX_UNPACKED = 60_000_000
"""Bytes of one part of the file; the XML of a long book has ten million."""

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BREAKS = frozenset({f"{_W}br", f"{_W}cr", f"{_W}tab"})
# Words that were deleted, are instructions to Word, or repeat a drawing's words for old readers.
_LEFT_OUT = frozenset({f"{_W}del", f"{_W}moveFrom", f"{_W}instrText", _FALLBACK})
_OF_TITLE = re.compile(r"title|heading ?1", re.IGNORECASE)


def read_docx(body: bytes) -> Article:
    """Return the words of a Word file as printed; raise NothingToRead when it cannot be read.

    Deleted and hidden words are left out, inserted ones are there. Notes come
    last; headers, footers and comments are not read.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            document = _xml(packed, "word/document.xml")
            if document is None:
                raise NothingToRead("This Word file is broken; save it again, or paste its text.")
            styles = _styles(_xml(packed, "word/styles.xml"))
            notes = [_xml(packed, f"word/{name}.xml") for name in ("footnotes", "endnotes")]
            core = _xml(packed, "docProps/core.xml")
    except (zipfile.BadZipFile, zlib.error, etree.XMLSyntaxError, EOFError, OSError) as error:
        raise NothingToRead(_broken(error)) from None
    except (RuntimeError, NotImplementedError, ValueError) as error:
        if isinstance(error, NothingToRead):
            raise
        raise NothingToRead(_broken(error)) from None  # encrypted entries are a RuntimeError
    paragraphs = list(_paragraphs(document, styles))
    for part in notes:
        if part is not None:
            paragraphs += [(BODY, text) for _, text in _paragraphs(part, {})]
    return _placed(paragraphs, core)


def _broken(error: Exception) -> str:
    if "encrypted" in str(error):
        return "This Word file is locked with a password; hand in an unlocked copy."
    return "This Word file is broken; save it again, or paste its text."


def _xml(packed: zipfile.ZipFile, name: str) -> etree._Element | None:
    try:
        with packed.open(name) as part:
            content = part.read(MAX_UNPACKED + 1)
    except KeyError:
        return None
    if len(content) > MAX_UNPACKED:
        raise NothingToRead("This Word file unpacks to far more than it is; paste its text.")
    if b"<!DOCTYPE" in content or "<!DOCTYPE".encode("utf-16-le") in content:
        raise NothingToRead("This Word file declares entities, which no Word file does.")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(content, parser)


def _styles(part: etree._Element | None) -> dict[str, str]:
    """Return the name of each paragraph style by its id: ids are translated, names are not."""
    if part is None:
        return {}
    found = {}
    for style in part.iter(f"{_W}style"):
        name = style.find(f"{_W}name")
        if name is not None:
            found[style.get(f"{_W}styleId", "")] = name.get(f"{_W}val", "")
    return found


def _paragraphs(part: etree._Element, styles: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield style name and text of each paragraph and table row, in order."""
    skipped: etree._Element | None = None
    for event, element in etree.iterwalk(part, events=("start", "end")):
        if skipped is not None:
            if event == "end" and element is skipped:
                skipped = None
            continue
        if event == "end":
            continue
        if element.tag in _LEFT_OUT:
            skipped = element
        elif element.tag == f"{_W}tr":
            skipped = element
            cells = [
                " ".join(text for _, text in _paragraphs(cell, styles))
                for cell in element.iterchildren(f"{_W}tc")
            ]
            if row := " | ".join(filter(None, cells)):
                yield "", row
        elif element.tag == f"{_W}p":
            style = element.find(f"{_W}pPr/{_W}pStyle")
            name = styles.get(style.get(f"{_W}val", ""), "") if style is not None else ""
            for line in _text(element).split("\n"):
                if text := one_line(line):
                    yield name, text


def _text(paragraph: etree._Element) -> str:
    """Return the visible words of one paragraph, without those of paragraphs inside it."""
    pieces: list[str] = []
    waiting = list(reversed(paragraph))
    while waiting:
        element = waiting.pop()
        if element.tag in _LEFT_OUT or element.tag == f"{_W}p":
            continue
        if element.tag == f"{_W}r" and _is_hidden(element):
            continue
        if element.tag == f"{_W}t":
            pieces.append(element.text or "")
        elif element.tag in _BREAKS:
            page_or_line = element.tag != f"{_W}tab"
            pieces.append("\n" if page_or_line else " ")
        elif element.tag == f"{_W}noBreakHyphen":
            pieces.append("-")
        waiting.extend(reversed(element))
    return "".join(pieces)


def _is_hidden(run: etree._Element) -> bool:
    hidden = run.find(f"{_W}rPr/{_W}vanish")
    return hidden is not None and hidden.get(f"{_W}val", "true") not in {"0", "false", "off"}


def _placed(paragraphs: list[tuple[str, str]], core: etree._Element | None) -> Article:
    """Tell headline and standfirst by their styles; else the first line may be the headline."""
    stated = {
        name: one_line(core.findtext(f"{_DC}{name}") if core is not None else "")
        for name in ("title", "creator")
    }
    article = Article(EXTRACTOR, byline=stated["creator"])
    first = paragraphs[:5]
    at = next((n for n, (style, _) in enumerate(first) if _OF_TITLE.fullmatch(style)), None)
    if at is None:
        # A title among the properties is often that of a template: it must be printed too.
        at = next((n for n, (_, text) in enumerate(first) if text == stated["title"]), None)
    if at is None and len(paragraphs) > 1 and _is_headline(*paragraphs[0]):
        at = 0
    for number, (style, text) in enumerate(paragraphs):
        if number == at:
            placement, article.title = HEADLINE, text
        elif style.lower() == "subtitle" and not article.standfirst and number < 6:
            placement, article.standfirst = STANDFIRST, text
        else:
            placement = CAPTION if style.lower() == "caption" else BODY
        article.paragraphs.append((placement, text))
    return article


def _is_headline(style: str, text: str) -> bool:
    return style.lower() not in {"subtitle", "caption"} and may_be_headline(text)
