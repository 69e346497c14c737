"""Who knows a thing, and who only passes on what somebody said.

A passage that repeats the claimant shows that it was said, never that it is
so. Rules over printed words: a speaker's name beside a verb of saying.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sources.copies import share_copied, shingles
from sources.passages import sentences
from sources.stance.words import content_stems
from sources.tellers import Speaker, quoted_parts, significant, speaker, told_by
from sources.wires import behind


class Relation(StrEnum):
    """Whether a passage's source knows what it says by itself."""

    INDEPENDENT = "independent"
    RELAYS_CLAIMANT = "relays_claimant"
    RELAYS_ARTICLE = "relays_article"


@dataclass(frozen=True, slots=True)
class Told:
    """A claim as it was told: by whom, in which article of which outlet.

    ``claimant`` is empty when the article speaks in its own voice;
    ``described_as`` is how the article introduces the claimant.
    ``needs_context`` says that ``text`` is not understood by itself: what
    "them" or "last week" means stands in another sentence; ``is_quote`` that
    the claim is that somebody said it, so that who prints the words shows it.
    ``published_at`` is the article's day, if it is known.
    """

    text: str
    claimant: str = ""
    described_as: str = ""
    needs_context: bool = False
    article: str = ""
    article_url: str = ""
    outlet: str = ""
    published_at: date | None = None
    is_quote: bool = False


COPIED = 0.5
"""Share of a passage's runs of words in the article from which it is a copy of it."""
REWRITTEN = 0.25
"""The same of the shorter of two documents: a rewrite keeps sentences of the original."""
RUNS = 20
"""Runs of words that two documents share at least: what one speaker said is in many."""
MOUTHPIECE = 0.5
"""Share of a document's sentences told by one speaker that makes it theirs."""
AS_NEAR = 0.9
"""Sentences that share so much of what the nearest one shares with the claim are as near."""

_WE = re.compile(r"\b(?:[Ww]e|[Oo]ur|ours|us)\b")  # US is a country
_QUOTED = re.compile(r"„[^“”„\"]*[“”\"]|[“\"][^“”„\"]*[”\"]")


def relation(
    told: Told,
    passage: str,
    *,
    url: str = "",
    outlet: str = "",
    document: str = "",
    published_at: date | None = None,
    deciding: tuple[int, int] | None = None,
) -> Relation:
    """Say whether ``passage`` is independent of whoever made the claim.

    1. The checked article itself, its outlet, a report of the same news agency, a copy of its
       words or a rewrite of it relays it, and so does what quotes its outlet. A document of an
       earlier day is no copy of the article: where they share words, the article copied it,
       unless both are of one outlet. Where they do not, that they are is no sign of anything.
    2. A source published by the claimant, or by somebody the article is about
       who speaks of itself, relays the claimant.
    3. So does a passage in which what decides is told by the claimant, and one in a document
       that mostly tells what the claimant said.
    4. Where the claim is that it was said, nobody relays the claimant, and words that the
       article quotes are no sign of a copy: whoever heard them prints them.

    ``deciding`` is the range of the passage that settles the claim, if that is known; else it
    is the sentence nearest to the claim.

    >>> told = Told("Exports rose by 4%.", claimant="Ministry of Trade")
    >>> relation(told, "The Ministry of Trade said exports rose by 4%.").value
    'relays_claimant'
    >>> relation(told, "Customs records show that exports rose by 4%.").value
    'independent'
    """
    older = bool(published_at and told.published_at and published_at < told.published_at)
    of_one = same_name(outlet, told.outlet)
    if _same(url, told.article_url) or (
        not older and (of_one or _of_one_agency(told, outlet, document))
    ):
        return Relation.RELAYS_ARTICLE
    if (of_one or not older) and _reprints(told, passage, document):
        return Relation.RELAYS_ARTICLE
    decides = _deciding(told.text, passage, deciding)
    if told.outlet and _tells(speaker(told.outlet), decides, passage, document):
        return Relation.RELAYS_ARTICLE
    if not told.claimant or told.is_quote:
        return Relation.INDEPENDENT
    claimant = speaker(told.claimant, told.described_as, texts=(told.article, document))
    claimants_words = (
        _speaks_for(outlet, told.claimant)
        or _employs(outlet, told.described_as)
        or any(_own_account(passage[slice(*span)], outlet, told.article) for span in decides)
        or _tells(claimant, decides, passage, document)
        or _quotes_alike(told, passage, decides)
        or _mostly(document, claimant)
    )
    return Relation.RELAYS_CLAIMANT if claimants_words else Relation.INDEPENDENT


def _of_one_agency(told: Told, outlet: str, document: str) -> bool:
    """Whether the checked article and a document are reports of the same news agency."""
    mine = behind(told.outlet, told.article) if told.article else ""
    return bool(mine) and mine == behind(outlet, document)


def _reprints(told: Told, passage: str, document: str) -> bool:
    """Whether a passage stands in another print of what the checked article prints."""
    if not told.article:
        return False
    article = told.article
    if told.is_quote:
        article, passage, document = (_QUOTED.sub(" ", t) for t in (article, passage, document))
    if share_copied(passage, article) >= COPIED:
        return True
    ours, others = shingles(article), shingles(document)
    shared = len(ours & others)
    return shared >= RUNS and shared / min(len(ours), len(others)) >= REWRITTEN


def _deciding(claim: str, passage: str, known: tuple[int, int] | None) -> list[tuple[int, int]]:
    """The sentences that settle the claim: those of the known range, or the nearest ones."""
    spans = [(span.start, span.end) for span in sentences(passage)]
    if known:
        return [span for span in spans if span[0] < known[1] and known[0] < span[1]]
    wanted = content_stems(claim)
    shared = {span: len(wanted & content_stems(passage[slice(*span)])) for span in spans}
    most = max(shared.values(), default=0)
    return [span for span in spans if most and shared[span] >= AS_NEAR * most]


def _quotes_alike(told: Told, passage: str, decides: Sequence[tuple[int, int]]) -> bool:
    """Whether a passage quotes the words that the article quotes: they were said once."""
    said = _between_marks(told.article, [(0, len(told.article))])
    again = _between_marks(passage, decides)
    return min(share_copied(told.text, said), share_copied(told.text, again)) >= COPIED


def _between_marks(text: str, within: Sequence[tuple[int, int]]) -> str:
    """What a text prints between quotation marks within some ranges."""
    parts, _ = quoted_parts(text)
    return "\n".join(
        text[max(start, opened) : min(end, closed)]
        for start, end in within
        for opened, closed in parts
        if start < closed and opened < end
    )


def _tells(of: Speaker, decides: Sequence[tuple[int, int]], passage: str, document: str) -> bool:
    """Whether a speaker tells any of the deciding sentences.

    Who is meant by "he" may stand before the passage in its document.
    """
    if any(span in decides for span in told_by(passage, of)):
        return True
    at = document.find(passage) if document else -1
    if at < 0:
        return False
    told = told_by(document, of)
    return any(
        start < at + span[1] and at + span[0] < end for span in decides for start, end in told
    )


def _same(one: str, other: str) -> bool:
    return bool(one) and one.rstrip("/") == other.rstrip("/")


def same_name(one: str, other: str) -> bool:
    """Whether two names of outlets or bodies mean the same.

    >>> same_name("The Harbour Times", "harbour times"), same_name("express.co.uk", "Express")
    (True, True)
    >>> same_name("KCNA", "Korean Central News Agency"), same_name("Times", "Harbour Times")
    (True, False)
    """
    mine, yours = significant(one), significant(other)
    if not mine or not yours:
        return False
    return mine == yours or _initials(mine, other) or _initials(yours, one)


def _speaks_for(outlet: str, claimant: str) -> bool:
    """Whether an outlet is the claimant, perhaps named in short.

    >>> _speaks_for("Northford Town Council", "the council"), _speaks_for("Trade Weekly", "Trade")
    (True, False)
    """
    mine, theirs = significant(outlet), significant(claimant)
    short = bool(theirs) and bool(mine) and set(theirs) <= set(mine) and mine[-1] in theirs
    return short or same_name(outlet, claimant)


def _employs(outlet: str, described_as: str) -> bool:
    """Whether the claimant is described by the outlet's name: "head of Acme Dairy".

    >>> _employs("Acme Dairy (news)", "the head of Acme Dairy"), _employs("", "a farmer")
    (True, False)
    """
    words = significant(outlet)
    return len(words) > 1 and set(words) <= set(significant(described_as))


def _own_account(sentence: str, outlet: str, article: str) -> bool:
    """Whether somebody the article is about speaks of itself: "We replaced the pipe."

    >>> _own_account("We replaced the pipe.", "Acme Dairy", "Acme Dairy was shut in May.")
    True
    >>> _own_account("“We replaced it,” a worker said.", "Acme Dairy", "Acme Dairy was shut.")
    False
    """
    named = set(significant(outlet))
    spoken_of = named <= set(re.findall(r"\w+", article.lower())) if named else False
    return spoken_of and bool(_WE.search(_QUOTED.sub(" ", sentence)))


def _initials(words: Sequence[str], acronym: str) -> bool:
    return len(words) > 2 and "".join(word[0] for word in words) == acronym.strip().lower()


def _mostly(document: str, of: Speaker) -> bool:
    total = len(sentences(document)) if document else 0
    return total >= 3 and len(told_by(document, of)) / total >= MOUTHPIECE
