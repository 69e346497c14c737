"""Handing in, and what becomes of it."""

from datetime import date

import pytest

from claims.actions.intake import (
    Handed,
    ReadArticle,
    retry_submission,
    set_aside_submission,
    store_article,
    submit,
)
from claims.actions.refusals import Refused
from claims.models import Article, ArticleVersion, Submission, Visibility
from claims.states import IllegalMove, VersionState
from factcheck.models import Event
from tests.factories import (
    ApiKeyFactory,
    ArticleFactory,
    ArticleVersionFactory,
    PublisherFactory,
    SubmissionFactory,
    UserFactory,
)
from tests.factories.moments import LONG_AGO

pytestmark = pytest.mark.django_db
URL = "https://paper.example/boats"


def read(text="Forty boats left.", **columns):
    return ReadArticle(**({"text": text, "title": "Forty boats", "extractor": "test"} | columns))


def store(submission, article=None):
    lease = Submission.objects.lease(submission.pk)
    return store_article(submission, lease, article or read(), by="reader")


# Handing in.
def test_what_a_person_hands_in_is_theirs_and_confidential():
    user = UserFactory()
    submission = submit(Handed(text="Forty boats."), by=user)
    assert submission.submitted_by == user
    assert submission.visibility == Visibility.CONFIDENTIAL
    assert Submission.objects.due().get() == submission


def test_what_a_key_hands_in_is_its_publishers():
    key = ApiKeyFactory()
    submission = submit(Handed(text="Forty boats."), by=key)
    assert (submission.publisher, submission.submitted_by) == (key.publisher, None)
    assert Event.objects.get().api_key == key


@pytest.mark.parametrize(
    ("handed", "message"),
    [
        (Handed(), "exactly one"),
        (Handed(text=" \n"), "exactly one"),
        (Handed(text="Boats.", file=b"%PDF"), "exactly one"),
        (Handed(file=b""), "empty"),
        (Handed(text="Boats.\0"), "Text holds characters that are not text"),
        (Handed(text="Boats.\ud800"), "Text holds characters that are not text"),
        (Handed(text="Boats.", reason="\0"), "Reason holds"),
        (Handed(text="Boats.", title="A\aB"), r"Title holds .* such as U\+0007"),
        (Handed(text="Boats.", outlet="A\nB"), "Outlet is one line"),
        (Handed(url="https://a:b@a.example/", visibility="public"), "user name or password"),
        (Handed(text="Boats.", published_at=date(1899, 12, 31)), "before 1900"),
        (Handed(text="Boats.", deadline=LONG_AGO), "deadline is over"),
        (Handed(text="Boats.", title="x" * 501), "Title: .*500 characters"),
        (Handed(text="Boats.", external_id="x" * 201), "External id: .*200 characters"),
        (Handed(text="Boats.", purpose="curiosity"), "Purpose: .*not a valid choice"),
        (Handed(text="Boats.", visibility="Public"), "Visibility: .*not a valid choice"),
        (Handed(url=URL), "Paste the text"),
        (Handed(url="ftp://a.example/", visibility="public"), "http:// or https://"),
        (Handed(url="javascript:alert(1)", visibility="public"), "http:// or https://"),
        (Handed(url=f"https://a.example/{'x' * 2000}", visibility="public"), "Url: "),
        (Handed(url="https://a b/", visibility="public"), "Url: .*valid URL"),
    ],
)
def test_what_cannot_be_checked_is_refused_in_words(handed, message):
    with pytest.raises(Refused, match=message):
        submit(handed, by=UserFactory())
    assert not Submission.objects.exists()


def test_too_long_a_text_is_refused(settings):
    settings.MAX_ARTICLE_CHARACTERS = 10
    with pytest.raises(Refused, match="longer than 10 characters"):
        submit(Handed(text="Forty boats."), by=UserFactory())


def test_too_large_a_file_is_refused(settings):
    settings.MAX_UPLOAD_BYTES = 3
    with pytest.raises(Refused, match="larger than 3 bytes"):
        submit(Handed(file=b"%PDF"), by=UserFactory())


def test_a_submission_that_failed_can_be_read_again_from_the_first_try():
    submission = SubmissionFactory(failed=True, failures=5, attempts=3)
    retry_submission(submission.pk, by=UserFactory())
    submission = Submission.objects.due().get()
    assert (submission.failures, submission.attempts, submission.last_error) == (0, 0, "")


def test_what_could_not_be_read_is_set_aside_until_it_is_read_again():
    submission = SubmissionFactory(failed=True)
    set_aside_submission(submission.pk, by=UserFactory())
    set_aside_submission(submission.pk, by=UserFactory())
    assert not Submission.objects.waiting().exists()
    assert not Submission.objects.in_trouble().exists()
    assert Event.objects.filter(verb="submission.set_aside").count() == 1
    retry_submission(submission.pk, by=UserFactory())
    assert Submission.objects.waiting().get().set_aside_at is None


def test_what_is_being_read_is_not_set_aside():
    with pytest.raises(IllegalMove, match="could not be read"):
        set_aside_submission(SubmissionFactory().pk, by=UserFactory())


# Storing what was read.
def test_the_first_reading_makes_an_article_and_its_first_version():
    submission = SubmissionFactory()
    version = store(submission, read(published_at=date(2020, 6, 24), outlet="The Paper"))
    assert (version.number, version.state, version.outlet) == (
        1,
        VersionState.RECEIVED,
        "The Paper",
    )
    assert version.article.owner == submission.submitted_by
    submission.refresh_from_db()
    assert (submission.state, submission.version, submission.due_at) == ("ready", version, None)


def test_what_the_person_says_of_the_article_goes_before_what_was_read():
    submission = SubmissionFactory(title="Boats", outlet="Ours", published_at=date(2021, 1, 1))
    version = store(submission, read(outlet="Theirs", published_at=date(2020, 6, 24)))
    assert (version.title, version.outlet) == ("Boats", "Ours")
    assert version.published_at == date(2021, 1, 1)


def test_the_same_text_makes_no_new_version():
    owner = UserFactory()
    first = store(SubmissionFactory(submitted_by=owner))
    second = store(SubmissionFactory(submitted_by=owner))
    assert first == second
    assert ArticleVersion.objects.count() == 1


def test_pasted_text_is_not_joined_across_owners():
    ours = store(SubmissionFactory())
    theirs = store(SubmissionFactory())
    publishers = store(SubmissionFactory(by_publisher=True))
    assert len({ours.article, theirs.article, publishers.article}) == 3


def test_pasted_text_is_not_joined_across_visibilities():
    owner = UserFactory()
    confidential = store(SubmissionFactory(submitted_by=owner))
    public = store(SubmissionFactory(submitted_by=owner, visibility=Visibility.PUBLIC))
    assert confidential.article != public.article


def test_a_public_address_is_one_article_for_everybody():
    first = store(SubmissionFactory(by_url=True, url=URL))
    second = store(SubmissionFactory(by_url=True, url=URL, by_publisher=True))
    assert first == second


def test_another_text_at_the_same_address_is_the_next_version():
    first = store(SubmissionFactory(by_url=True, url=URL))
    second = store(SubmissionFactory(by_url=True, url=URL), read("Fifty boats left."))
    assert (second.article, second.number) == (first.article, 2)


def test_a_text_that_comes_back_is_a_version_again():
    for text in ("Forty boats left.", "Fifty boats left.", "Forty boats left."):
        version = store(SubmissionFactory(by_url=True, url=URL), read(text))
    assert version.number == 3


def test_the_canonical_address_joins_what_was_found_under_two():
    first = store(SubmissionFactory(by_url=True), read(canonical_url=URL))
    second = store(SubmissionFactory(by_url=True), read(canonical_url=URL))
    assert first == second


def test_an_external_id_makes_the_next_version_for_the_same_publisher():
    publisher = PublisherFactory()
    columns = {"submitted_by": None, "publisher": publisher, "external_id": "a-1"}
    first = store(SubmissionFactory(**columns))
    second = store(SubmissionFactory(**columns), read("Fifty boats left."))
    assert (second.article, second.number) == (first.article, 2)


def test_an_external_id_is_one_publishers_own():
    first = store(SubmissionFactory(by_publisher=True, external_id="a-1"))
    second = store(SubmissionFactory(by_publisher=True, external_id="a-1"))
    assert first.article != second.article


@pytest.mark.parametrize("first", Visibility)
@pytest.mark.parametrize("second", Visibility)
def test_an_article_that_was_ever_confidential_stays_so(first, second):
    publisher = PublisherFactory()
    columns = {"submitted_by": None, "publisher": publisher, "external_id": "a-1"}
    for number, visibility in enumerate((first, second)):
        store(SubmissionFactory(**columns, visibility=visibility), read(f"Boats {number}."))
    public = first == second == Visibility.PUBLIC
    assert (Article.objects.get().visibility == Visibility.PUBLIC) is public


def test_a_name_longer_than_its_column_is_cut():
    version = store(SubmissionFactory(), read(title="x" * 900, byline="x" * 900, outlet="x" * 900))
    assert (len(version.title), len(version.byline), len(version.outlet)) == (500, 500, 200)


def test_storing_takes_the_same_number_of_queries_however_many_versions_there_are(
    django_assert_max_num_queries,
):
    article = ArticleFactory(public=True, canonical_url=URL)
    for number in range(1, 30):
        ArticleVersionFactory(article=article, number=number, text=f"Boats {number}.", split=True)
    submission = SubmissionFactory(by_url=True, url=URL)
    lease = Submission.objects.lease(submission.pk)
    with django_assert_max_num_queries(14):
        store_article(submission, lease, read(), by="reader")


# The same text with something else said about it.
NAMED = {"outlet": "Old Times", "published_at": date(2026, 1, 2)}


def named(publisher, **columns):
    return SubmissionFactory(
        **({"submitted_by": None, "publisher": publisher, "external_id": "a-1"} | NAMED | columns)
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("title", "A new headline"),
        ("outlet", "New Times"),
        ("published_at", date(2026, 3, 4)),
    ],
)
def test_what_is_corrected_about_the_same_text_makes_the_next_version(name, value):
    publisher = PublisherFactory()
    first = store(named(publisher, title="Boats"))
    second = store(named(publisher, **({"title": "Boats"} | {name: value})))
    assert (second.article, second.number, getattr(second, name)) == (first.article, 2, value)
    others = {"title", "outlet", "published_at", "text"} - {name}
    assert all(getattr(second, other) == getattr(first, other) for other in others)


@pytest.mark.parametrize("text", ["Forty boats left.", "Fifty boats left."])
def test_what_is_not_said_again_of_the_next_text_is_as_it_was(text):
    publisher = PublisherFactory()
    first = store(named(publisher))
    second = store(named(publisher, outlet="", published_at=None), read(text))
    assert (second == first) is (text == first.text)
    assert (second.outlet, second.published_at) == ("Old Times", date(2026, 1, 2))


def test_the_same_text_keeps_the_headline_that_was_given_it():
    publisher = PublisherFactory()
    assert store(named(publisher, title="Boats")) == store(named(publisher))


def test_a_publisher_corrects_its_own_articles_and_nobody_elses():
    own, other = PublisherFactory(), PublisherFactory()
    columns = {"by_url": True, "url": URL, "by_publisher": True}
    first = store(SubmissionFactory(**columns, publisher=own))
    assert store(SubmissionFactory(**columns, publisher=other, title="Theirs")) == first
    assert store(SubmissionFactory(**columns, publisher=own, title="Ours")).title == "Ours"


def test_a_person_corrects_what_was_said_of_a_page():
    first = store(SubmissionFactory(by_url=True, url=URL), read(outlet="Theirs"))
    second = store(SubmissionFactory(by_url=True, url=URL, outlet="Ours"), read(outlet="Theirs"))
    third = store(SubmissionFactory(by_url=True, url=URL), read(outlet="Theirs"))
    assert (first.outlet, second.outlet, third) == ("Theirs", "Ours", second)
