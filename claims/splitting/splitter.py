"""Split an article into the claims a fact-checker would mark."""

from collections.abc import Iterator, Sequence
from datetime import date

from spacy.tokens import Doc

from claims.splitting import blocks, noise
from claims.splitting.attribution import Attributor, Spoken
from claims.splitting.cast import Cast
from claims.splitting.kinds import kind_of
from claims.splitting.language import MODEL, parsed
from claims.splitting.paragraphs import Paragraph
from claims.splitting.propositions import Proposition, has_finite_verb, propositions
from claims.splitting.quotations import quotations
from claims.splitting.results import (
    Attribution,
    Dropped,
    FoundClaim,
    NothingToSplit,
    Placement,
    Splitting,
    Target,
)
from claims.splitting.sentences import Sentence, sentences
from claims.splitting.wording import worded
from claims.splitting.worthiness import DESK_THRESHOLD, VERSION, check_worthiness, reasons

ENGINE = f"factcheck-splitter 1 ({MODEL}, worthiness {VERSION})"

_LONGEST_CAPTION_WORDS = 30
_LONGEST_SIGNATURE_WORDS = 8


def split_article(
    text: str, *, title: str = "", outlet: str = "", published_at: date | None = None
) -> Splitting:
    """Return the claims of an article with their exact places in ``text``.

    ``title`` helps to know the headline inside the text, ``outlet`` who speaks
    in the article's own voice, ``published_at`` what "last week" means; each
    may be missing. Raise NothingToSplit when no sentence is found.
    """
    laid, dropped = blocks.lay_out(text, title)
    prose = [entry for entry in laid if not entry.why]
    read = [
        (entry.paragraph, doc)
        for entry, doc in zip(prose, parsed(e.paragraph.text for e in prose), strict=True)
    ]
    captions = {p.start for p, doc in read if _is_caption(p, doc, laid)}
    laid = [blocks.as_caption(e) if e.paragraph.start in captions else e for e in laid]
    read = [(p, doc) for p, doc in read if p.start not in captions]
    dropped += [Dropped(e.paragraph.start, e.paragraph.end, e.why) for e in laid if e.why]
    headlines = {e.paragraph.start for e in laid if e.placement is Placement.HEADLINE}

    kept, signatures = [], {}
    for sentence in sentences(read):
        why = _why_no_statement(sentence, headlines)
        if why == noise.SOURCE:
            signatures[sentence.start] = sentence
        if why:
            dropped.append(Dropped(sentence.start, sentence.end, why))
        else:
            kept.append(sentence)
    if not kept:
        raise NothingToSplit(
            "There is no sentence in this text. Hand in the words of the article itself."
        )
    quoted = quotations(p for p, _ in read)
    spoken = Attributor(Cast(read), quoted, {}).attribute(kept)
    claims = [claim for entry in spoken for claim in _claims(entry, text)]
    return Splitting(
        claims=tuple(claims),
        dropped=tuple(sorted(dropped, key=lambda d: (d.start, d.end))),
        blocks=blocks.blocks_of(laid),
        engine=ENGINE,
    )


def _is_caption(paragraph: Paragraph, doc: Doc, laid: Sequence[blocks.Laid]) -> bool:
    """A short paragraph without a finite verb, that is not a heading of the text itself."""
    if len(doc) > _LONGEST_CAPTION_WORDS or has_finite_verb(doc[:]):
        return False
    return not any(
        e.paragraph.start == paragraph.start and e.placement is Placement.HEADLINE for e in laid
    )


def _why_no_statement(sentence: Sentence, headlines: set[int]) -> str:
    if sentence.paragraph.start in headlines:
        return ""
    if why := noise.why_noise(sentence.text):
        return why
    if sentence.text.rstrip("\"'”’) ").endswith("?"):
        return "question"
    if not has_finite_verb(sentence.tokens):
        return "no statement"
    return ""


def _claims(spoken: Spoken, text: str) -> Iterator[FoundClaim]:
    sentence = spoken.sentence
    worthiness = check_worthiness(sentence.tokens)
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
    attribution = _attribution(proposition, spoken)
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


def _attribution(proposition: Proposition, spoken: Spoken) -> Attribution | None:
    inner = spoken.innermost(proposition.head.i)
    if inner is not None:
        return inner[1]
    return spoken.quoted or spoken.reported
