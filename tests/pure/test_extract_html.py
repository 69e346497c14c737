"""An article is told from the page around it, with what the page states about itself."""

from datetime import date

import pytest
from trafilatura import bare_extraction

from sources.decoding import decoded
from sources.extract import NothingToRead, extract
from sources.html import rather

PARAGRAPHS = [
    "The dam near Lund opened on Monday, two months earlier than planned, the town council said.",
    "It cost 4.2 million crowns, according to figures that the builder published in April.",
    "“Nobody expected this,” said Eva Holm, who led the project for six years.",
]
PAGE = """<!DOCTYPE html>
<html lang="en-GB"><head>
<meta charset="utf-8">
<title>Dam opens early | The Lund Example</title>
<meta property="og:site_name" content="The Lund Example">
<meta name="author" content="Anna Hart">
<meta name="description" content="{description}">
<meta property="article:published_time" content="2020-05-04T10:00:00Z">
<link rel="canonical" href="{canonical}">
<script>var secret = "The script says that the dam is closed for ever.";</script>
<style>p {{ color: red }}</style>
</head><body>
<nav><a href="/">Home</a> <a href="/sport">Sport</a></nav>
<article>
<h1>Dam opens early</h1>
<p class="standfirst">Council praises builders after a wet winter.</p>
{body}
</article>
<footer>Copyright The Lund Example. <a href="/about">About this site</a></footer>
</body></html>"""


def page(
    body=None, *, description="", canonical="/news/dam", url="https://lund.example/news/dam?x=1"
):
    body = "\n".join(f"<p>{line}</p>" for line in PARAGRAPHS) if body is None else body
    source = PAGE.format(body=body, description=description, canonical=canonical)
    return extract(source.encode(), content_type="text/html", url=url)


def placed(found):
    return [(block.placement, found.text[block.start : block.end]) for block in found.blocks]


def test_the_text_is_headline_and_paragraphs_without_the_page_around_them():
    found = page()
    lines = found.text.split("\n\n")
    assert lines[0] == "Dam opens early"
    assert lines[-3:] == PARAGRAPHS
    assert found.text.count("Dam opens early") == 1
    for other in ("Home", "Sport", "secret", "closed for ever", "color", "About this site"):
        assert other not in found.text


def test_what_the_page_states_about_itself_is_read():
    found = page()
    assert found.title == "Dam opens early"
    assert found.byline == "Anna Hart"
    assert found.outlet == "The Lund Example"
    assert found.language == "en"
    assert found.published_at == date(2020, 5, 4)
    assert found.canonical_url == "https://lund.example/news/dam"
    assert "trafilatura" in found.extractor


def test_a_description_that_readers_see_on_the_page_is_the_standfirst():
    seen = "Council praises builders after a wet winter."
    found = page(f"<p>{PARAGRAPHS[0]}</p><p>{PARAGRAPHS[1]}</p>", description=seen)
    assert seen in found.text
    hidden = page(description="Words for search engines only, which no reader sees.")
    assert hidden.standfirst == ""
    assert "search engines" not in hidden.text


def test_a_heading_right_after_the_headline_is_the_standfirst():
    dek = "Council praises the builders who worked through a wet winter"
    source = "<html><body><article><h1>Dam opens early</h1><h2>" + dek + "</h2>"
    source += "".join(f"<p>{line}</p>" for line in PARAGRAPHS) + "</article></body></html>"
    found = extract(source.encode(), content_type="text/html")
    assert found.standfirst == dek
    assert placed(found)[:2] == [("headline", "Dam opens early"), ("standfirst", dek)]


@pytest.mark.parametrize(
    ("canonical", "expected"),
    [
        ("https://lund.example/news/dam", "https://lund.example/news/dam"),
        ("https://www.lund.example/news/dam", "https://www.lund.example/news/dam"),
        ("https://other.example/famous-story", "https://lund.example/news/dam?x=1"),
        ("https://lund.example/" + "a" * 2000, "https://lund.example/news/dam?x=1"),
        ("http://[broken", "https://lund.example/news/dam?x=1"),
        ("javascript:alert(1)", "https://lund.example/news/dam?x=1"),
        ("javascript://lund.example/%0aalert(1)", "https://lund.example/news/dam?x=1"),
        ("ftp://lund.example/news/dam", "https://lund.example/news/dam?x=1"),
    ],
)
def test_a_page_cannot_claim_the_address_of_another_site(canonical, expected):
    assert page(canonical=canonical).canonical_url == expected


def test_lines_broken_with_br_are_paragraphs():
    found = page("<p>" + "<br><br>".join(PARAGRAPHS) + "</p>")
    assert found.text.split("\n\n")[-3:] == PARAGRAPHS


def test_lists_and_tables_keep_their_order():
    body = (
        f"<p>{PARAGRAPHS[0]}</p>"
        "<ul><li>The dam is 40 metres high.</li><li>The lake is new.</li></ul>"
        f"<p>{PARAGRAPHS[1]}</p><table><tr><td>2019</td><td>31 metres</td></tr></table>"
        f"<p>{PARAGRAPHS[2]}</p>"
    )
    text = page(body).text
    order = [
        PARAGRAPHS[0],
        "40 metres high",
        "lake is new",
        PARAGRAPHS[1],
        "2019 | 31",
        PARAGRAPHS[2],
    ]
    places = [text.index(words) for words in order]
    assert places == sorted(places)


def test_a_heading_that_is_only_a_link_is_placed_as_one():
    link = "Another dam closes in the north of the country"
    lines = [f"<p>{line}</p>" for line in PARAGRAPHS]
    found = page("".join([*lines[:2], f"<h2><a href='/other'>{link}</a></h2>", lines[2]]))
    assert [text for placement, text in placed(found) if placement == "link_block"] == [link]


def test_the_headline_on_the_page_wins_over_a_title_with_more_in_it():
    lines = "".join(f"<p>{line}</p>" for line in PARAGRAPHS)
    source = (
        "<html><head><meta property='og:title' content='Dam opens early: all news from Lund'>"
        f"</head><body><article><h1>Dam opens early</h1>{lines}</article></body></html>"
    )
    assert extract(source.encode(), content_type="text/html").title == "Dam opens early"


def test_a_title_of_any_length_is_cut_to_one_that_can_be_shown():
    lines = "".join(f"<p>{line}</p>" for line in PARAGRAPHS)
    source = f"<html><head><title>{'Dam opens ' * 900}</title></head><body>{lines}</body></html>"
    assert len(extract(source.encode(), content_type="text/html").title) <= 500


def test_a_date_in_the_story_is_not_the_date_of_the_story():
    lines = "".join(f"<p>{line} It was planned on 3 March 2019.</p>" for line in PARAGRAPHS)
    source = f"<html><body><article><h1>Dam opens early</h1>{lines}</article></body></html>"
    assert extract(source.encode(), content_type="text/html").published_at is None


def test_entities_cannot_bring_back_hidden_characters():
    found = page(
        f"<p>{PARAGRAPHS[0]}</p><p>The d&shy;am o&#8203;pened&#8238; on M&#0;onday, he said.</p>"
    )
    assert "The dam opened on M" in found.text
    assert "\u202e" not in found.text


def test_the_charset_in_the_page_is_believed_when_it_fits():
    body = "<meta charset=iso-8859-15><p>Es kostet 5 €.".encode("iso-8859-15")
    assert decoded(body, None) == "<meta charset=iso-8859-15><p>Es kostet 5 €."


@pytest.mark.parametrize(
    "source",
    [
        "<html></html>",
        "<html><body><div id=app></div><script>start()</script></body></html>",
        "<!-- only a comment -->",
        "<<<<<<>>>>>",
        "<div>" * 20_000,
        "<a>" * 5000 + "x",
    ],
    ids=["empty", "script only", "comment", "brackets", "deep", "nested links"],
)
def test_a_page_without_an_article_says_so(source):
    with pytest.raises(NothingToRead):
        extract(source.encode(), content_type="text/html")


def test_the_name_of_the_site_is_part_neither_of_the_title_nor_of_the_authors():
    source = PAGE.format(
        body="".join(f"<p>{line}</p>" for line in PARAGRAPHS), description="", canonical=""
    )
    source = source.replace("<h1>Dam opens early</h1>", "").replace(
        'content="Anna Hart"', 'content="The Lund Example; Anna Hart"'
    )
    source = source.replace("Dam opens early |", "Dam opens early - in May -")
    found = extract(source.encode(), content_type="text/html")
    assert found.title == "Dam opens early - in May"
    assert found.byline == "Anna Hart"


def test_a_paragraph_that_only_repeats_the_byline_is_no_text():
    found = page("<p>Anna Hart</p>" + "".join(f"<p>{line}</p>" for line in PARAGRAPHS))
    assert "Anna Hart" not in found.text


def test_words_of_a_quotation_or_list_outside_its_paragraphs_are_read():
    post = "<blockquote><p>The dam is open, and the road.</p>&mdash; Eva Holm, May 4</blockquote>"
    listed = "<ul>Three things were built:<li>a road to Lund</li><li>a mill by the lake</li></ul>"
    found = page("\n".join(f"<p>{line}</p>" for line in PARAGRAPHS) + post + listed)

    for words in ("— Eva Holm, May 4", "Three things were built:", "a mill by the lake"):
        assert words in found.text


def test_a_quotation_that_the_page_sets_apart_is_told_from_the_article():
    quotation = "<blockquote><p>The dam is open.</p><p>It cost 4 million.</p></blockquote>"
    found = page("\n".join(f"<p>{line}</p>" for line in PARAGRAPHS) + quotation)

    apart = [text for placement, text in placed(found) if placement == "quotation"]
    assert apart == ["The dam is open.", "It cost 4 million."]


def test_a_page_that_sets_all_of_itself_apart_quotes_nobody():
    body = "".join(f"<p>{line}</p>" for line in PARAGRAPHS)
    found = page(f"<blockquote>{body}</blockquote>")

    assert "quotation" not in {placement for placement, _ in placed(found)}


def test_a_strict_reading_that_holds_next_to_nothing_is_not_taken():
    notice, article = (
        bare_extraction(PAGE.format(body=body, description="", canonical=""))
        for body in (
            "<p>This copy is for your personal, non-commercial use only, says the house.</p>",
            "".join(f"<p>{line}</p>" for line in PARAGRAPHS * 9),
        )
    )

    assert rather(notice, article) is article
    assert rather(article, notice) is article
    assert rather(article, article) is article
