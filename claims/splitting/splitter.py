"""Split an article into the claims a fact-checker would mark."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import takewhile

from spacy.tokens import Span, Token

from claims.kinds import NOT_IN_BODY, Kind, Target
from claims.splitting import features
from claims.splitting.claimants import Claimants
from claims.splitting.dates import dates_in
from claims.splitting.first_person import addresses, in_third_person, quotes_another, speaks
from claims.splitting.grammar import FINITE, VERBAL, is_finite
from claims.splitting.headlines import body_says
from claims.splitting.kinds import is_only_said, kind_of
from claims.splitting.language import MODEL
from claims.splitting.leaning import Leaning
from claims.splitting.occasions import Occasions
from claims.splitting.proposition import Proposition
from claims.splitting.propositions import propositions
from claims.splitting.quotations import Quotation, share_quoted
from claims.splitting.reading import Reading, read
from claims.splitting.reference import Referents
from claims.splitting.results import (
    Attribution,
    Dropped,
    FoundClaim,
    NothingToSplit,
    Splitting,
)
from claims.splitting.saying import Saying
from claims.splitting.sentences import Sentence
from claims.splitting.speakers import UNNAMED, Spoken
from claims.splitting.surroundings import Surroundings
from claims.splitting.whole_sentences import split_whole_sentences
from claims.splitting.wording import RELATIVE_DATE, as_said, tidy, worded
from claims.splitting.worthiness import DESK_THRESHOLD, VERSION, check_worthiness, reasons

_TIMES = frozenset({"DATE", "TIME"})
_AHEAD_OF = frozenset({"to", "before", "for", "until", "ahead"})
_SHORTEST_CAPTION = 4
"""Words."""
_BESIDE = 5
"""Tokens of a sentence beside its claim that tell nothing more: ", said Lee on Friday."."""
_FEARING = frozenset("fear fears feared worry worries worried hope hopes hoped".split())
"""Nothing is asserted with them."""
ENGINE = f"factcheck-splitter 20 ({MODEL}, worthiness {VERSION})"


def split_article(
    text: str,
    *,
    title: str = "",
    outlet: str = "",
    published_at: date | None = None,
    language: str = "en",
    apart: Sequence[tuple[int, int]] = (),
) -> Splitting:
    """Return the claims of an article with their exact places in ``text``.

    ``title`` helps to know the headline inside the text, ``outlet`` who speaks
    in the article's own voice, ``published_at`` what "last week" means; each
    may be missing. ``apart`` are the ranges that the page sets apart as quotations:
    somebody else speaks there. A ``language`` other than English gives whole sentences and
    no guesses. Raise NothingToSplit when no sentence is found.
    """
    if language.partition("-")[0] != "en":
        return split_whole_sentences(text, title=title, language=language.partition("-")[0])
    reading = read(text, title, apart)
    if not reading.spoken:
        raise NothingToSplit(
            "There is no sentence in this text. Hand in the words of the article itself."
        )
    referents = Referents(reading.spoken, reading.cast, title)
    leaning = Leaning(reading.spoken, reading.cast, title)
    article = _Article(
        text,
        outlet,
        published_at,
        reading,
        referents,
        leaning,
        Surroundings(text, reading),
        Claimants(reading.spoken, reading.cast),
        Occasions(reading.spoken, published_at),
    )
    return Splitting(
        claims=tuple(
            sorted(
                (
                    *(c for number in range(len(reading.spoken)) for c in _claims(number, article)),
                    *_image_claims(text, reading.captions),
                ),
                key=lambda claim: claim.start,
            )
        ),
        dropped=reading.left_out,
        blocks=reading.blocks,
        engine=ENGINE,
        sentences=tuple(
            (spoken.sentence.start, spoken.sentence.end)
            for spoken in reading.spoken
            if not reading.why_unstated(spoken)
        ),
    )


@dataclass(frozen=True)
class _Article:
    text: str
    outlet: str
    published_at: date | None
    reading: Reading
    referents: Referents
    leaning: Leaning
    surroundings: Surroundings
    claimants: Claimants
    occasions: Occasions

    @cached_property
    def body(self) -> list[Span]:
        """The sentences outside the headline."""
        spoken = self.reading.spoken
        return [s.sentence.tokens for s in spoken if not self.reading.is_headline(s.sentence)]

    def flags(self, sentence: Sentence) -> tuple[str, ...]:
        """What a reader must know of a headline that its article does not bear out."""
        if not self.reading.is_headline(sentence) or body_says(sentence.tokens, self.body):
            return ()
        return (NOT_IN_BODY,)

    def is_own_voice(self, attribution: Attribution | None) -> bool:
        """Whether the outlet itself speaks; its own poll or report is a source all the same."""
        return attribution is None or (
            attribution.name.casefold() == self.outlet.casefold() and not attribution.described_as
        )

    def speaker_of(self, spoken: Spoken, attribution: Attribution | None) -> str:
        """Who "I" is in a sentence, when it is quoted from a person with a full name."""
        direct = attribution is not None and (attribution.direct or spoken.in_quotation)
        if attribution is None or not direct or not attribution.named:
            return ""
        return attribution.name if self.reading.cast.is_person(attribution.name) else ""

    def dates_in(
        self, wording: str, proposition: Proposition, *, quoted: bool
    ) -> tuple[tuple[str, str], ...]:
        """What its relative dates mean; a quotation may be older than the article."""
        if self.published_at is None or quoted:
            return ()
        days = [t for t in proposition.tokens if t.tag_ == "NNP" and t.ent_type_ in _TIMES]
        verbs = {above.i: above for day in days if (above := _verb_above(day)) is not None}
        told = [proposition.head, *verbs.values()]
        past = all(any(t.tag_ == "VBD" for t in (v, *v.children)) for v in told)
        past = past and not any(_is_described_day(t) or _is_before_it(t) for t in days)
        return tuple(dates_in(wording, self.published_at, past=past))


def _verb_above(day: Token) -> Token | None:
    """The finite verb that happens on the day: "voted before polls open Tuesday"."""
    return next((t for t in day.ancestors if t.pos_ in VERBAL and is_finite(t)), None)


def _is_before_it(day: Token) -> bool:
    """Whether it was told when the day lay ahead: "dared him to a debate on Saturday"."""
    verb = _verb_above(day)
    below = takewhile(lambda t: t != verb, day.ancestors)
    return any(t.lower_ in _AHEAD_OF for t in below)


def _is_described_day(token: Token) -> bool:
    """Whether it is "a hot Saturday", a "Sunday talk show" or "Tuesday's vote": it may be any."""
    if not token.i:
        return False
    if any(t.dep_ == "case" for t in token.children):
        return True
    modifies = token.dep_ in {"compound", "nmod"} and token.head.ent_type_ not in _TIMES
    ends = token.i + 1 < len(token.doc) and token.nbor().text == '"'
    modifies = modifies or (ends and token.nbor(-1).pos_ == "PROPN")  # "Fox News Sunday"
    return modifies or token.nbor(-1).pos_ in {"DET", "ADJ"}


def _tells_who_says_it(
    tokens: frozenset[int], spoken: Spoken, attribution: Attribution | None
) -> bool:
    """Whether the words of saying were left in, as in 'Lee hit back, saying: "P"'."""
    return attribution is not None and any(
        a.name == attribution.name
        and s.source is not None
        and s.source.pos_ != "PRON"
        and {s.verb.i, s.source.i} <= tokens
        for s, a in spoken.sayings
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


def _claims(number: int, article: _Article) -> Iterator[FoundClaim]:
    spoken = article.reading.spoken[number]
    if article.reading.why_unstated(spoken):
        return
    sentence = spoken.sentence
    worthiness = check_worthiness(sentence.tokens, setting_of(spoken, article.reading.quoted))
    found = propositions(sentence.tokens, spoken.detached)
    for proposition in found:
        tokens = frozenset(t.i for t in proposition.tokens)
        saying, attribution = spoken.saying_of(proposition.head.i, tokens)
        itself = saying is not None and saying.verb.i == proposition.head.i
        in_passing = not itself and _is_told_in_passing(proposition, attribution)
        if (
            article.is_own_voice(attribution)
            or in_passing
            or _tells_who_speaks(proposition, [s for s, _ in spoken.sayings])
        ):
            attribution = None
        resolved = article.referents.resolve(
            number, proposition, attribution.name if attribution else ""
        )
        start, end = sentence.start, sentence.end
        if len(found) > 1:
            start, end = _span(sentence, tokens, saying)
        speaker = article.speaker_of(spoken, attribution)
        if saying is not None and quotes_another(proposition, saying.verb):
            speaker = ""
        whole = saying is not None and saying.verb.i in tokens
        whole = whole or _tells_who_says_it(tokens, spoken, attribution)
        in_person = in_third_person(proposition, speaker) if speaker and not whole else None
        bare = worded(proposition, sentence, resolved.names | (in_person or {}))
        as_told = attribution is not None and (
            (in_person is None and speaks(proposition))
            or (attribution.direct and addresses(proposition))
            or (attribution.named and resolved.open_person)
            or attribution.verb in _FEARING
        )
        only_said = attribution is not None and (
            is_only_said(bare, proposition.head, attribution)
            or (attribution.direct and not any(t.tag_ in FINITE for t in proposition.tokens))
        )
        if in_person and (as_told or only_said):
            bare = worded(proposition, sentence, resolved.names)  # "Lee said: I never saw you"
        somebody = number > 0 and _is_somebody(attribution)
        told = article.leaning.on(number, proposition, attribution)
        leans = resolved.open_words or somebody or told is not None
        quoted = spoken.in_quotation or (attribution is not None and attribution.direct)
        undated = (quoted or article.published_at is None) and bool(RELATIVE_DATE.search(bare))
        yield FoundClaim(
            start=start,
            end=end,
            quote=article.text[start:end],
            text=as_said(bare, attribution, sentence.text)
            if attribution and (only_said or as_told) and not whole
            else bare,
            kind=kind_of(
                bare,
                proposition.head,
                frozenset(t.ent_type_ for t in proposition.tokens),
                checkable=worthiness >= DESK_THRESHOLD,
                only_said=only_said,
                attributed=attribution is not None,
            ),
            check_worthiness=round(worthiness, 3),
            reasons=(
                *article.flags(sentence),
                *reasons(
                    sentence.tokens,
                    attributed=attribution is not None,
                    direct=attribution is not None and attribution.direct,
                ),
            ),
            needs_context=leans or undated,
            surroundings=article.surroundings.of(
                number,
                [*resolved.leans_on, *([told] if told else [])],
                part=len(sentence.tokens) - len(tokens) > _BESIDE,
            ),
            attribution=article.claimants.with_kind(attribution),
            days_before=article.occasions.days_before(number, attribution),
            dates=article.dates_in(bare, proposition, quoted=quoted),
            target=Target.SAID if only_said else Target.BOTH if attribution else Target.CONTENT,
        )


def _is_somebody(attribution: Attribution | None) -> bool:
    """Whether words are quoted of which nobody knows whose they are."""
    return attribution is not None and attribution.direct and attribution.name == UNNAMED


def _tells_who_speaks(proposition: Proposition, sayings: Sequence[Saying]) -> bool:
    """Whether it is told of the speaker beside what is said: ", said Lee, who has two sons"."""
    if proposition.head.dep_ != "relcl":
        return False
    told_of = {t.i for tokens in proposition.replaced.values() for t in tokens}
    sources = (s.source.i for s in sayings if s.source and s.source.i not in s.content)
    return not told_of.isdisjoint(sources)


def _is_told_in_passing(proposition: Proposition, attribution: Attribution | None) -> bool:
    """Whether the writer explains what somebody says: "Lee said Holm, who is 40, left"."""
    indirect = attribution is not None and not attribution.direct
    return indirect and proposition.head.dep_ == "relcl" and bool(proposition.replaced)


def _image_claims(text: str, captions: Iterable[Dropped]) -> Iterator[FoundClaim]:
    """What captions say of pictures: kept at their place, for whoever wants to check one."""
    for caption in captions:
        words = text[caption.start : caption.end]
        if len(words.split()) >= _SHORTEST_CAPTION:
            yield FoundClaim(
                start=caption.start,
                end=caption.end,
                quote=words,
                text=tidy(words),
                kind=Kind.IMAGE,
                check_worthiness=0.0,
            )


def _span(sentence: Sentence, tokens: frozenset[int], saying: Saying | None) -> tuple[int, int]:
    """The clause as printed; with its attribution when it is the first that is said."""
    doc = sentence.tokens.doc
    if saying is not None and saying.content and min(saying.content) in tokens:
        tokens |= saying.frame
    first, last = doc[min(tokens)], doc[max(tokens)]
    return sentence.paragraph.span(first.idx, last.idx + len(last))
