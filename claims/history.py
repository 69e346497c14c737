"""The history in sentences: every verb an act may record, as people read it.

docs/states.md lists them; a test finds verbs that acts record and this table
does not know.
"""

SENTENCES = {
    "submission.received": "handed in an article",
    "submission.ready": "read the article",
    "submission.failed": "could not read the article",
    "submission.retried": "asked to read the article again",
    "article.disclosed": "made the article public",
    "article.split": "split the article into claims",
    "article.split_failed": "could not split the article",
    "article.split_retried": "asked to split the article again",
    "claim.added": "marked a claim by hand",
    "claim.taken": "took the claim",
    "claim.released": "put the claim back",
    "claim.reworded": "reworded the claim",
    "claim.dismissed": "dismissed the claim",
    "claim.restored": "brought the claim back",
    "claim.closed": "closed the claim",
    "claim.reopened": "opened the claim again",
    "search.asked": "asked to search again",
    "search.finished": "searched for evidence",
    "search.failed": "gave up the search for evidence",
    "evidence.accepted": "accepted a piece of evidence",
    "evidence.rejected": "rejected a piece of evidence",
    "evidence.reconsidered": "took back a decision on a piece of evidence",
    "evidence.added": "added a piece of evidence",
    "verdict.started": "started a verdict",
    "verdict.saved": "changed the draft verdict",
    "verdict.proposed": "proposed the verdict",
    "verdict.recalled": "took the proposal back",
    "verdict.returned": "returned the verdict with a comment",
    "verdict.approved": "approved the verdict",
    "verdict.published": "published the verdict",
    "verdict.corrected": "published a corrected verdict",
    "verdict.withdrawn": "withdrew the verdict",
    "key.issued": "issued a key to a publisher",
    "key.revoked": "revoked a publisher's key",
    "delivery.failed": "gave up telling a publisher",
}
