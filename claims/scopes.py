"""What a publisher's key may do: each scope, in the words its holder reads."""

from enum import StrEnum


class Scope(StrEnum):
    """One permission of a key; a key holds as many as its work needs."""

    SUBMISSIONS_WRITE = "submissions:write"
    SUBMISSIONS_READ = "submissions:read"
    CLAIMS_READ = "claims:read"
    EVIDENCE_SUGGESTED = "evidence:suggested"
    VERDICTS_READ = "verdicts:read"
    MATCH = "match"


MEANINGS: dict[Scope, str] = {
    Scope.SUBMISSIONS_WRITE: "Hand in articles",
    Scope.SUBMISSIONS_READ: "Follow what was handed in",
    Scope.CLAIMS_READ: "Read the claims of own articles and their accepted evidence",
    Scope.EVIDENCE_SUGGESTED: "Also read evidence that nobody has reviewed yet",
    Scope.VERDICTS_READ: "Read published verdicts",
    Scope.MATCH: "Ask which published verdicts are about a text",
}
