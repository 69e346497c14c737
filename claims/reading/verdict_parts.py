"""A verdict part by part, so that whoever decides reads what became of each."""

from collections.abc import Mapping, Sequence
from datetime import date

from claims.actions.gates import WAIVERS
from claims.kinds import OWN_VOICE
from claims.models import Citation, Correction, EvidenceKind, PartyKind, ReplyOutcome, Verdict
from claims.ratings import SCALES
from sources.models import SourceKind

Part = tuple[str, str, str]
"""Name, label and words of one part."""

_CLAIMANTS = {OWN_VOICE: "the article itself"} | {
    str(kind): kind.label.lower() for kind in PartyKind if kind != PartyKind.UNKNOWN
}


def parts(verdict: Verdict, citations: Sequence[Citation]) -> list[Part]:
    """Everything there is to read of a verdict: what its digest is made of.

    All but what its correction says of it.
    """
    return [
        ("claim", "Claim", verdict.claim_text),
        ("claimant", "Claimant", _claimant(verdict)),
        ("said_at", "Said on", _day(verdict.said_at)),
        ("quote", "Quotation", verdict.quote),
        ("article", "First read in", _article(verdict)),
        ("scale", "Rating scale", SCALES[verdict.scale].label),
        ("rating", "Rating", verdict.rating_label),
        ("summary", "In one or two sentences", verdict.summary),
        ("explanation", "Explanation", verdict.explanation),
        ("gaps", "What could not be found", verdict.gaps),
        ("confidence", "How sure", verdict.confidence),
        ("as_of", "True as of", _day(verdict.as_of)),
        ("waiver", "One source only", WAIVERS.get(verdict.waiver, "")),
        ("evidence", "Evidence", "\n".join(map(_citation, citations))),
        ("replies", "Right of reply", "\n".join(map(_reply, verdict.replies))),
        ("elsewhere", "Checked by others", "\n".join(map(_check, verdict.checked_elsewhere))),
    ]


def what_is_cited(citation: Citation) -> str:
    """What sort of thing it is, in words; empty where the public learns nothing of it."""
    if citation.record_kind:
        return str(EvidenceKind(citation.record_kind).label)
    return str(SourceKind(citation.source_kind).label) if citation.source_kind else ""


def note(correction: Correction | None) -> Part:
    """What a correction says of itself; without words where there is none."""
    words = f"{correction.get_kind_display()}: {correction.note}" if correction else ""
    return ("note", "What is corrected, in public", words)


def _claimant(verdict: Verdict) -> str:
    kind = _CLAIMANTS.get(verdict.claimant_kind, "")
    who = _listed(verdict.claimant, verdict.claimant_title)
    return f"{who} ({kind})" if who and kind else who or kind


def _article(verdict: Verdict) -> str:
    return _listed(
        verdict.article_title,
        verdict.article_outlet,
        _day(verdict.article_published_at),
        verdict.article_url,
    )


def _citation(citation: Citation) -> str:
    where = _listed(
        citation.title,
        citation.outlet,
        what_is_cited(citation),
        _day(citation.source_published_at),
        citation.url,
    )
    told = (citation.get_stance_display(), where, citation.excerpt)
    return f"[{citation.number}] {': '.join(filter(None, told))}"


def _reply(reply: Mapping[str, str]) -> str:
    outcome = str(ReplyOutcome(reply["outcome"]).label)
    asked = _listed(reply["asked"], reply["asked_on"]) if reply["asked"] else ""
    came = _listed(outcome, reply["answered_on"])
    return ": ".join(filter(None, (asked, came, reply["answer"])))


def _check(check: Mapping[str, str]) -> str:
    where = _listed(check["title"], check["checked_at"], check["url"])
    return f"{check['outlet']}, “{check['rating']}”: {where}"


def _listed(*words: str | None) -> str:
    return ", ".join(word for word in words if word)


def _day(day: date | None) -> str:
    return f"{day:%-d %B %Y}" if day else ""
