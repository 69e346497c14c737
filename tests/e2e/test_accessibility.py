"""axe-core finds nothing on any page, light or dark, wide, narrow or at twice the size."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from claims.actions.review import reword_claim
from claims.models import ArticleVersion
from claims.states import VerdictState
from factcheck.people import invite
from tests.admin.everything import PAGES, acts, details, lists, one_of_each
from tests.e2e.conftest import PASSWORD
from tests.e2e.test_paste_to_public_page import log_in
from tests.factories import (
    AppearanceFactory,
    ArticleVersionFactory,
    BringingFactory,
    CheckLinkFactory,
    EvidenceFactory,
    ObjectionFactory,
    PageFactory,
    SearchFactory,
    SnapshotFactory,
    SubmissionFactory,
    UserFactory,
)
from tests.stories import claim_with_evidence, merged_claim, split_in_two, verdict_in
from tests.ui.conftest import person

OPTIONS = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
LAID_OUT = OPTIONS | {"runOnly": ["scrollable-region-focusable", "target-size"]}
"""What between a wide page and a narrow one can still depend on the width."""


@pytest.fixture
def pages(people):
    """An address of every page, in as many states as matter."""
    version = ArticleVersionFactory(split=True)
    claim = AppearanceFactory(version=version).claim
    SearchFactory(claim=claim, done=True)
    EvidenceFactory(claim=claim, shown=True, confidence=0.9)
    EvidenceFactory(claim=claim, shown=True, confidence=0.7, machine_stance="contradicts")
    EvidenceFactory(claim=claim, rejected=True)
    EvidenceFactory(claim=claim, passage__snapshot__text="“Four boats left the harbour,” he said.")
    CheckLinkFactory(claim=claim)
    CheckLinkFactory(claim=claim, decision="refused")
    document = BringingFactory(claim=claim, ready=True, snapshot__source__access="private")
    BringingFactory(claim=claim, failed=True)
    BringingFactory(claim=claim)
    held = claim_with_evidence(reviewer=people["ada"], article=version.article)
    AppearanceFactory(version=version, claim=held, quote="officials said")
    CheckLinkFactory(claim=held)
    draft = verdict_in(VerdictState.DRAFT, held)
    discarded = verdict_in(VerdictState.DISCARDED)
    proposed = verdict_in(VerdictState.PROPOSED)
    corrected = verdict_in(VerdictState.SUPERSEDED)
    withdrawn = verdict_in(VerdictState.WITHDRAWN)
    for verdict in (discarded, proposed, corrected, withdrawn):
        ArticleVersion.objects.create(
            article=verdict.claim.article, number=1, title="Boats", text="Boats.", digest="0" * 64
        )
    split, merged = edited(version)
    citation = corrected.claim.verdicts.latest("number").citations.first()
    cited = citation.evidence.source
    copies = [SnapshotFactory(source=cited, text=f"Boats: {n}.") for n in range(2)]
    PageFactory(source=cited, state="kept", checked_at=cited.created_at)
    type(cited).objects.filter(pk=cited.pk).update(
        gone_at=cited.created_at, gone="Status 404.", proposed_access="paywall", access_reason="402"
    )
    told = {"verdict": corrected, "email": "reader@port.example"}
    objections = [
        ObjectionFactory(url="https://port.example/log", **told),
        ObjectionFactory(upheld=True, **told),
        ObjectionFactory(not_upheld=True, **told),
    ]
    failed = ArticleVersionFactory(failed=True)
    waiting = ArticleVersionFactory()
    unread = SubmissionFactory(failed=True)
    return [
        "/",
        "/desk/",
        "/desk/?state=closed&words=nothing",
        "/desk/mine/",
        "/desk/approvals/",
        "/desk/objections/",
        "/desk/objections/?show=decided",
        *(f"/objections/{one.public_id}/" for one in objections),
        "/submit/",
        f"/articles/{version.article.public_id}/",
        f"/articles/{failed.article.public_id}/",
        f"/articles/{waiting.article.public_id}/",
        f"/submissions/{unread.public_id}/",
        f"/claims/{claim.public_id}/",
        f"/claims/{held.public_id}/",
        f"/claims/{claim.public_id}/split/",
        f"/claims/{claim.public_id}/merge/",
        f"/claims/{split.public_id}/",
        f"/claims/{split.parts.first().public_id}/",
        f"/claims/{merged.public_id}/",
        f"/claims/{merged.merged_into.public_id}/",
        f"/documents/{document.public_id}/",
        f"/verdicts/{draft.public_id}/",
        f"/verdicts/{discarded.public_id}/",
        f"/claims/{discarded.claim.public_id}/",
        f"/verdicts/{proposed.public_id}/",
        "/c/",
        "/c/?words=zeppelin",
        "/c/corrections/",
        "/c/report-an-error/",
        f"/c/{corrected.claim.public_id}/objection/",
        f"/c/{corrected.claim.public_id}/objection/?version=1",
        f"/c/{corrected.claim.public_id}/objection/received/",
        f"/c/{corrected.claim.public_id}/",
        f"/c/{corrected.claim.public_id}/embed/",
        f"/c/{withdrawn.claim.public_id}/",
        f"/c/{withdrawn.claim.public_id}/embed/",
        f"/c/{corrected.claim.public_id}/1/",
        f"/sources/{cited.public_id}/",
        f"/sources/{cited.public_id}/changes/{copies[0].public_id}/{copies[1].public_id}/",
        f"/claims/{corrected.claim.public_id}/",
        "/account/",
        "/nowhere/",
        "/login/",
    ]


def edited(version):
    """A claim that was split, with accepted evidence, and one that was merged and reworded."""
    split = AppearanceFactory(version=version, quote="officials").claim
    EvidenceFactory(claim=split, accepted=True)
    split_in_two(split)
    kept = AppearanceFactory(version=version, quote="Forty boats").claim
    reword_claim(kept.pk, "There were forty boats.", wording=1, by=UserFactory())
    kept.refresh_from_db()
    return split, merged_claim(kept, "the harbour")


@pytest.fixture
def moderators_pages(people):
    """Every page, list, row and button of the administration, and an invitation."""
    rows = one_of_each()
    moderator = person("mona", "Moderators")
    moderator.set_password(PASSWORD)
    moderator.save(update_fields=["password"])
    invited, token = invite(email="eve@desk.example", roles=["Reviewers"], by=moderator)
    return {
        "pages": [*PAGES, f"/invitation/{invited.public_id}/{token}/"],
        "lists": ["/admin/claims/claim/?q=nothing+like+that", *lists(rows)],
        "rows": details(rows),
        "buttons": acts(rows),
    }


LOOKS = ((1440, "light", OPTIONS), (390, "dark", OPTIONS), (720, "light", LAID_OUT))
RUN = "options => axe.run(options).then(found => found.violations)"


def test_no_page_has_a_violation(new_page, pages):
    assert violations(new_page, "ada", pages) == []


@pytest.mark.parametrize("part", ["pages", "lists", "rows", "buttons"])
def test_no_page_of_the_administration_has_a_violation(new_page, moderators_pages, part):
    assert violations(new_page, "mona", moderators_pages[part]) == []


def test_no_page_of_somebody_without_a_role_has_a_violation(new_page, people):
    people["ada"].groups.clear()
    assert violations(new_page, "ada", ["/desk/", "/account/", "/nowhere/"]) == []


def violations(new_page, who, pages):
    """What axe finds on the pages as ``who`` sees them, in each look."""
    # axe is injected as a script of its own, which the pages' policy would refuse.
    page = new_page(reduced_motion="reduce", bypass_csp=True)  # no colour halfway to another
    log_in(page, who)
    found = []
    for address in pages:
        assert page.goto(address).status < 500, address
        page.evaluate(AXE_SCRIPT)
        for width, scheme, options in LOOKS:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(color_scheme=scheme)
            for violation in page.evaluate(RUN, options):
                nodes = ", ".join(node["html"][:80] for node in violation["nodes"][:3])
                found.append(f"{address} {width} {scheme} {violation['id']}: {nodes}")
            fits = page.evaluate("document.documentElement.scrollWidth <= innerWidth")
            assert fits, f"{address} at {width}"
    return found
