"""Objections of readers inside: where they are listed, how they are answered, what they led to."""

import re
from datetime import timedelta
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from claims.actions.correcting import begin_correction
from claims.actions.objections import decide_objection
from claims.actions.publishing import withdraw_verdict
from claims.models import Correction, Objection, ObjectionDecision
from claims.states import VerdictState
from factcheck.models import Event
from tests.api.asking import asking
from tests.factories import ObjectionFactory, UserFactory
from tests.security.test_hostile_text import HOSTILE, check
from tests.stories import CORRECTION, STEPS, claim_with_evidence, corrected, published, verdict_in
from tests.ui.conftest import ALERT, path

LIST = "/desk/objections/"
WAITS = '<span class="waits">{}<span class="hidden"> by readers to answer or correct</span>'


@pytest.fixture
def objection(db):
    return ObjectionFactory(name="Ada", email="ada+port@port.example")


def test_what_waits_is_listed_with_its_number_in_the_line_above_every_page(browser, objection):
    upheld, settled = ObjectionFactory(upheld=True), ObjectionFactory(not_upheld=True)
    html = browser.get(LIST).text
    assert WAITS.format(2) in html
    before, after = html.split("Upheld, to be corrected")
    assert objection.words in before
    assert upheld.words in after
    assert settled.words not in html
    decided = browser.get(LIST, {"show": "decided"}).text
    assert settled.words in decided
    assert objection.words not in decided
    assert WAITS.format(2) in browser.get("/desk/").text


def test_an_empty_list_says_what_would_be_there(browser):
    html = browser.get(LIST).text
    assert "No objection waits." in html
    assert "by readers to answer" not in html
    assert "Nothing was decided yet." in browser.get(LIST, {"show": "decided"}).text


def test_claim_and_verdict_tell_of_it(browser, objection):
    other = ObjectionFactory(verdict=verdict_in(VerdictState.SUPERSEDED))
    for name, thing in (("claim", objection.verdict.claim), ("verdict", objection.verdict)):
        html = browser.get(path(name, thing)).text
        assert f'href="{path("objection", objection)}"' in html
        assert other.words not in html
    newest = other.verdict.claim.verdicts.standing().get()
    assert other.words in browser.get(path("claim", other.verdict.claim)).text
    assert other.words not in browser.get(path("verdict", newest)).text


def test_upholding_leads_to_the_correction_which_it_is_tied_to(browser, reviewer, world, objection):
    public = objection.verdict
    page = browser.post(path("uphold", objection), follow=True).text
    assert f'href="{path("verdict", public)}#after-heading"' in page
    assert 'id="after-heading"' in browser.get(path("verdict", public)).text
    draft = begin_correction(public.claim_id, *CORRECTION, by=reviewer)
    for address in (path("verdict", draft), path("objection", objection)):
        html = browser.get(address).text
        assert "it settles" in html or "A correction is in work" in html
    for step in STEPS[VerdictState.PUBLISHED]:
        step(draft.pk, reviewer)
    page = browser.get(path("objection", objection)).text
    assert "Corrected by version 2</a>: The count was made in May." in page
    assert "Take the decision back" not in page
    record = world.get("/c/corrections/").text
    assert "Began with an error that a reader reported" in record
    assert objection.words not in record
    assert "Ada" not in record
    for feed in ("/c/corrections/feed.json", "/c/feed.json", path("public", public.claim)):
        assert "a reader reported" not in world.get(feed).text


def test_a_correction_began_with_no_reader_who_was_found_right_only_later(world):
    public = verdict_in(VerdictState.PUBLISHED)
    draft = begin_correction(public.claim_id, *CORRECTION, by=public.author)
    ObjectionFactory(verdict=public, upheld=True, decided_at=timezone.now() + timedelta(minutes=1))
    ObjectionFactory(verdict=public, not_upheld=True, decided_at=timezone.now() - timedelta(days=1))
    for step in STEPS[VerdictState.PUBLISHED]:
        step(draft.pk, public.author)
    assert Objection.objects.filter(correction=Correction.objects.get()).count() == 1
    assert "a reader reported" not in world.get("/c/corrections/").text


def test_what_is_upheld_of_a_withdrawn_verdict_says_so(browser, objection):
    browser.post(path("uphold", objection))
    withdraw_verdict(objection.verdict_id, "Wrong harbour.", by=UserFactory())
    page = browser.get(path("objection", objection)).text
    assert "The verdict was withdrawn on" in page
    assert "Begin the correction" not in page


def test_turning_down_wants_a_reason_and_is_answered_by_a_letter(browser, settings, objection):
    settings.ORGANISATION = "Example Checks"
    missing = browser.post(path("turn_down", objection), {"reason": " "})
    assert missing.status_code == 422
    assert f"{ALERT}Not decided. Say why it does not hold" in missing.text
    assert "mailto:" not in missing.text
    reason = "It was May, & not June?\nSee [1]."
    page = browser.post(path("turn_down", objection), {"reason": reason}, follow=True).text
    assert "It was May, &amp; not June?<br>" in page
    address = urlsplit(re.search(r'href="(mailto:[^"]+)"', page)[1].replace("&amp;", "&"))
    assert unquote(address.path) == "ada+port@port.example"
    told = parse_qs(address.query)
    assert set(told) == {"subject", "body"}
    assert "Dear Ada," in told["body"][0]
    assert "It was May, & not June?\r\nSee [1]." in told["body"][0]
    assert f"/c/{objection.verdict.claim.public_id}/" in told["body"][0]
    assert told["body"][0].endswith("Example Checks\r\n")


def test_an_address_adds_no_recipient(browser):
    hostile = ObjectionFactory(not_upheld=True, email="a?bcc=b&c@port.example")
    page = browser.get(path("objection", hostile)).text
    (address,) = re.findall(r'href="mailto:([^"?]+)\?', page)
    assert address == "a%3Fbcc%3Db%26c@port.example"


def test_what_is_not_serious_is_answered_by_nobody_and_may_be_taken_back(browser, objection):
    page = browser.post(path("not_serious", objection), follow=True).text
    assert "Not serious; nobody is answered." in page
    assert "mailto:" not in page
    page = browser.post(path("reconsider_objection", objection), follow=True).text
    assert "it is undecided again" in page
    assert "took back a decision on an objection of a reader." in page


def test_several_are_called_not_serious_at_once_and_what_was_decided_meanwhile_is_skipped(
    browser, reviewer, editor
):
    spam = ObjectionFactory.create_batch(3)
    left = ObjectionFactory()
    html = browser.get(LIST).text
    ticked = [str(one.public_id) for one in spam]
    for key in [*ticked, str(left.public_id)]:
        assert f'name="objection" value="{key}"' in html
    decide_objection(spam[2].pk, ObjectionDecision.UPHELD, by=editor)
    before = Event.objects.count()
    several = reverse("claims:several_not_serious")
    page = browser.post(several, {"objection": [*ticked, "nonsense"]}, follow=True).text
    assert "2 called not serious; nobody is answered." in page
    assert "1 skipped: somebody decided meanwhile." in page
    decided = Objection.objects.order_by("pk").values_list("decision", "decided_by")
    by_reviewer = ("not_serious", reviewer.pk)
    assert list(decided) == [by_reviewer, by_reviewer, ("upheld", editor.pk), ("", None)]
    told = Event.objects.order_by("position")[before:]
    assert [event.verb for event in told] == ["objection.not_serious"] * 2
    assert [event.object_id for event in told] == [one.public_id for one in spam[:2]]


def test_nothing_is_decided_where_nothing_is_ticked(browser, objection):
    several = reverse("claims:several_not_serious")
    for sent in ({}, {"objection": "nonsense"}, {"objection": str(objection.verdict.public_id)}):
        answer = browser.post(several, sent)
        assert answer.status_code == 422
        assert f"{ALERT}Nothing was decided. Tick those that are spam or abuse." in answer.text
        assert objection.words in answer.text
    assert browser.get(several).url == LIST
    objection.refresh_from_db()
    assert not objection.decision


def test_who_wrote_the_verdict_ticks_no_objection_to_it(browser, reviewer, objection):
    verdict = verdict_in(VerdictState.PUBLISHED, claim_with_evidence(reviewer=reviewer))
    own = ObjectionFactory(verdict=verdict)
    html = browser.get(LIST).text
    assert f'value="{objection.public_id}"' in html
    assert f'value="{own.public_id}"' not in html
    assert "you wrote part of the verdict" in html
    both = {"objection": [str(own.public_id), str(objection.public_id)]}
    page = browser.post(reverse("claims:several_not_serious"), both, follow=True).text
    assert "1 called not serious" in page
    assert "1 skipped: you wrote part of the verdict, so somebody else must say so." in page
    own.refresh_from_db()
    assert not own.decision


def test_who_wrote_the_verdict_is_offered_to_uphold_it_alone(browser, reviewer):
    verdict = verdict_in(VerdictState.PUBLISHED, claim_with_evidence(reviewer=reviewer))
    objection = ObjectionFactory(verdict=verdict)
    page = browser.get(path("objection", objection)).text
    assert "You wrote part of this verdict" in page
    assert path("uphold", objection) in page
    for name in ("turn_down", "not_serious"):
        assert path(name, objection) not in page
        refused = browser.post(path(name, objection), {"reason": "It was May."})
        assert refused.status_code == 422
        assert "somebody else must say" in refused.text
    objection.refresh_from_db()
    assert not objection.decision


def test_who_was_slower_reads_what_was_decided_and_loses_no_word(browser, objection):
    decide_objection(objection.pk, ObjectionDecision.UPHELD, by=UserFactory())
    late = browser.post(path("turn_down", objection), {"reason": "It was May."})
    assert late.status_code == 409
    assert "decided on it already" in late.text
    assert "Upheld" in late.text
    assert "It was May.</textarea>" in late.text


def test_who_opens_the_address_of_an_act_is_led_to_the_objection(browser, objection):
    for name in ("uphold", "turn_down", "not_serious", "reconsider_objection"):
        assert browser.get(path(name, objection)).url == path("objection", objection)
    nobody = objection.verdict.claim
    assert browser.get(path("objection", nobody)).status_code == 404


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_are_shown_as_text(browser, words):
    told = {"words": f"{words} in June", "name": words, "url": "https://port.example/'\"><script>"}
    objection = ObjectionFactory(not_upheld=True, reason=words, email="a@port.example", **told)
    verdict = objection.verdict
    for address in (
        path("objection", objection),
        f"{LIST}?show=decided",
        path("claim", verdict.claim),
        path("verdict", verdict),
    ):
        check(browser.get(address), address)


def test_nobody_outside_reads_a_word_of_it(world):
    told = {"words": "Zebra crossing.", "name": "Zebra", "email": "zebra@port.example"}
    first = ObjectionFactory(verdict=published(), **told)
    verdict = corrected("update", "It was June.", first.verdict)
    objection = ObjectionFactory(verdict=verdict, **told)
    claim = verdict.claim
    seen = [
        *("/c/", "/c/feed.atom", "/c/feed.json", "/c/corrections/", "/c/corrections/feed.json"),
        *(path(name, claim) for name in ("public", "embed", "claimreview", "report_error")),
    ]
    for address in seen:
        assert "zebra" not in world.get(address).text.lower(), address
    api = asking()
    for address in ("verdicts", f"verdicts/{verdict.public_id}"):
        answer = api.get(address)
        assert (answer.status_code, "zebra" in answer.text.lower()) == (200, False)
    publisher = Client(headers={"Authorization": f"Bearer {api.raw}"})
    for stranger in (world, publisher):
        for address in (LIST, path("objection", objection)):
            assert stranger.get(address).url.startswith("/login/")
        stranger.post(path("uphold", objection))
    objection.refresh_from_db()
    assert not objection.decision


@pytest.mark.parametrize("many", [1, 9])
def test_many_cost_as_many_questions_as_one(many, browser, django_assert_num_queries):
    public = verdict_in(VerdictState.PUBLISHED)
    ObjectionFactory.create_batch(many, verdict=public)
    ObjectionFactory.create_batch(many, verdict=public, upheld=True)
    browser.get(LIST)
    with django_assert_num_queries(9):
        browser.get(LIST)
    with django_assert_num_queries(10):
        browser.get(path("objection", Objection.objects.first()))
