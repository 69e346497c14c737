"""Explanations: Markdown to HTML that is safe to show, citations linked by number."""

import re
from collections.abc import Iterable, Iterator

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

_HEADINGS = {"h1": "h3", "h2": "h3", "h5": "h4", "h6": "h4"}
"""What a heading becomes: those above are the page's own, and those below are few."""
_CITED = re.compile(r"\[(\d{1,3})\]")
_TAGS = {"p", "br", "strong", "em", "a", "ul", "ol", "li", "blockquote", "code", "h3", "h4", "hr"}


def rendered(text: str) -> str:
    """Return ``text`` as HTML without anything that could run or load.

    >>> rendered("Crime **fell** [2].")
    '<p>Crime <strong>fell</strong> <a href="#citation-2">[2]</a>.</p>\\n'
    >>> rendered("<script>alert(1)</script>")
    '<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>\\n'
    >>> rendered("## What was said")
    '<h3>What was said</h3>\\n'
    """
    markdown = MarkdownIt("commonmark", {"html": False})
    tokens = markdown.parse(text)
    for token in tokens:
        token.tag = _HEADINGS.get(token.tag, token.tag)
        if token.children:
            token.children = list(_with_citations(token.children))
    html = markdown.renderer.render(tokens, markdown.options, {})
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes={"a": {"href"}},
        url_schemes={"http", "https"},
        link_rel=None,
    )


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
