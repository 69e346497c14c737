"""One article's claims and evidence as a terminal or a script reads them."""

from collections.abc import Iterable, Iterator, Sequence
from textwrap import TextWrapper, fill, indent
from typing import Any

from claims.models import Appearance, ArticleVersion, Claim, Evidence, Search
from claims.ordering import in_order
from claims.reading.beside import Beside, beside, quotations_of, words_of
from claims.reading.evidence import by_side
from claims.states import EvidenceState
from sources.quotes import Part
from sources.relays import Relation

WIDTH = 80  # columns
PER_SIDE = 2
"""Passages printed for each side; JSON has them all."""

RELAYS = {
    Relation.RELAYS_CLAIMANT: "relays the claimant: shows that it was said",
    Relation.RELAYS_ARTICLE: "relays the checked article",
}

MARKS = {Part.SAME: "{}", Part.LEFT_OUT: "[-{}-]", Part.PUT_IN: "{{+{}+}}", Part.JOINED: "/"}


def appearances_of(version: ArticleVersion) -> list[Appearance]:
    """A version's claims in their order, with all that is printed of them.

    Not those that people split or merged: others stand for them.
    """
    places = list(
        Appearance.objects.filter(version=version, start__isnull=False)
        .exclude(claim__in=Claim.objects.replaced().filter(article=version.article_id))
        .select_related("claim__claimant", "version")
        .prefetch_related("attributions")
        .order_by("start", "end", "pk")
    )
    in_the_text = list(dict.fromkeys(place.claim_id for place in places))
    ordered = in_order(in_the_text, version.article.claim_order)
    rank = {key: number for number, key in enumerate(ordered)}
    return sorted(places, key=lambda place: rank[place.claim_id])


def evidence_for(claim_ids: Iterable[int]) -> dict[int, list[Evidence]]:
    """The passages beside each claim, without those a person rejected."""
    found: dict[int, list[Evidence]] = {claim_id: [] for claim_id in claim_ids}
    for evidence in (
        Evidence.objects.filter(claim__in=found, passage__isnull=False)
        .exclude(state=EvidenceState.REJECTED)
        .select_related("source__outlet", "passage")
        .order_by("-shown", "-confidence", "pk")
    ):
        found[evidence.claim_id].append(evidence)
    return found


def article_json(version: ArticleVersion) -> dict[str, Any]:
    """What is said of the article itself."""
    return {
        "title": version.title,
        "text": version.text,
        "outlet": version.outlet,
        "published_at": version.published_at.isoformat() if version.published_at else None,
    }


def claim_json(appearance: Appearance, evidence: Sequence[Evidence]) -> dict[str, Any]:
    """A claim where it stands: ``article.text[start:end] == quote``.

    ``made_by`` and ``worded_by`` are there where that was a person; all else
    is the machine's. Evidence has the claim's figures and the article's
    quotations beside its own words.
    """
    claim, quotations = appearance.claim, quotations_of(appearance)
    people = {"made_by": claim.added_by_id, "worded_by": claim.worded_by_id}
    return {
        "start": appearance.start,
        "end": appearance.end,
        "quote": appearance.quote,
        "text": claim.text,
        **{what: "person" for what, person in people.items() if person},
        "kind": claim.kind,
        "desk": claim.desk,
        "claimant": claim.claimant.name if claim.claimant else "",
        "check_worthiness": _rounded(claim.score),
        "reasons": claim.signs,
        "needs_context": claim.needs_context,
        "read_with": claim.read_with,
        "evidence": [
            _evidence_json(piece) | beside(claim.text, quotations, words_of(piece)).as_json()
            for piece in evidence
        ],
    }


def _rounded(probability: float | None) -> float | None:
    return None if probability is None else round(probability, 3)


def _evidence_json(evidence: Evidence) -> dict[str, Any]:
    passage, source = evidence.cited
    return {
        "stance": evidence.stance or evidence.machine_stance,
        "confidence": round(evidence.confidence or 0, 3),
        "shown": evidence.shown,
        "relation": evidence.relation,
        "passage": passage.text,
        "rationale": rationale(evidence),
        "source": {
            "title": source.title,
            "url": source.url,
            "outlet": source.outlet.name,
            "published_at": source.published_at.isoformat() if source.published_at else None,
        },
    }


def rationale(evidence: Evidence) -> str:
    """The words of the passage that decided, exactly as they stand there."""
    if evidence.rationale_start is None or evidence.rationale_end is None:
        return ""
    return evidence.cited[0].text[evidence.rationale_start : evidence.rationale_end]


def claim_text(
    number: int, appearance: Appearance, evidence: Sequence[Evidence], search: Search | None
) -> str:
    """A claim and its best passages in WIDTH columns; ``>…<`` marks the rationale."""
    claim = appearance.claim
    says = f" · {claim.claimant} says" if claim.claimant else ""
    score = "" if claim.score is None else f" · check-worthiness {claim.score:.2f}"
    about = f"{claim.kind}{says}{score}"
    lines = [
        f"{number}. {'sentence' if claim.check_worthiness is None else about}",
        fill(claim.text, WIDTH, initial_indent="   ", subsequent_indent="   "),
    ]
    if claim.added_by_id:
        lines.append("   (marked or split off by a person)")
    elif claim.worded_by_id:
        lines.append("   (worded by a person)")
    if claim.needs_context and claim.read_with:
        told = f"read with: {' '.join(claim.read_with.split())}"
        lines.append(fill(told, WIDTH, initial_indent="   ", subsequent_indent="   "))
    elif claim.needs_context:
        lines.append("   (needs the sentences around it to be understood)")
    sides, quotations = by_side(evidence), quotations_of(appearance)
    for word, pieces in (("supports", sides.supporting), ("contradicts", sides.contradicting)):
        lines += [
            _side(word, piece, beside(claim.text, quotations, words_of(piece)))
            for piece in pieces[:PER_SIDE]
        ]
    relays = [piece for piece in evidence if piece.relation != Relation.INDEPENDENT]
    lines += [
        fill(
            f"~ {piece.cited[1].outlet} {RELAYS[Relation(piece.relation)]}",
            WIDTH,
            initial_indent="   ",
            subsequent_indent="     ",
        )
        for piece in relays[:PER_SIDE]
    ]
    if not sides.supporting and not sides.contradicting:
        lines.append(f"   {_nothing(claim.desk, search)}")
    return "\n".join(lines) + "\n"


def _side(word: str, evidence: Evidence, found: Beside) -> str:
    _, source = evidence.cited
    day = f", {source.published_at:%-d %B %Y}" if source.published_at else ""
    head = f"{'+' if word == 'supports' else '-'} {word} {evidence.confidence or 0:.2f}"
    body = TextWrapper(WIDTH - 5).fill(_marked(evidence))
    return "\n".join(
        (
            fill(
                f"   {head} · {source.outlet}{day}: {source.title}",
                WIDTH,
                subsequent_indent="     ",
            ),
            indent(body, "     "),
            *_compared(found),
            f"     {source.url or ''}".rstrip(),
        )
    ).rstrip()


def _compared(found: Beside) -> Iterator[str]:
    """Figures and quotations; ``[-…-]`` is the passage's alone, ``{+…+}`` the article's."""
    lines = [f"{row.words}: claim {row.claimed} · passage {row.found}" for row in found.figures] + [
        f"quotation {row.words}: "
        + " ".join(MARKS[piece.part].format(piece.words) for piece in row.pieces)
        + "".join(f" · {warning}: “{words}”" for warning, words in row.warnings)
        for row in found.quotations
    ]
    for line in lines:
        yield fill(f"= {line}", WIDTH, initial_indent="     ", subsequent_indent="       ")


def _marked(evidence: Evidence) -> str:
    text = " ".join(evidence.cited[0].text.split())
    words = " ".join(rationale(evidence).split())
    return text.replace(words, f">{words}<", 1) if words else text


def _nothing(desk: bool, search: Search | None) -> str:
    if not desk:
        return "Not searched: an opinion, a prediction or an image."
    if search is None or search.finished_at is None:
        return (
            f"Not searched yet{': ' + search.last_error if search and search.last_error else ''}."
        )
    if not search.passages_read:
        return "The library has nothing on this; add documents with ./dev manage add_documents."
    return f"Nothing settles it: {search.passages_read} passages read."
