"""Explanations: Markdown to HTML that is safe to show, citations linked by number."""

import re
from collections.abc import Iterable, Iterator

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

_HEADINGS = ("h2", "h3", "h4")
"""What headings become, from the highest that is used: the first level is the page's own."""
_CITED = re.compile(r"\[(\d{1,3})\]")
_TAGS = {
    *("p", "br", "strong", "em", "a", "ul", "ol", "li", "blockquote", "code", "hr", *_HEADINGS),
    *("div", "table", "thead", "tbody", "tr", "th", "td"),
}
_ATTRIBUTES = {"a": {"href"}, "div": {"class", "tabindex", "role", "aria-label"}, "th": {"scope"}}
_SIDES = {"text-align:right": "right", "text-align:center": "center"}
"""The class of a cell in place of a style, which no page of ours runs."""


def rendered(text: str) -> str:
    """Return ``text`` as HTML without anything that could run or load.

    >>> rendered("Crime **fell** [2].")
    '<p>Crime <strong>fell</strong> <a href="#citation-2">[2]</a>.</p>\\n'
    >>> rendered("<script>alert(1)</script>")
    '<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\\n'
    >>> rendered("### What was said")
    '<h2>What was said</h2>\\n'

    A picture becomes a link to it:

    >>> rendered("![The log](https://a.example/log.png)")
    '<p><a href="https://a.example/log.png">The log</a></p>\\n'
    """
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse(text)
    _from_the_second_level(tokens)
    for token in tokens:
        if token.children:
            token.children = list(_with_citations(_with_links_to_pictures(token.children)))
    html = markdown.renderer.render(list(_scrolling(tokens)), markdown.options, {})
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        allowed_classes={"th": set(_SIDES.values()), "td": set(_SIDES.values())},
        url_schemes={"http", "https"},
        link_rel=None,
    )


def _from_the_second_level(tokens: Iterable[Token]) -> None:
    """Let no level of headings be left out, whichever were typed."""
    headings = [token for token in tokens if token.type in ("heading_open", "heading_close")]
    typed = sorted({token.tag for token in headings})
    for token in headings:
        token.tag = _HEADINGS[min(typed.index(token.tag), len(_HEADINGS) - 1)]


def _scrolling(tokens: Iterable[Token]) -> Iterator[Token]:
    """Put each table into a box of its own, in which a wide one scrolls, by keys as well."""
    for token in tokens:
        if token.type == "table_open":
            box = '<div class="wide" tabindex="0" role="region" aria-label="Table">\n'
            yield Token("html_block", "", 0, content=box)
        if token.type == "th_open":
            token.attrSet("scope", "col")
        if token.type in ("th_open", "td_open"):
            side = _SIDES.get(str(token.attrs.pop("style", "")))
            if side:
                token.attrSet("class", side)
        yield token
        if token.type == "table_close":
            yield Token("html_block", "", 0, content="</div>\n")


def _with_links_to_pictures(children: Iterable[Token]) -> Iterator[Token]:
    """Turn pictures into links: a picture would tell another site who reads."""
    inside = 0
    for token in children:
        inside += (token.type == "link_open") - (token.type == "link_close")
        if token.type != "image":
            yield token
            continue
        name = Token("text", "", 0, content=token.content or str(token.attrs["src"]))
        if inside:
            yield name
            continue
        yield Token("link_open", "a", 1, attrs={"href": token.attrs["src"]})
        yield name
        yield Token("link_close", "a", -1)


def _with_citations(children: Iterable[Token]) -> Iterator[Token]:
    """Turn ``[1]`` into a link to its citation, except inside other links."""
    inside = 0
    for token in children:
        inside += (token.type == "link_open") - (token.type == "link_close")
        if token.type != "text" or inside:
            yield token
            continue
        for place, piece in enumerate(_CITED.split(token.content)):
            if place % 2:
                yield Token(
                    "html_inline", "", 0, content=f'<a href="#citation-{piece}">[{piece}]</a>'
                )
            elif piece:
                yield Token("text", "", 0, content=piece)
