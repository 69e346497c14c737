"""What reviewers and editors do with verdicts, ready to be performed once."""

from datetime import date
from functools import partial

from claims.actions import correcting, discarding, disclosing, publishing, replies, verdicts
from claims.models import ReplyOutcome
from claims.states import VerdictState
from tests.acts.registry import Act, act
from tests.factories import (
    LONG_AGO,
    ArticleVersionFactory,
    ClaimFactory,
    ReplyRequestFactory,
    UserFactory,
)
from tests.stories import (
    CORRECTION,
    correction_of,
    finished,
    seen,
    verdict_in,
)


@act
def start_verdict() -> Act:
    claim = ClaimFactory(in_review=True)
    return partial(verdicts.start_verdict, claim.pk, by=claim.reviewer)


@act
def begin_correction() -> Act:
    public = verdict_in(VerdictState.PUBLISHED)
    return partial(correcting.begin_correction, public.claim_id, *CORRECTION, by=UserFactory())


@act
def save_draft() -> Act:
    draft = verdict_in(VerdictState.DRAFT)
    content = finished(draft.claim, rating="mostly_true")
    return partial(verdicts.save_draft, draft.pk, content, by=draft.author)


@act
def propose_verdict() -> Act:
    draft = verdict_in(VerdictState.DRAFT)
    return partial(verdicts.propose_verdict, draft.pk, by=draft.author)


@act
def recall_verdict() -> Act:
    proposed = verdict_in(VerdictState.PROPOSED)
    return partial(verdicts.recall_verdict, proposed.pk, by=proposed.author)


@act
def disclose_article() -> Act:
    version = ArticleVersionFactory()
    article = version.article
    return partial(
        disclosing.disclose_article, article.pk, version=version.number, by=article.owner
    )


@act
def discard_draft() -> Act:
    draft = verdict_in(VerdictState.DRAFT)
    return partial(discarding.discard_draft, draft.pk, by=draft.author)


@act
def restore_draft() -> Act:
    discarded = verdict_in(VerdictState.DISCARDED)
    return partial(discarding.restore_draft, discarded.pk, by=discarded.author)


@act
def return_verdict() -> Act:
    proposed = verdict_in(VerdictState.PROPOSED)
    read = seen(proposed.pk)
    return partial(verdicts.return_verdict, proposed.pk, read, "Whose count?", by=UserFactory())


@act
def approve_verdict() -> Act:
    proposed = verdict_in(VerdictState.PROPOSED)
    return partial(verdicts.approve_verdict, proposed.pk, proposed.digest, by=UserFactory())


@act
def publish_verdict() -> Act:
    return partial(
        publishing.publish_verdict, verdict_in(VerdictState.APPROVED).pk, by=UserFactory()
    )


@act
def publish_correction() -> Act:
    public = verdict_in(VerdictState.PUBLISHED)
    successor = correction_of(public)
    verdicts.propose_verdict(successor.pk, by=public.author)
    successor.refresh_from_db()
    verdicts.approve_verdict(successor.pk, successor.digest, by=UserFactory())
    return partial(publishing.publish_verdict, successor.pk, by=UserFactory())


@act
def withdraw_verdict() -> Act:
    public = verdict_in(VerdictState.PUBLISHED)
    return partial(publishing.withdraw_verdict, public.pk, "Wrong harbour.", by=UserFactory())


@act
def ask_for_reply() -> Act:
    days = {"asked_on": date(2026, 1, 5), "due_on": date(2026, 1, 9)}
    return partial(replies.ask_for_reply, ClaimFactory().pk, "The port", **days, by=UserFactory())


@act
def ask_nobody() -> Act:
    return partial(replies.ask_nobody, ClaimFactory().pk, "He died in 1998.", by=UserFactory())


@act
def record_reply() -> Act:
    asked = ReplyRequestFactory()
    said = {"answer": "", "answered_on": None, "recorded": 0}
    return partial(replies.record_reply, asked.pk, ReplyOutcome.DECLINED, **said, by=UserFactory())


@act
def take_back_reply() -> Act:
    return partial(replies.take_back_reply, ReplyRequestFactory().pk, by=UserFactory())


@act
def bring_back_reply() -> Act:
    taken_back = ReplyRequestFactory(taken_back_at=LONG_AGO)
    return partial(replies.bring_back_reply, taken_back.pk, by=UserFactory())
