"""What reviewers, editors and workers do, ready to be performed once."""

from datetime import UTC, datetime
from functools import partial

from claims.actions import (
    attributing,
    clearing,
    continuing,
    dividing,
    gathering,
    handing_over,
    intake,
    merging,
    notes,
    ordering,
    review,
    splitting,
    urgency,
)
from claims.kinds import Kind
from claims.models import ArticleVersion, PartyKind, Search, Submission
from claims.ordering import seen
from claims.states import Dismissal, Outcome
from factcheck.models import Work, hand_to_person
from sources.retrieval import Gathered
from tests.acts.registry import Act, act
from tests.factories import (
    AppearanceFactory,
    ArticleFactory,
    ArticleVersionFactory,
    BringingFactory,
    CheckFeedFactory,
    ClaimFactory,
    EvidenceFactory,
    NoteFactory,
    SearchFactory,
    SubmissionFactory,
    UserFactory,
)
from tests.splits import found_claim, split_of
from tests.stories import (
    claim_with_evidence,
    merged_claim,
    parts,
    placed_beside,
    split_in_two,
)
from tests.ui.conftest import person


@act
def submit() -> Act:
    return partial(intake.submit, intake.Handed(text="Forty boats."), by=UserFactory())


@act
def set_aside_own_article() -> Act:
    article = ArticleFactory()
    return partial(clearing.set_aside_own_article, article.pk, reason="A slip.", by=article.owner)


@act
def bring_back_own_article() -> Act:
    article = ArticleFactory()
    clearing.set_aside_own_article(article.pk, reason="A slip.", by=article.owner)
    return partial(clearing.bring_back_own_article, article.pk, by=article.owner)


@act
def continue_article() -> Act:
    owner = UserFactory()
    earlier, own = (
        ArticleVersionFactory(article__owner=owner, split=True, text=text) for text in "AB"
    )
    return partial(continuing.continue_article, own.pk, earlier.article_id, by=owner)


@act
def store_article() -> Act:
    submission = SubmissionFactory()
    lease = Submission.objects.lease(submission.pk)
    read = intake.ReadArticle(text="Forty boats.", title="Forty boats.", extractor="test")
    return partial(intake.store_article, submission, lease, read, by="reader")


@act
def retry_submission() -> Act:
    return partial(intake.retry_submission, SubmissionFactory(failed=True).pk, by=UserFactory())


@act
def set_aside_submission() -> Act:
    return partial(intake.set_aside_submission, SubmissionFactory(failed=True).pk, by=UserFactory())


@act
def set_aside_article() -> Act:
    article = ClaimFactory().article
    return partial(clearing.set_aside_article, article.pk, reason="Spam.", by=UserFactory())


@act
def bring_back_article() -> Act:
    article = ClaimFactory().article
    clearing.set_aside_article(article.pk, reason="Spam.", by=UserFactory())
    return partial(clearing.bring_back_article, article.pk, by=UserFactory())


@act
def retry_split() -> Act:
    return partial(intake.retry_split, ArticleVersionFactory(failed=True).pk, by=UserFactory())


@act
def store_claims() -> Act:
    version = ArticleVersionFactory()
    lease = ArticleVersion.objects.lease(version.pk)
    split = split_of(found_claim(version, "Forty boats left the harbour"))
    return partial(splitting.store_claims, version, lease, split, by="splitter")


@act
def store_evidence() -> Act:
    search = SearchFactory()
    lease = Search.objects.lease(search.pk)
    nothing = Gathered(judged=(), asked=(), read=0, queries=("forty boats",), model="test")
    return partial(
        gathering.store_evidence,
        search,
        lease,
        nothing,
        [],
        started_at=datetime.now(UTC),
        by="searcher",
    )


def handed_over(row: Work) -> Act:
    lease = type(row).objects.lease(row.pk)
    return partial(hand_to_person, row, "There is no text in it.", by="worker", lease=lease)


@act
def give_up_check_feed() -> Act:
    return handed_over(CheckFeedFactory())


@act
def give_up_reading() -> Act:
    return handed_over(SubmissionFactory())


@act
def give_up_splitting() -> Act:
    return handed_over(ArticleVersionFactory())


@act
def give_up_searching() -> Act:
    return handed_over(SearchFactory())


@act
def give_up_bringing() -> Act:
    return handed_over(BringingFactory())


@act
def take_claim() -> Act:
    return partial(review.take_claim, ClaimFactory().pk, by=UserFactory())


@act
def release_claim() -> Act:
    claim = ClaimFactory(in_review=True)
    return partial(review.release_claim, claim.pk, by=claim.reviewer)


@act
def hand_over_claim() -> Act:
    claim, to = ClaimFactory(in_review=True), person("cy", "Reviewers")
    return partial(
        handing_over.hand_over_claim,
        claim.pk,
        to.pk,
        held_by=claim.reviewer_id,
        by=claim.reviewer,
        why="I am away.",
    )


@act
def write_note() -> Act:
    cy = person("cy", "Reviewers")
    claim = ClaimFactory(in_review=True)
    notes.write_note(claim.pk, "@cy, is there a log?", by=UserFactory())
    return partial(notes.write_note, claim.pk, "There is.", by=cy)


@act
def reword_note() -> Act:
    note = NoteFactory()
    person("cy", "Reviewers")
    return partial(notes.reword_note, note.pk, "@cy: the log.", wording=1, by=note.author)


@act
def take_back_note() -> Act:
    note = NoteFactory()
    return partial(notes.take_back_note, note.pk, by=note.author)


@act
def change_deadline() -> Act:
    submission = SubmissionFactory(ready=True, version__split=True)
    return partial(
        urgency.change_deadline,
        submission.pk,
        datetime(2030, 5, 31, 12, tzinfo=UTC),
        reason="It goes to print later.",
        by=UserFactory(),
    )


@act
def mark_urgent() -> Act:
    return partial(urgency.mark_urgent, ClaimFactory().pk, True, by=UserFactory())


@act
def mark_not_urgent() -> Act:
    return partial(urgency.mark_urgent, ClaimFactory(priority=1).pk, False, by=UserFactory())


@act
def reword_claim() -> Act:
    return partial(
        review.reword_claim, ClaimFactory().pk, "Forty boats left.", wording=1, by=UserFactory()
    )


@act
def dismiss_claim() -> Act:
    return partial(review.dismiss_claim, ClaimFactory().pk, Dismissal.VAGUE, by=UserFactory())


@act
def restore_claim() -> Act:
    return partial(review.restore_claim, ClaimFactory(dismissed=True).pk, by=UserFactory())


@act
def reopen_claim() -> Act:
    return partial(review.restore_claim, ClaimFactory(closed=True).pk, by=UserFactory())


@act
def close_claim() -> Act:
    claim = claim_with_evidence()
    return partial(review.close_claim, claim.pk, Outcome.CONFIRMED, by=claim.reviewer)


@act
def mark_claim() -> Act:
    version = ArticleVersionFactory()
    return partial(
        review.mark_claim, version.pk, 20, 31, text="", kind=Kind.EVENT, by=UserFactory()
    )


@act
def attribute_claim() -> Act:
    claim = AppearanceFactory().claim
    voice = attributing.Voice("officials", PartyKind.UNNAMED)
    return partial(
        attributing.attribute_claim,
        claim.pk,
        voice,
        Kind.EVENT,
        said_at=None,
        attribution=1,
        by=UserFactory(),
    )


@act
def split_claim() -> Act:
    claim = AppearanceFactory().claim
    EvidenceFactory(claim=claim, accepted=True)
    return partial(dividing.split_claim, claim.pk, parts(), wording=1, version=1, by=UserFactory())


@act
def unsplit_claim() -> Act:
    first, _ = split_in_two(AppearanceFactory().claim)
    return partial(dividing.unsplit_claim, first.split_from_id, by=UserFactory())


@act
def merge_claims() -> Act:
    claim = AppearanceFactory().claim
    others = [placed_beside(claim, quote) for quote in ("Forty boats", "officials said")]
    for other in others:
        EvidenceFactory(claim=other, accepted=True)
    seen_wordings = {other.pk: 1 for other in others}
    return partial(merging.merge_claims, claim.pk, seen_wordings, wording=1, by=UserFactory())


@act
def unmerge_claim() -> Act:
    return partial(merging.unmerge_claim, merged_claim().pk, by=UserFactory())


@act
def move_claim() -> Act:
    claim = AppearanceFactory().claim
    placed_beside(claim, "officials said")
    return partial(ordering.move_claim, claim.pk, 2, order=seen([]), by=UserFactory())
