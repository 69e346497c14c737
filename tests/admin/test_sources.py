"""What becomes of evidence and verdicts when a source or its outlet does not stand any more."""

import pytest
from django.utils import timezone

from claims.models import Evidence
from claims.states import VerdictState
from factcheck.models import Event
from sources.models import Access
from tests.admin.test_buttons import press
from tests.factories import (
    EvidenceFactory,
    PassageFactory,
    SnapshotFactory,
    SourceFactory,
)
from tests.stories import claim_with_evidence, verdict_in
from tests.ui.conftest import logged_in, person

pytestmark = pytest.mark.django_db

PUBLIC = "/admin/claims/verdict/?rests_on={}&state__exact=published"


def test_blocking_an_outlet_tells_wherever_its_evidence_stands(office, editors_browser):
    verdict = verdict_in(VerdictState.PUBLISHED)
    source = Evidence.objects.get(claim=verdict.claim).source
    pages = [f"/verdicts/{verdict.public_id}/", f"/sources/{source.public_id}/"]
    suggested = EvidenceFactory(
        passage=PassageFactory(snapshot=SnapshotFactory(source=source, text="It was forty.")),
        shown=True,
        machine_stance="supports",
        confidence=0.9,
    )
    beside = f"/claims/{suggested.claim.public_id}/"
    accepts = f"/evidence/{suggested.public_id}/accept/"
    assert accepts in editors_browser.get(beside).text

    press(office, "sources/outlet", source.outlet, "block", reason="It <invents> figures.")

    for page in [*pages, beside]:
        assert "It &lt;invents&gt; figures." in editors_browser.get(page).text, page
    assert "Not shown, because its source does not stand" in editors_browser.get(beside).text
    assert accepts not in editors_browser.get(beside).text
    assert editors_browser.post(accepts, {"stance": "supports"}).status_code == 422
    assert "Public verdicts rest on a blocked outlet" in office.get("/admin/").text
    of_outlet = f"/admin/claims/verdict/?outlet={source.outlet_id}"
    assert of_outlet in office.get(f"/admin/sources/outlet/{source.outlet_id}/change/").text
    for listed in (PUBLIC.format("blocked"), of_outlet):
        assert verdict.claim_text in office.get(listed).text

    press(office, "sources/outlet", source.outlet, "unblock")

    assert "invents" not in "".join(editors_browser.get(page).text for page in [*pages, beside])
    assert accepts in editors_browser.get(beside).text
    assert "blocked outlet" not in office.get("/admin/").text


@pytest.mark.parametrize("fallen", ["retracted", "blocked"])
def test_somebody_may_say_why_verdicts_stand_until_more_happens(office, editors_browser, fallen):
    verdict = verdict_in(VerdictState.PUBLISHED)
    source = Evidence.objects.get(claim=verdict.claim).source

    def fall():
        if fallen == "retracted":
            press(office, "sources/source", source, "retract", reason="Made up.")
        else:
            press(office, "sources/outlet", source.outlet, "block", reason="Invents.")

    fall()
    listed = PUBLIC.format(fallen)
    assert verdict.claim_text in office.get(listed).text
    refused = press(office, "sources/source", source, "examine", note=" ")
    assert (refused.status_code, "may stand" in refused.text) == (409, True)
    note = "Two others say the same."
    assert press(office, "sources/source", source, "examine", note=note).status_code == 302
    assert Event.objects.latest("position").verb == "source.examined"
    assert verdict.claim_text not in office.get(listed).text
    assert "Public verdicts rest on" not in office.get("/admin/").text
    page = editors_browser.get(f"/verdicts/{verdict.public_id}/").text
    assert note in page
    assert "Rests on a" in page

    press(office, "sources/source", source, "reinstate")
    press(office, "sources/outlet", source.outlet, "unblock")
    fall()

    assert verdict.claim_text in office.get(listed).text
    assert note not in editors_browser.get(f"/verdicts/{verdict.public_id}/").text


def test_whoever_writes_a_verdict_sees_which_evidence_does_not_stand():
    ada = person("ada", "Reviewers")
    draft = verdict_in(VerdictState.DRAFT, claim_with_evidence(reviewer=ada))
    source = draft.claim.evidence.get().source
    source.retracted_at, source.retraction = timezone.now(), "Made up."
    source.save(update_fields=["retracted_at", "retraction"])
    html = logged_in(ada).get(f"/verdicts/{draft.public_id}/").text
    assert '<strong class="warning">Retracted by the workspace: Made up.</strong>' in html
    assert "[1] Retracted by the workspace: Made up." in html


# Who can read it.
def test_a_source_made_private_can_be_opened_again(office):
    source = SourceFactory(title="Log of the harbour")
    page = f"/admin/sources/source/{source.pk}/change/"
    press(office, "sources/source", source, "access", access=Access.PRIVATE)
    assert source.title in office.get("/admin/sources/source/?access__exact=private").text
    assert f"/sources/{source.public_id}/" not in office.get(page).text
    assert office.get(f"/sources/{source.public_id}/").status_code == 404
    press(office, "sources/source", source, "access", access=Access.OPEN)
    source.refresh_from_db()
    assert source.access == Access.OPEN


def test_what_the_public_reads_is_not_made_private(office):
    verdict = verdict_in(VerdictState.PUBLISHED)
    piece = Evidence.objects.get(claim=verdict.claim)
    refused = press(office, "sources/source", piece.source, "access", access=Access.PRIVATE)
    assert refused.status_code == 409
    assert verdict.claim_text in refused.text
    Evidence.objects.update(publication=Evidence.Publication.DESCRIBED)
    allowed = press(office, "sources/source", piece.source, "access", access=Access.PRIVATE)
    assert allowed.status_code == 302
