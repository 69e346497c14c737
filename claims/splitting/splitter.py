"""Split an article into the claims a fact-checker would mark."""

from collections.abc import Iterator, Sequence
from datetime import date

from claims.splitting import features
from claims.splitting.kinds import kind_of
from claims.splitting.language import MODEL
from claims.splitting.propositions import Proposition, propositions
from claims.splitting.quotations import Quotation, share_quoted
from claims.splitting.reading import read
from claims.splitting.results import FoundClaim, NothingToSplit, Splitting, Target
from claims.splitting.speakers import Spoken
from claims.splitting.wording import worded
from claims.splitting.worthiness import DESK_THRESHOLD, VERSION, check_worthiness, reasons

ENGINE = f"factcheck-splitter 1 ({MODEL}, worthiness {VERSION})"


def split_article(
    text: str, *, title: str = "", outlet: str = "", published_at: date | None = None
) -> Splitting:
    """Return the claims of an article with their exact places in ``text``.

    ``title`` helps to know the headline inside the text, ``outlet`` who speaks
    in the article's own voice, ``published_at`` what "last week" means; each
    may be missing. Raise NothingToSplit when no sentence is found.
    """
    reading = read(text, title)
    if not reading.spoken:
        raise NothingToSplit(
            "There is no sentence in this text. Hand in the words of the article itself."
        )
    return Splitting(
        claims=tuple(
            claim for spoken in reading.spoken for claim in _claims(spoken, reading.quoted, text)
        ),
        dropped=reading.dropped,
        blocks=reading.blocks,
        engine=ENGINE,
    )


def setting_of(spoken: Spoken, quoted: Sequence[Quotation]) -> features.Row:
    """Return how a sentence stands in its article, as the check-worthiness model sees it."""
    attributions = [attribution for _, attribution in spoken.sayings]
    return features.setting(
        quoted=share_quoted(spoken.sentence.start, spoken.sentence.end, quoted),
        said=bool(attributions),
        speaker=spoken.quoted is not None,
        direct=any(a.direct for a in attributions),
        named=any(a.named for a in attributions),
    )


def _claims(spoken: Spoken, quoted: Sequence[Quotation], text: str) -> Iterator[FoundClaim]:
    sentence = spoken.sentence
    worthiness = check_worthiness(sentence.tokens, setting_of(spoken, quoted))
    found = propositions(sentence.tokens, [saying for saying, _ in spoken.sayings])
    for proposition in found:
        yield _claim(proposition, spoken, text, worthiness, alone=len(found) == 1)


def _claim(
    proposition: Proposition, spoken: Spoken, text: str, worthiness: float, *, alone: bool
) -> FoundClaim:
    sentence = spoken.sentence
    start, end = sentence.start, sentence.end
    if not alone:
        start, end = sentence.paragraph.span(
            proposition.tokens[0].idx,
            proposition.tokens[-1].idx + len(proposition.tokens[-1]),
        )
    tokens = frozenset(t.i for t in proposition.tokens)
    attribution = spoken.attribution_of(proposition.head.i, tokens)
    only_said = False
    wording = worded(proposition, sentence)
    labels = frozenset(t.ent_type_ for t in proposition.tokens if t.ent_type_)
    return FoundClaim(
        start=start,
        end=end,
        quote=text[start:end],
        text=wording,
        kind=kind_of(
            wording,
            proposition.head,
            labels,
            checkable=worthiness >= DESK_THRESHOLD,
            only_said=only_said,
        ),
        check_worthiness=round(worthiness, 3),
        reasons=reasons(
            sentence.tokens,
            attributed=attribution is not None,
            direct=attribution is not None and attribution.direct,
        ),
        attribution=attribution,
        target=Target.SAID if only_said else Target.CONTENT,
    )
