"""What a publisher may be told of without asking: each notice, in the words of its form."""

from enum import StrEnum


class Notice(StrEnum):
    """The kinds of notices, by the ``type`` they are sent with."""

    SUBMISSION_READY = "submission.ready"
    SUBMISSION_FAILED = "submission.failed"
    ARTICLE_DISCLOSED = "article.disclosed"
    VERDICT_PUBLISHED = "verdict.published"
    VERDICT_CORRECTED = "verdict.corrected"
    VERDICT_WITHDRAWN = "verdict.withdrawn"
    PING = "ping"


MEANINGS: dict[Notice, str] = {
    Notice.SUBMISSION_READY: "The claims of a submission are there",
    Notice.SUBMISSION_FAILED: "A submission cannot be read",
    Notice.ARTICLE_DISCLOSED: "A confidential article handed in was made public",
    Notice.VERDICT_PUBLISHED: "A verdict on a claim of an article handed in is public",
    Notice.VERDICT_CORRECTED: "A corrected verdict on such a claim is public",
    Notice.VERDICT_WITHDRAWN: "A verdict on such a claim was withdrawn",
    Notice.PING: "A moderator tries whether notices arrive",
}
CHOSEN = tuple(notice for notice in Notice if notice != Notice.PING)
"""What an endpoint may be told of or not; a ping is sent by hand."""
