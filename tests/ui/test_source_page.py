"""The page of a source: its frozen copies, what changed, and the bytes; and where it is told of."""

import io
import json

import pytest
from django.utils import timezone
from warcio.archiveiterator import ArchiveIterator

from claims.states import VerdictState
from sources.models import Access, Archiving, Source
from sources.storing import Document, store_documents
from sources.warc import response_record
from tests.factories import PassageFactory, SourceFactory
from tests.stories import verdict_in
from tests.ui.conftest import logged_in, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def verdict():
    """A public verdict that cites a passage."""
    return verdict_in(VerdictState.PUBLISHED)


@pytest.fixture
def browser():
    return logged_in(person("ada", "Reviewers"))


def cited(verdict):
    return verdict.citations.first().evidence


def says_now(source, text, **columns):
    """What a worker stores when a source says something else."""
    (copy,) = store_documents(
        [Document(title="x", text=text, outlet=source.outlet.name, url=source.url, **columns)]
    )
    Source.objects.filter(pk=source.pk).update(changed_at=timezone.now())
    return copy


def test_a_source_shows_its_copies_and_who_cites_it(browser, verdict):
    evidence = cited(verdict)
    source = evidence.source
    says_now(source, "The count was 39 boats.")
    Source.objects.filter(pk=source.pk).update(
        proposed_access="paywall",
        access_reason="The page says so.",
        gone_at=timezone.now(),
        gone="404.",
    )
    html = browser.get(f"/sources/{source.public_id}/").text
    assert "What changed since" in html
    assert "Perhaps: behind a paywall. The page says so." in html
    assert "Not there any more" in html
    assert f"/verdicts/{verdict.public_id}/" in html


def test_two_copies_are_compared_word_by_word_and_nothing_is_markup(browser, verdict):
    evidence = cited(verdict)
    earlier = evidence.passage.snapshot
    later = says_now(evidence.source, earlier.text.replace("40", "<b>39</b>"))
    address = f"/sources/{evidence.source.public_id}/changes/{earlier.public_id}/{later.public_id}/"
    html = browser.get(address).text
    assert "<del>40 </del>" in html
    assert "<ins>&lt;b&gt;39&lt;/b&gt; </ins>" in html
    assert (
        browser.get(address.replace(str(later.public_id), str(verdict.public_id))).status_code
        == 404
    )


def test_a_copy_of_another_source_is_not_compared(browser, verdict):
    evidence, other = cited(verdict), PassageFactory().snapshot
    copies = f"{evidence.passage.snapshot.public_id}/{other.public_id}"
    address = f"/sources/{evidence.source.public_id}/changes/{copies}/"
    assert browser.get(address).status_code == 404


def recorded(**columns):
    source = SourceFactory(**columns)
    record = response_record(
        source.url, status=200, headers=[], body=b"<script>alert(1)</script>", at=timezone.now()
    )
    return source, says_now(source, "Forty boats.", record=record)


def test_reviewers_download_the_bytes_as_they_came_and_no_browser_shows_them(browser):
    source, copy = recorded()
    answer = browser.get(f"/sources/{source.public_id}/{copy.public_id}.warc.gz")
    assert answer["Content-Type"] == "application/warc"
    assert answer["Content-Disposition"] == f'attachment; filename="{copy.public_id}.warc.gz"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    (found,) = ArchiveIterator(io.BytesIO(answer.content), check_digests="raise")
    assert found.rec_headers.get_header("WARC-Target-URI") == source.url


def test_somebody_without_the_role_downloads_nothing():
    source, copy = recorded()
    visitor = logged_in(person("cem"))
    address = f"/sources/{source.public_id}/{copy.public_id}.warc.gz"
    assert visitor.get(address).status_code == 403
    assert visitor.get(f"/sources/{source.public_id}/").status_code == 403


def test_what_is_private_has_no_page_and_no_bytes(browser):
    source, copy = recorded()
    Source.objects.filter(pk=source.pk).update(access=Access.PRIVATE)
    for address in ("", f"{copy.public_id}.warc.gz", f"changes/{copy.public_id}/{copy.public_id}/"):
        assert browser.get(f"/sources/{source.public_id}/{address}").status_code == 404


def test_a_copy_without_bytes_has_none_to_download(browser):
    copy = PassageFactory().snapshot
    assert (
        browser.get(f"/sources/{copy.source.public_id}/{copy.public_id}.warc.gz").status_code == 404
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Something else.", "these words are not in it any more"),
        ("{} And more.", "these words still stand"),
    ],
)
def test_the_claim_and_the_verdict_tell_that_a_source_changed(browser, verdict, text, told):
    evidence = cited(verdict)
    assert "Changed since" not in browser.get(f"/claims/{verdict.claim.public_id}/").text
    says_now(evidence.source, text.format(evidence.passage.text))
    assert told in browser.get(f"/claims/{verdict.claim.public_id}/").text
    page = browser.get(f"/verdicts/{verdict.public_id}/").text
    expected = "the cited words still stand" if "{}" in text else "does not say it any more"
    assert expected in page
    public = browser.get(f"/c/{verdict.claim.public_id}/").text
    assert "any more" not in public
    assert "Changed since" not in public


def test_the_verdict_tells_that_a_source_is_gone(browser, verdict):
    source = cited(verdict).source
    Source.objects.filter(pk=source.pk).update(gone_at=timezone.now(), gone="Status 410.")
    assert (
        "A cited source is not there any more."
        in browser.get(f"/verdicts/{verdict.public_id}/").text
    )
    assert "Not there any more" in browser.get(f"/claims/{verdict.claim.public_id}/").text


def test_a_copy_in_an_archive_is_in_the_claimreview_and_on_the_public_page(client, verdict):
    link = "https://web.archive.org/web/20260301123005/https://outlet.example/1"
    Archiving.objects.create(
        snapshot=cited(verdict).passage.snapshot,
        archive_url=link,
        saved_at=timezone.now(),
        due_at=None,
    )
    html = client.get(f"/c/{verdict.claim.public_id}/").text
    data = json.loads(
        html.partition('<script type="application/ld+json">')[2].partition("</script>")[0]
    )
    assert [work.get("archivedAt") for work in data["citation"]] == [link]
    assert f'<a class="small" href="{link}" rel="noreferrer noopener">Archived copy</a>' in html


def test_moderators_are_told_of_verdicts_that_rest_on_a_changed_source(verdict):
    office = logged_in(person("mona", "Moderators"))
    assert "changed or is gone" not in office.get("/admin/").text
    says_now(cited(verdict).source, "Something else.")
    assert "Public verdicts rest on a source that changed or is gone" in office.get("/admin/").text
    listed = office.get("/admin/claims/verdict/?rests_on=changed&state__exact=published").text
    assert f"/admin/claims/verdict/{verdict.pk}/change/" in listed
