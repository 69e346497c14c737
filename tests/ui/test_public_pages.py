"""What every public page has: who publishes, how they work, what ratings mean, and an ETag."""

import re

import pytest

from claims.states import VerdictState
from sources.models import Passage
from tests.factories import ArticleVersionFactory
from tests.stories import published, verdict_in, withdraw
from tests.ui.conftest import logged_in

POLICIES = ("ABOUT", "CORRECTIONS_POLICY", "FUNDING", "METHODOLOGY", "PRINCIPLES", "FEEDBACK")
EVERY = ("/c/", "/c/{}/", "/c/{}/embed/", "/c/{}/claimreview.json", "/c/feed.atom", "/sitemap.xml")


def page(verdict):
    return f"/c/{verdict.claim.public_id}/"


def test_list_and_verdict_link_each_page_on_how_the_organisation_works(world, settings):
    verdict = published()
    (own,) = re.findall('<ul class="policies">(.*?)</ul>', world.get("/c/").text, re.DOTALL)
    assert re.findall('href="([^"]*)"', own) == [f"{settings.SITE_URL}/c/report-an-error/"]
    for name in POLICIES:
        setattr(settings, f"{name}_URL", f"https://checks.example/{name.lower()}")
    for address in ("/c/", page(verdict)):
        text = world.get(address).text
        for name in POLICIES:
            assert f'href="https://checks.example/{name.lower()}"' in text


def test_a_rating_says_what_it_means(world):
    verdict = published(rating="mixed")
    means = "Some of it is right, some of it is wrong."
    text = world.get(page(verdict)).text
    assert f"<p>Mixed: {means}</p>" in text
    for address in ("/c/", page(verdict)):
        assert f"<dd>{means}</dd>" in world.get(address).text


def test_titles_name_who_publishes(world, settings):
    settings.ORGANISATION = "Example Checks"
    verdict = published()
    for address in ("/c/", page(verdict), "/c/00000000-0000-4000-8000-000000000000/"):
        text = world.get(address).text
        assert re.search("<title>.*Example Checks</title>", text)
        assert "· Factcheck" not in text
        assert '">Example Checks</a>' in text


@pytest.mark.parametrize("address", EVERY)
def test_whoever_has_it_is_told_so_by_get_and_by_head(world, address):
    verdict = published()
    path = address.format(verdict.claim.public_id)
    answer = world.get(path)
    known = {"If-None-Match": answer.headers["ETag"]}
    assert world.head(path).headers["ETag"] == answer.headers["ETag"]
    for ask in (world.get, world.head):
        assert ask(path, headers=known).status_code == 304
    type(verdict.claim).objects.update(text="Not public.")
    assert world.get(path, headers=known).status_code == 304
    published("Ships came.")
    withdraw(verdict.pk, verdict.author)
    assert world.get(path, headers=known).status_code != 304


def test_everybody_gets_the_same_verdict_which_may_be_kept(world, reviewer):
    verdict = published()
    strangers, own = world.get(page(verdict)), logged_in(reviewer).get(page(verdict))
    assert strangers.text == own.text
    for answer in (strangers, own):
        assert answer.headers["Cache-Control"] == "public, max-age=0, s-maxage=60"
        assert "Vary" not in answer.headers
        assert not answer.cookies


def test_words_say_in_which_language_they_are(world, settings):
    settings.PUBLICATION_LANGUAGE = "de"
    verdict = verdict_in(VerdictState.SUPERSEDED)
    ArticleVersionFactory(article=verdict.claim.article, language="fr")
    Passage.objects.update(language="es")
    text = world.get(page(verdict)).text
    assert '<h1 class="claimed" lang="fr">' in text
    assert '<blockquote lang="es">' in text
    assert '<div class="reason" lang="de">' in text.partition('id="corrections"')[2]
    assert '<h2 lang="fr">' in world.get("/c/").text
    assert '<h1 lang="fr">' in world.get(f"{page(verdict)}embed/").text


def test_a_printed_verdict_carries_its_address(world, settings):
    settings.SITE_URL = "https://checks.example"
    verdict = published()
    printed = f'<p class="only-print">https://checks.example{page(verdict)}</p>'
    assert printed in world.get(page(verdict)).text
