"""Explanations are shown as harmless HTML, whatever was typed."""

import re

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


@pytest.mark.parametrize("typed", ["#", "##", "######"])
def test_the_highest_heading_comes_right_below_the_heading_of_the_page(typed):
    assert rendered(f"{typed} What was said *then* [1]") == (
        '<h2>What was said <em>then</em> <a href="#citation-1">[1]</a></h2>\n'
    )


def test_no_level_of_headings_is_left_out():
    html = rendered("## One\n\n#### Two\n\n##### Three\n\n###### Four\n\n## Five")
    assert re.findall("<(h.)>", html) == ["h2", "h3", "h4", "h4", "h2"]


def test_an_underlined_heading_stays_a_heading():
    assert rendered("What was said\n---\n\nForty.") == "<h2>What was said</h2>\n<p>Forty.</p>\n"


def test_a_table_is_one_that_scrolls_and_its_cells_are_cleaned_and_cite():
    html = rendered("| Year | Boats |\n|:--|--:|\n| 2023 | 40 [1] |\n| <b>x</b> | ![y](//z) |")
    assert html.startswith('<div class="wide" tabindex="0" role="region" aria-label="Table">')
    assert html.rstrip().endswith("</table>\n</div>")
    assert '<th scope="col">Year</th>' in html
    assert '<td class="right">40 <a href="#citation-1">[1]</a></td>' in html
    assert "<td>&lt;b&gt;x&lt;/b&gt;</td>" in html
    assert "style" not in html


def test_a_picture_becomes_a_link_to_it_and_nothing_is_loaded():
    assert rendered("![The log](https://a.example/log.png)") == (
        '<p><a href="https://a.example/log.png">The log</a></p>\n'
    )
    inside = rendered("[![The log](https://a.example/log.png)](https://a.example/)")
    assert inside == '<p><a href="https://a.example/">The log</a></p>\n'
