"""A text handed in again with another headline, outlet or date: a correction of those."""

from datetime import date

import pytest

from claims.actions.attributing import Voice, attribute_claim
from claims.actions.intake import Handed, submit
from claims.actions.review import reword_claim, take_claim
from claims.models import Claim, PartyKind, Search, Submission
from claims.reading.article import article_page
from claims.reading.claim import claim_page
from claims.reading.copies import copying
from tests.factories import ApiKeyFactory, UserFactory
from tests.ui.conftest import logged_in, person
from tests.workers import work_off

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library", "word_rules")]

TEXT = "Rents and boats\n\nRents fell by 4% last year. Forty boats left on Monday, Tom Reid said."
OLD, NEW = date(2025, 3, 5), date(2026, 3, 4)


@pytest.fixture
def key():
    return ApiKeyFactory()


def handed_in(key, text=TEXT, name="rents", **columns):
    submission = submit(Handed(text=text, external_id=name, **columns), by=key)
    work_off(Submission)
    work_off()
    submission.refresh_from_db()
    return submission.version


def texts():
    return sorted(Claim.objects.values_list("text", flat=True))


def test_dates_in_claims_mean_what_the_corrected_date_makes_of_them(key):
    first = handed_in(key, published_at=OLD)
    assert "Rents fell by 4% last year [2024]." in texts()
    second = handed_in(key, published_at=NEW)
    assert (second.number, second.text) == (2, first.text)
    assert "Rents fell by 4% last year [2025]." in texts()
    assert not [text for text in texts() if "[2024]" in text]
    assert {claim.said_at for claim in Claim.objects.all()} == {NEW}
    search = Search.objects.get(wording=2, claim__text__contains="Rents")
    assert (search.why, bool(search.finished_at)) == ("reworded", True)
    assert len(article_page(second).claims) == Claim.objects.count()


def test_a_date_given_later_is_read_into_claims_that_had_none(key):
    handed_in(key)
    assert "Rents fell by 4% last year." in texts()
    handed_in(key, published_at=NEW)
    assert "Rents fell by 4% last year [2025]." in texts()


def test_the_page_says_that_the_splitter_worded_it_anew(key):
    handed_in(key, published_at=OLD)
    handed_in(key, published_at=NEW)
    claim = Claim.objects.get(text__contains="Rents")
    reviewer = logged_in(person("ada", "Reviewers"))
    html = reviewer.get(f"/claims/{claim.public_id}/").text
    assert "wording 2 by the splitter" in html
    assert claim_page(claim.public_id).machine_text == ""
    assert "wording 1 by the splitter" in html


@pytest.mark.parametrize("touch", ["reword", "take"])
def test_words_that_a_person_had_a_part_in_stay(key, touch):
    handed_in(key, published_at=OLD)
    claim, person = Claim.objects.get(text__contains="Rents"), UserFactory()
    if touch == "reword":
        reword_claim(claim.pk, "Rents fell [2024].", wording=1, by=person)
    else:
        take_claim(claim.pk, by=person)
    was = Claim.objects.get(pk=claim.pk)
    handed_in(key, published_at=NEW)
    claim.refresh_from_db()
    assert (claim.text, claim.wording, claim.said_at) == (was.text, was.wording, NEW)


@pytest.mark.parametrize("corrected", ["copy", "original"])
def test_what_a_copy_says_of_another_year_than_its_original_is_checked_by_itself(key, corrected):
    original = handed_in(key, published_at=OLD, name="original")
    copy = handed_in(key, published_at=OLD, name="copy")
    beside = Claim.objects.get(article=copy.article, text__contains="Rents")
    assert (copy.copy_of, beside.desk, beside.searches.count()) == (original, False, 0)
    assert beside in [link.claim for link in copying(copy).repeated]
    handed_in(key, published_at=NEW, name=corrected)
    claims = Claim.objects.filter(text__contains="Rents")
    years = {claim.article_id: claim.text[-6:-2] for claim in claims}
    assert years[copy.article_id] == ("2025" if corrected == "copy" else "2024")
    assert years[original.article_id] == ("2024" if corrected == "copy" else "2025")
    assert {claim.desk for claim in claims} == {True}
    assert beside.searches.get().finished_at
    assert beside not in [link.claim for link in copying(copy).repeated]


def test_another_text_leaves_what_was_said_before_on_its_day(key):
    handed_in(key, published_at=OLD)
    handed_in(key, f"{TEXT} It rained.", published_at=NEW)
    claim = Claim.objects.get(text__contains="Rents")
    assert (claim.text, claim.said_at) == ("Rents fell by 4% last year [2024].", OLD)


def test_a_headline_given_apart_from_the_text_stays_above_the_next_text(key):
    body = TEXT.partition("\n\n")[2]
    first = handed_in(key, body, title="Rents fall")
    second = handed_in(key, f"{body} It rained.")
    assert first.text == f"Rents fall\n\n{body}"
    assert (second.title, second.text) == ("Rents fall", f"Rents fall\n\n{body} It rained.")


def test_a_headline_that_a_text_has_itself_is_not_put_above_the_next_text(key):
    handed_in(key, TEXT, title="Rents and boats")
    other = TEXT.replace("Rents and boats", "Boats and rents")
    assert handed_in(key, other).text == other


def test_a_day_of_saying_is_read_anew_unless_a_person_gave_it(key):
    text = "Rents fall\n\nMayor Ann Lee said on Monday that rents fell. Tom Reid said boats left."
    handed_in(key, text, published_at=OLD)
    rents, boats = Claim.objects.filter(claimant__isnull=False).order_by("pk")
    assert (rents.said_at, boats.said_at) == (date(2025, 3, 3), OLD)
    tom = Voice("Tom Reid", PartyKind.PERSON)
    given = date(2025, 2, 1)
    attribute_claim(boats.pk, tom, boats.kind, said_at=given, attribution=1, by=UserFactory())
    handed_in(key, text, published_at=NEW)
    rents.refresh_from_db()
    boats.refresh_from_db()
    assert (rents.said_at, boats.said_at) == (date(2026, 3, 2), given)
