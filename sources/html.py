"""Read the article out of a web page.

trafilatura tells the article from the page around it; what is added here is
the reading order, the place of each paragraph, and what a page states about
itself as data. Hostile pages are expected: call this in a process with limits.
"""

import re
import sys
from collections.abc import Iterator
from datetime import date
from urllib.parse import urljoin, urlsplit

import lxml.html
import trafilatura
from lxml.html import HtmlElement
from trafilatura.settings import Document

from sources.article import BODY, LINKS, QUOTATION, Article
from sources.decoding import visible

EXTRACTOR = f"html 3, trafilatura {trafilatura.__version__}"

_LEAST_OF_LOOSE = 0.15
"""Share of the words of a loose reading that a strict one leaves of an article: rarely less."""
_MOST_QUOTED = 0.6
"""Share of an article's words, set apart as quotations, from which that is its layout."""
_REFERENCE = re.compile(r"&#(?:x([0-9a-f]{1,6})|([0-9]{1,7}));?", re.IGNORECASE)
_BLOCKS = frozenset(
    """address article aside blockquote br center dd div dl dt figcaption figure footer form h1 h2
    h3 h4 h5 h6 header hr li main nav ol p pre section table td th tr ul""".split()
)


def read_article(page: str, url: str) -> Article | None:
    """Return the article of ``page``, or None when there is none."""
    page = _REFERENCE.sub(_of_a_character, page)
    tree = _tree(page)
    if tree is None:
        return None
    links = _texts(tree, "a")
    visible = _texts(tree, "p", "h2", "h3", "h4")
    language = re.match("[a-z]{2,3}(?![a-z])", (tree.get("lang") or "").lower())
    found = _told_from_the_page(page, url)
    if found is None:
        return None
    outlet = _one_line(found.sitename)
    title = _without_outlet(_title(tree, _one_line(found.title)), outlet)
    # Some sites name themselves among the authors, and print the authors as a paragraph.
    authors = _one_line(found.author).split("; ")
    byline = "; ".join(author for author in authors if not _same(author, outlet))
    elements = [
        (tag, text)
        for tag, text in _elements(found.body)
        if not (tag == "head" and _same(text, title)) and not (byline and _same(text, byline))
    ]
    standfirst = ""
    description = _one_line(found.description)
    if elements and elements[0][0] == "head" and len(elements[0][1].split()) > 5:
        standfirst = elements.pop(0)[1]
    elif description in visible and all(text != description for _, text in elements):
        standfirst = description
    return Article(
        EXTRACTOR,
        title=title[:500],
        standfirst=standfirst,
        byline=byline[:200],
        outlet=outlet[:200],
        language=language[0] if language else "",
        published_at=date.fromisoformat(found.date[:10]) if found.date else None,
        canonical_url=_canonical(tree, url),
        paragraphs=_placed(elements, links),
    )


def _placed(elements: list[tuple[str, str]], links: set[str]) -> list[tuple[str, str]]:
    """Say where each paragraph stands; a page that sets most of itself apart quotes nobody."""
    words = sum(len(text.split()) for _, text in elements)
    apart = sum(len(text.split()) for tag, text in elements if tag == "quote")
    quoted = QUOTATION if apart < _MOST_QUOTED * words else BODY
    return [
        (LINKS if text in links else quoted if tag == "quote" else BODY, text)
        for tag, text in elements
    ]


def _told_from_the_page(page: str, url: str) -> Document | None:
    """Return the article as trafilatura finds it, strictly unless that loses nearly all of it."""
    readings = []
    for strictly in (True, False):
        found = trafilatura.bare_extraction(
            _tree(page),
            url=url or None,
            with_metadata=True,
            include_comments=False,
            favor_precision=strictly,
            # Guessing a date from the text of a page finds the day of other events.
            date_extraction_params={"original_date": True, "extensive_search": False},
        )
        readings += [found] if isinstance(found, Document) else []
    return rather(*readings) if len(readings) == 2 else next(iter(readings), None)


def rather(strict: Document, loose: Document) -> Document:
    """Return the strict reading of a page, unless it holds next to nothing of the loose one.

    Then it is a notice beside the article, such as one about copyright.
    """
    words, of = (len((found.text or "").split()) for found in (strict, loose))
    return loose if words < _LEAST_OF_LOOSE * of else strict


def read_words(page: str) -> list[str]:
    """Return the paragraphs of a page that is nothing but its words, such as a message."""
    tree = _tree(page)
    if tree is None:
        return []
    for element in list(tree.iter("script", "style", "head", "title", "template", "noscript")):
        element.drop_tree()
    for element in tree.iter():
        mark = "\n" if element.tag in _BLOCKS else ""
        element.text = mark + (element.text or "").replace("\n", " ")
        element.tail = mark + (element.tail or "").replace("\n", " ")
    return [text for line in tree.text_content().split("\n") if (text := _one_line(line))]


def _tree(page: str) -> HtmlElement | None:
    # Bytes in a known encoding: a declaration inside the page must not count again.
    # The parser's own limit on depth stays on (no huge_tree).
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return lxml.html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except lxml.etree.ParserError:
        return None


def _elements(body: HtmlElement) -> Iterator[tuple[str, str]]:
    """Yield tag and text of each paragraph, list item, heading and table row, in order.

    The tag is "quote" of all that stands in a quotation.
    """
    yield from _loose(body.tag, body.text)
    for element in body:
        if element.tag in {"list", "quote", "table"} and len(element):
            inside = _elements(element)
            yield from (("quote", text) for _, text in inside) if element.tag == "quote" else inside
        elif element.tag == "row":
            cells = [_one_line("".join(cell.itertext())) for cell in element]
            yield "row", " | ".join(filter(None, cells))
        else:
            for line_break in element.iter("lb"):
                line_break.tail = "\n" + (line_break.tail or "")
            for line in "".join(element.itertext()).split("\n"):
                if text := _one_line(line):
                    yield element.tag, text
        yield from _loose(body.tag, element.tail)


def _loose(tag: str, words: str | None) -> Iterator[tuple[str, str]]:
    """Yield words that stand in a quotation or list outside any paragraph of it."""
    if text := _one_line(words):
        yield tag, text


def _texts(tree: HtmlElement, *tags: str) -> set[str]:
    return {_one_line(element.text_content()) for element in tree.iter(*tags)} - {""}


def _title(tree: HtmlElement, stated: str) -> str:
    """Return the headline on the page if the stated title is that and a site's name."""
    headlines = [text for text in _texts(tree, "h1") if len(text) > 10 and text in stated]
    return max(headlines, key=len, default=stated)


def _without_outlet(title: str, outlet: str) -> str:
    """Return a title without the name of the site behind it.

    >>> _without_outlet("Dam opens early - The Lund Example", "The Lund Example")
    'Dam opens early'
    """
    parts = re.split(r"\s+[-–—|·•]\s+", title)
    if len(parts) < 2 or not outlet or not _same(parts[-1], outlet):
        return title
    return title[: title.rindex(parts[-1])].rstrip(" -–—|·•")


def _canonical(tree: HtmlElement, url: str) -> str:
    """Return the address the page gives itself, if it lies on the host it came from.

    A page that could name any other would be stored in the place of another's.
    """
    for link in tree.iterfind(".//link[@rel='canonical']"):
        try:
            stated = urljoin(url, link.get("href", "").strip())
            parts = urlsplit(stated)
            host = parts.hostname or ""
        except ValueError:
            continue
        known = parts.scheme in {"http", "https"} and len(stated) <= 2000
        if known and host and _site(host) == _site(urlsplit(url).hostname or ""):
            return str(stated)
    return url


def _site(host: str) -> str:
    return re.sub(r"^(www|m|amp|mobile)\.", "", host.lower())


def _one_line(text: str | None) -> str:
    # Cleaned again: entities such as &#8238; stood for what the page's source did not hold.
    return " ".join(visible(text or "").split())


def _of_a_character(reference: re.Match[str]) -> str:
    """A numeric reference, unless it stands for what is no character: parsers give up there.

    From 128 to 159 browsers show another character, so that these stay.
    """
    code = int(reference[1], 16) if reference[1] else int(reference[2])
    nothing = code < 128 or 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE
    return "" if nothing and code <= sys.maxunicode and not visible(chr(code)) else reference[0]


def _same(one: str, other: str) -> bool:
    """Whether two lines differ in case and punctuation at most."""
    return re.sub(r"\W+", "", one).casefold() == re.sub(r"\W+", "", other).casefold()
