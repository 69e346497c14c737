"""Explanations are shown as harmless HTML, whatever was typed."""

import pytest

from claims.markdown import rendered


@pytest.mark.parametrize(
    "typed",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD4=)",
        "![x](https://tracker.example/pixel.gif)",
        '<a href="#" onclick="alert(1)">x</a>',
        "<iframe src=https://evil.example></iframe>",
        "[x](https://a.example/ 'title\" onmouseover=\"alert(1)')",
    ],
)
def test_nothing_that_runs_or_loads_survives(typed):
    html = rendered(typed).lower()
    for danger in (
        "<script",
        'href="javascript',
        'href="data',
        "<img",
        "<iframe",
        '<a href="#" on',
    ):
        assert danger not in html
    assert ' onmouseover="' not in html


def test_numbers_become_links_to_citations_but_not_inside_other_links():
    assert rendered("See [1] and [12].") == (
        '<p>See <a href="#citation-1">[1]</a> and <a href="#citation-12">[12]</a>.</p>\n'
    )
    assert rendered("[a [1] b](https://a.example/)").count("<a ") == 1


def test_lists_emphasis_and_paragraphs_stay():
    assert "<li>one</li>" in rendered("- one\n- two")
    assert "<em>so</em>" in rendered("*so*")


@pytest.mark.parametrize(
    ("typed", "tag"),
    [("#", "h3"), ("##", "h3"), ("###", "h3"), ("####", "h4"), ("#####", "h4"), ("######", "h4")],
)
def test_every_heading_stays_one_below_the_headings_of_the_page(typed, tag):
    assert rendered(f"{typed} What was said *then* [1]") == (
        f'<{tag}>What was said <em>then</em> <a href="#citation-1">[1]</a></{tag}>\n'
    )


def test_an_underlined_heading_stays_a_heading():
    assert rendered("What was said\n---\n\nForty.") == "<h3>What was said</h3>\n<p>Forty.</p>\n"
