"""Changes that no verdict takes, nor what belongs to it."""

from claims.models import Approval, Correction, Verdict
from claims.states import MOVES, VerdictState
from tests.database.refusals import refused, rows
from tests.database.refused_steps import change, sql
from tests.factories import (
    LONG_AGO,
    ApprovalFactory,
    CitationFactory,
    UserFactory,
    VerdictFactory,
    digest_of,
)
from tests.stories import STEPS, approve, correction_of, propose, verdict_in, withdraw


# Verdicts.
def step(state, **columns):
    """An UPDATE of the state alone, with whatever the columns of the new one need."""
    needed = {"published_at": LONG_AGO, "published_by": UserFactory()}
    return needed | {"state": state} | columns


@refused("verdict_one_published_per_claim")
def publish_a_second_verdict():
    public = verdict_in(VerdictState.PUBLISHED)
    successor = correction_of(public)
    propose(successor.pk, public.author)
    approve(successor.pk, public.author)
    change(successor, **step("published"))


@refused("verdict_public_has_publisher_and_time")
def publish_without_a_name():
    change(verdict_in(VerdictState.APPROVED), state="published", published_at=LONG_AGO)


@refused("verdict_public_has_publisher_and_time")
def publish_at_no_time():
    change(verdict_in(VerdictState.APPROVED), state="published", published_by=UserFactory())


rows(
    "verdict_proposed_is_complete",
    lambda: change(VerdictFactory(explanation="x", digest="x"), state="proposed"),
    lambda: change(VerdictFactory(rating="true", digest="x"), state="proposed"),
    lambda: change(VerdictFactory(rating="true", explanation="x"), state="proposed"),
)
rows(
    "verdict_withdrawn_says_why",
    lambda: change(verdict_in(VerdictState.PUBLISHED), state="withdrawn", withdrawn_at=LONG_AGO),
    lambda: change(verdict_in(VerdictState.PUBLISHED), state="withdrawn", withdrawal_note="x"),
)


@refused("verdict_state_known")
def know_another_state_when_triggers_sleep():
    sql("SET LOCAL session_replication_role = replica")
    VerdictFactory(state="retracted", rating="true", explanation="x", digest="x")


rows("verdict_takes_every_step", lambda: VerdictFactory(**step("published")))
rows(
    "verdict_takes_every_step",
    *(
        lambda old=old, new=new: change(
            verdict_in(old),
            **step(new, withdrawn_at=LONG_AGO, withdrawal_note="Wrong harbour."),
        )
        for old in VerdictState
        for new in VerdictState
        if new not in MOVES[VerdictState][old] and new is not old
    ),
)
FROZEN_OF_VERDICT = {
    "claim_id": None,
    "number": 9,
    "claim_text": "Fifty boats left.",
    "claim_wording": 2,
    "claimant": "Somebody else",
    "claimant_kind": "body",
    "claimant_title": "Mayor",
    "said_at": "2020-01-01",
    "quote": "Fifty boats",
    "article_url": "https://another.example/",
    "article_title": "Fifty boats",
    "article_outlet": "Another",
    "article_published_at": "2020-01-01",
    "language": "de",
    "scale": "politifact",
    "rating": "false",
    "rating_label": "False",
    "rating_number": 1,
    "summary": "No.",
    "explanation": "No.",
    "confidence": "low",
    "gaps": "Many.",
    "waiver": "urgent_harm",
    "as_of": "2020-01-01",
    "digest": digest_of("x"),
    "author_id": None,
    "public_id": "01890a5d-ac96-774b-bcce-b302099a8057",
}
rows(
    "verdict_changes_only_as_draft",
    *(
        lambda column=column, value=value: change(
            verdict_in(VerdictState.PROPOSED), **{column: value}
        )
        for column, value in FROZEN_OF_VERDICT.items()
    ),
    *(
        lambda state=state: change(verdict_in(state), explanation="Something else [1].")
        for state in VerdictState
        if state is not VerdictState.DRAFT
    ),
)
rows(
    "verdict_published_never_changes",
    lambda: Verdict.objects.filter(pk=verdict_in(VerdictState.PUBLISHED).pk)._raw_delete("default"),
    lambda: change(verdict_in(VerdictState.PUBLISHED), published_at=LONG_AGO),
    lambda: change(verdict_in(VerdictState.PUBLISHED), published_by=UserFactory()),
    lambda: change(verdict_in(VerdictState.WITHDRAWN), withdrawal_note="Never mind."),
    lambda: change(verdict_in(VerdictState.WITHDRAWN), withdrawn_at=LONG_AGO),
)


# Four eyes.
def digest_set(**columns):
    return VerdictFactory(digest=digest_of("draft"), **columns)


@refused("verdict_approver_wrote_none_of_it")
def approve_an_own_verdict():
    verdict = digest_set()
    ApprovalFactory(verdict=verdict, approver=verdict.author)


@refused("verdict_approver_wrote_none_of_it")
def approve_what_one_revised():
    verdict, reviser = digest_set(), UserFactory()
    verdict.revisions.create(author=reviser, digest=verdict.digest)
    ApprovalFactory(verdict=verdict, approver=reviser)


@refused("verdict_approver_wrote_none_of_it")
def return_an_own_verdict():
    verdict = digest_set()
    ApprovalFactory(verdict=verdict, approver=verdict.author, decision="returned", comment="No.")


rows(
    "verdict_published_was_approved",
    lambda: change(verdict_in(VerdictState.PROPOSED), state="approved"),
    lambda: sql(
        "UPDATE claims_verdict SET state = 'approved' WHERE id = %s",
        verdict_in(VerdictState.PROPOSED).pk,
    ),
)


@refused("verdict_published_was_approved")
def approve_another_digest():
    verdict = verdict_in(VerdictState.PROPOSED)
    ApprovalFactory(verdict=verdict, digest=digest_of("an earlier draft"))
    change(verdict, state="approved")


@refused("verdict_published_was_approved")
def approve_after_a_return():
    verdict = verdict_in(VerdictState.PROPOSED)
    ApprovalFactory(verdict=verdict)
    ApprovalFactory(verdict=verdict, decision="returned", comment="The count is of May.")
    change(verdict, state="approved")


@refused("verdict_published_is_of_a_public_article")
def publish_what_is_confidential():
    verdict = verdict_in(VerdictState.APPROVED)
    change(verdict.claim.article, visibility="confidential")
    change(verdict, **step("published"))


@refused("verdict_published_was_approved")
def publish_what_the_approver_revised_later():
    verdict = verdict_in(VerdictState.APPROVED)
    approval = Approval.objects.get(verdict=verdict)
    verdict.revisions.create(author=approval.approver, digest=verdict.digest)
    change(verdict, **step("published"))


rows(
    "approval_is_kept",
    lambda: change(ApprovalFactory(), comment="Something else."),
    lambda: ApprovalFactory().delete(),
    lambda: sql("TRUNCATE claims_approval"),
    lambda: sql("TRUNCATE claims_verdict CASCADE"),
)


def revision():
    return VerdictFactory().revisions.create(author=UserFactory(), digest=digest_of("x"))


rows(
    "revision_is_kept",
    lambda: change(revision(), author=UserFactory()),
    lambda: revision().delete(),
    lambda: sql("TRUNCATE claims_revision"),
)


# What a verdict rests on, and what it corrects.
def citation(state=VerdictState.PROPOSED):
    return verdict_in(state).citations.get()


def moved_in():
    proposed = citation().verdict
    change(CitationFactory(verdict__claim=proposed.claim, number=2), verdict=proposed)


rows(
    "citation_changes_only_in_draft",
    lambda: change(citation(), excerpt="The count was 41 boats."),
    lambda: citation().delete(),
    lambda: citation(VerdictState.PUBLISHED).delete(),
    lambda: CitationFactory(verdict=verdict_in(VerdictState.PROPOSED), number=2),
    lambda: change(citation(), verdict=VerdictFactory()),
)


def correction(**columns):
    first = VerdictFactory()
    valid = {
        "verdict": first,
        "successor": VerdictFactory(),
        "kind": Correction.Kind.UPDATE,
        "note": "The count was made in May.",
        "by": UserFactory(),
    }
    return Correction.objects.create(**(valid | columns))


def published_correction():
    public = verdict_in(VerdictState.PUBLISHED)
    successor = correction_of(public)
    propose(successor.pk, public.author)
    return Correction.objects.get(successor=successor)


def correction_of_withdrawn(state):
    public = verdict_in(VerdictState.PUBLISHED)
    successor = correction_of(public)
    for step in STEPS[state]:
        step(successor.pk, public.author)
    withdraw(public.pk, public.author)
    return successor


rows(
    "verdict_corrects_nothing_withdrawn",
    lambda: change(correction_of_withdrawn(VerdictState.DRAFT), state="proposed"),
    lambda: change(correction_of_withdrawn(VerdictState.PROPOSED), state="approved"),
    lambda: change(correction_of_withdrawn(VerdictState.APPROVED), **step("published")),
)


rows("correction_has_note", lambda: correction(note=""))
rows("correction_kind_known", lambda: correction(kind="typo"))


@refused("correction_leads_to_another_version")
def correct_itself():
    verdict = VerdictFactory()
    correction(verdict=verdict, successor=verdict)


rows(
    "correction_changes_only_in_draft",
    lambda: change(published_correction(), note="Nothing to see."),
    lambda: published_correction().delete(),
    lambda: correction(successor=verdict_in(VerdictState.PUBLISHED)),
    lambda: change(correction(), successor=verdict_in(VerdictState.PUBLISHED)),
)
