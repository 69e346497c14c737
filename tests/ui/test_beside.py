"""A claim's figures and the article's quotations beside the evidence on the claim's page."""

import pytest
from django.urls import reverse

from tests.factories import (
    AppearanceFactory,
    ArticleVersionFactory,
    EvidenceFactory,
    PassageFactory,
)

TEXT = "Boats\n\n“Forty boats left the harbour on Monday,” the mayor said."
QUOTE = "Forty boats left the harbour on Monday"


@pytest.fixture
def claim(db):
    version = ArticleVersionFactory(split=True, text=TEXT)
    start = TEXT.index(QUOTE)
    place = AppearanceFactory(
        version=version, quote=QUOTE, start=start, end=start + len(QUOTE), claim__text=f"{QUOTE}."
    )
    return place.claim


@pytest.fixture
def beside(browser, claim):
    """What stands beside the claim for a passage of these words."""

    def shown(words):
        EvidenceFactory(claim=claim, passage=PassageFactory(snapshot__text=words))
        html = browser.get(reverse("claims:claim", args=[claim.public_id])).text
        _, found, rest = html.partition('<ul class="beside"')
        return " ".join(rest.partition("</ul>")[0].split()) if found else ""

    return shown


def test_another_figure_is_told_with_both(beside):
    html = beside("The log of Monday has it that thirty boats left the harbour.")
    assert '<span class="how differs">Differs:</span>' in html
    assert "claim <b>Forty boats left</b> · passage <b>thirty boats left</b>" in html


def test_an_altered_quotation_is_told_word_by_word(beside):
    html = beside("“Four boats left the old harbour on Monday,” the mayor told us.")
    assert "Quotation altered:" in html
    assert "left out: </span>old" in html
    assert "put in: </span>Forty" in html


def test_a_quotation_word_for_word_is_told_too(beside):
    html = beside(f"The mayor said: “{QUOTE}, and more will follow.”")
    assert f"Quotation word for word:</span> <q>{QUOTE}</q>" in html
    assert "Struck through" not in html


def test_a_negation_just_before_a_quotation_is_pointed_out(beside):
    html = beside(f"“I do not say that {QUOTE.lower()},” the mayor said.")
    assert "A negation stands just before:</span> “not say that”" in html


def test_a_passage_of_something_else_has_nothing_beside_it(beside):
    assert beside("It was cold.") == ""


def test_hostile_words_stay_words(beside):
    html = beside("“Forty boats left <script>alert(1)</script> the harbour on Monday,” he said.")
    assert "<script>" not in html
    assert "alert(1" in html
