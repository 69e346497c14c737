"""ClaimReview read out of feeds, lines and pages, well made and badly."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.ports import Checked
from sources.reviews import NoReviews, reviews_in
from tests.providers.reviews import CLAIMED, feed, review

CHECK = Checked(CLAIMED, "Mostly false", "The mayor", date(2020, 5, 20))


def as_page(*reviews: object) -> bytes:
    scripts = "".join(
        f'<script type="application/ld+json">{json.dumps(each)}</script>' for each in reviews
    )
    return f"<!doctype html><html><head>{scripts}<script>var x = 1</script></head></html>".encode()


@pytest.mark.parametrize(
    "body",
    [
        feed(review()),
        json.dumps(review()).encode(),
        json.dumps([review(), {"@type": "NewsArticle"}]).encode(),
        json.dumps({"@graph": [{"@type": "WebPage"}, review()]}).encode(),
        (json.dumps({"@type": "Thing"}) + "\n" + json.dumps(review()) + "\n").encode(),
        b"\xef\xbb\xbf" + feed(review()),
        as_page(review()),
        as_page({"@type": "WebPage"}, [review()]),
        json.dumps(review(**{"@type": ["Review", "ClaimReview"]})).encode(),
        feed(review(), review()),
    ],
    ids=[
        "feed",
        "alone",
        "list",
        "graph",
        "lines",
        "byte order mark",
        "page",
        "page with a list",
        "types",
        "twice",
    ],
)
def test_a_check_is_read_wherever_it_stands(body):
    (found,) = reviews_in(body)
    assert found.check == CHECK
    assert (found.url, found.outlet) == ("https://checks.example/dam", "Lund Checks")
    assert (found.published_at, found.outlet_kind) == (date(2020, 6, 2), "fact_checker")


@pytest.mark.parametrize(
    ("rating", "told"),
    [
        ({"name": "Half true"}, "Half true"),
        ({"ratingValue": "2", "bestRating": "5"}, "2 of 5"),
        ({"ratingValue": 1.5}, "1.5"),
        ([{"alternateName": "False"}], "False"),
        ({"alternateName": "<b>False</b>\u202e"}, "False"),
    ],
)
def test_a_rating_is_told_in_its_words_or_on_its_scale(rating, told):
    (found,) = reviews_in(feed(review(reviewRating=rating)))
    assert found.check.rating == told


@pytest.mark.parametrize(
    "about",
    [
        {"url": "javascript:alert(1)"},
        {"url": "http://127.0.0.1/"},
        {"url": None},
        {"claimReviewed": ""},
        {"claimReviewed": 7},
        {"reviewRating": {}},
        {"reviewRating": {"ratingValue": True}},
        {"reviewRating": "False"},
        {"author": 7},
        {"itemReviewed": "a"},
    ],
)
def test_one_that_lacks_something_or_is_of_another_shape_is_passed_over(about):
    good = review(url="https://checks.example/other")
    (found,) = reviews_in(feed(review(**about), good))
    assert found.url == "https://checks.example/other"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"%PDF-1.7",
        b"{",
        b"[]",
        b"<html></html>",
        b"<",
        b"[" * 100_000,
        feed(),
        b'{"@type": "DataFeed", "dataFeedElement": 7}',
        b"\xff\xfe\x00",
    ],
)
def test_what_holds_no_check_is_refused_in_one_line(body):
    with pytest.raises(NoReviews) as refused:
        reviews_in(body)
    assert "\n" not in str(refused.value)


@given(st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(body):
    for start in (b"", b"{", b"[", b"<"):
        with pytest.raises(NoReviews):
            reviews_in(start + body)
