"""See who speaks in the next paragraph, with quotation marks there or without.

Columns and pages without marks often quote so: "Ann Lee sums up the findings:", and
then a paragraph of hers.
"""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import replace
from itertools import groupby, pairwise

from spacy.tokens import Span, Token

from claims.splitting.bearers import bearer_of
from claims.splitting.gender import gender_of
from claims.splitting.grammar import CLAUSAL, FINITE, VERBAL, own_subject, subject_of
from claims.splitting.parties import can_speak
from claims.splitting.results import Attribution
from claims.splitting.saying import Saying
from claims.splitting.spans import is_in_quotation
from claims.splitting.speakers import UNNAMED, Spoken
from claims.splitting.verbs import ASSERTS, SAYS_BY_ITSELF, UTTERANCES

_PRESENTING = frozenset(
    "summarize summarise sum describe consider examine address highlight capture spell detail "
    "list publish release put cite email blog recount relate elaborate point emphasize record "
    "comment reflect lay outline begin go".split()
)
"""Verbs of which a paragraph in somebody's words may be the rest."""
_NOT_ALOUD = frozenset("believe think agree vow pledge promise project forecast ask".split())
_TELLING = (SAYS_BY_ITSELF | _PRESENTING) - _NOT_ALOUD
_PARTICIPLES = frozenset({"writing", "saying", "adding", "stating", "noting", "arguing"})
"""Before a colon the parser may take them for nouns."""
_GIVES = frozenset({"issue", "release", "post", "share"})
_FOLLOWING = re.compile(r"\b(?:issued|released|posted|shared|gave|made) the following statement\b")
_SHOWING = (("saying", "this"), ("here", "'s"), ("here", "is"), ("here", "are"))
"""Pairs of words that only announce what stands behind a colon."""
_LINES = frozenset({"line", "word", "passage", "paragraph", "sentence"})
_HAS = frozenset("detail more story anecdote report account summary take".split())
"""What a paper "has", and then prints."""
_SHOWN = frozenset({"nsubj", "attr", "dobj"})
"""How the parser may take Lee in "Here's Lee on the vote:"."""
_LONGEST_ACRONYM = 4
_PERSONAL = frozenset({"he", "she"})
_OF_SOMEBODY = frozenset({"campaign", "office", "team", "family", "lawyer", "spokesman"})
_SELF = frozenset({"I", "We", "My", "Our"})
_OWN = frozenset({"i", "we", "my", "our"})
_OPENING = 4
"""Words of a sentence among which whoever goes on names himself."""
_SHORTEST = 60
"""Characters of a paragraph in somebody's words."""
_POINTS = ("-", "–", "—", "•", "*", "(", '"', "“", "‘", "'")


def announcement(sentence: Span) -> Saying | None:
    """Return who speaks next in 'The spokeswoman said in a statement:'.

    Nobody known in "it began with the line:".
    """
    verb = sentence.root
    if _breaks_off(sentence):
        return Saying(verb, None, frozenset(), frozenset(), verbal=False)
    points = sentence[-2:].text.lower() == "that:" and verb.lemma_ in ASSERTS | {"point"}
    says = points or verb.lemma_ in SAYS_BY_ITSELF
    if not sentence[-1].text.endswith(":") or not says:
        return None
    source = own_subject(verb)
    clausal = any(t.dep_ in CLAUSAL for t in verb.children)
    shouted = source is not None and source.text.isupper() and len(source) > _LONGEST_ACRONYM
    if source is None or source.lower_ in {"i", "we"} or clausal or shouted:
        return None
    return Saying(verb, source, frozenset(), frozenset())


def in_person(sentence: Span) -> Saying | None:
    """Return who says "I" or "we" without marks in "Lee said, We never sailed."."""
    for verb, comma, first in zip(sentence, sentence[1:], sentence[2:], strict=False):
        says = verb.lemma_ in SAYS_BY_ITSELF and comma.text in {",", ":"}
        if says and first.text in _SELF and not is_in_quotation(first):
            source = subject_of(verb)
            known = source is not None and _is_somebody(bearer_of(source))
            return Saying(verb, source, frozenset(), frozenset()) if known else None
    return None


def going_on(read: Iterable[Spoken]) -> Iterator[Spoken]:
    """Let whoever said "we" without marks go on, as long as the paragraph says "we"."""
    paragraph, speaker = -1, None
    for spoken in read:
        if spoken.sentence.paragraph.start != paragraph:
            paragraph, speaker = spoken.sentence.paragraph.start, None
        free = spoken.quoted is None and not spoken.in_quotation
        own = any(t.lower_ in _OWN for t in spoken.sentence.tokens[:_OPENING])
        goes_on = speaker is not None and free and own and not spoken.sayings
        yield replace(spoken, quoted=speaker, in_quotation=True) if goes_on else spoken
        if not goes_on:
            speaker = spoken.speaks_on if free else None


def _breaks_off(sentence: Span) -> bool:
    """Whether it says nothing without what follows: "it began with the line:", "the cuts were:"."""
    if len(sentence) < 2 or not sentence[-1].text.endswith(":"):
        return False
    words = [t.lower_ for t in sentence]
    shows = any(pair in pairwise(words) for pair in _SHOWING)
    last, single = sentence[-2], sum(t.tag_ in FINITE for t in sentence) == 1
    figures = any(t.like_num for t in sentence)
    lists = last.lemma_ == "be" and last.i == sentence.root.i and not figures
    return lists or shows or (last.lemma_ in _LINES and single)


def introduction(sentence: Span) -> Saying | None:
    """Return who tells what follows the colon that ends the sentence."""
    if not sentence[-1].text.endswith(":"):
        return None
    first = sentence[int(sentence[0].dep_ == "cc" and len(sentence) > 1)]  # "And here is Lee:"
    if first.lower_ == "here" and sentence.root.lemma_ == "be":
        shown = next((t for t in sentence.root.children if t.dep_ in _SHOWN), None)
        named = shown is not None and shown.pos_ == "PROPN" and can_speak(shown)
        if named:
            return Saying(sentence.root, shown, frozenset(), frozenset())
    for verb in reversed(sentence):
        spoken = verb.pos_ in VERBAL or verb.lower_ in _PARTICIPLES
        if not spoken or verb.dep_ in {"amod", "compound"} or not _tells(verb):
            continue
        if is_in_quotation(verb):
            continue
        source, above = subject_of(verb), own_subject(sentence.root)
        if source is None or (source.pos_ == "PRON" and own_subject(verb) is None):
            source = above  # "Lee's office said she left, adding:"
        source = bearer_of(source) if source is not None else None
        if source is None or not _is_somebody(source):
            return None
        refused = any(t.dep_ == "neg" or t.tag_ == "MD" for t in verb.children)
        return None if refused else Saying(verb, source, frozenset(), frozenset())
    return None


def _tells(verb: Token) -> bool:
    has = verb.lemma_ == "have" and any(
        t.dep_ == "dobj" and t.lemma_.lower() in _HAS for t in verb.children
    )
    given = any(t.dep_ == "dobj" and t.lemma_ in UTTERANCES for t in verb.children)
    has = has or (verb.lemma_ in _GIVES and given)
    owned = own_subject(verb) is not None or verb.tag_ == "VBG" or verb.lower_ in _PARTICIPLES
    told = verb.lemma_ in _TELLING or verb.lower_ in _PARTICIPLES
    return has or (told and (owned or verb.dep_ == "conj"))


def _is_somebody(source: Token) -> bool:
    named = source.pos_ == "PROPN" or source.ent_type_ in {"PERSON", "ORG"}
    owned = any(t.dep_ == "poss" and t.pos_ == "PROPN" for t in source.children)
    campaign = source.lemma_ in _OF_SOMEBODY and owned
    return (named and can_speak(source)) or source.lower_ in _PERSONAL or campaign


def passages(read: Sequence[Spoken], apart: Set[int]) -> Iterator[tuple[int, Attribution]]:
    """Yield the start of each paragraph that somebody speaks without marks, and who.

    Of those that the page sets apart as quotations, at the starts in ``apart``, somebody
    unknown speaks where nobody is introduced, with a name or as "the judge".
    """
    grouped = groupby(read, key=lambda spoken: spoken.sentence.paragraph.start)
    speaker: Attribution | None = None
    announced: Attribution | None = None
    behind_apart = False  # what was the speaker's was set apart: the article goes on
    literal = False  # whatever is told of there: it is announced word for word
    for start, group in grouped:
        sentences = list(group)
        if start in apart:
            yield start, speaker or announced or Attribution(UNNAMED, named=False, direct=True)
        elif (
            speaker is not None
            and not behind_apart
            and (literal or _is_passage(sentences, speaker.name))
        ):
            yield start, speaker
        behind_apart = start in apart
        if start not in apart or sentences[-1].introduces is not None:
            speaker = sentences[-1].introduces
            announced = sentences[-1].quoted if sentences[-1].announces else None
        literal = _FOLLOWING.search(sentences[-1].sentence.text) is not None


def _is_passage(spoken: Sequence[Spoken], speaker: str) -> bool:
    """Whether a paragraph behind an introduction may be the speaker's own words.

    Not one with the name of the speaker, or "she" where nobody else was named, or in which
    the speaker is quoted: there the article goes on about the speaker. Points of a list
    are the article's too.
    """
    paragraph = spoken[0].sentence.paragraph.text
    if len(paragraph) < _SHORTEST or paragraph.startswith(_POINTS):
        return False
    last = speaker.rsplit(" ", maxsplit=1)[-1]
    if last in _OF_SOMEBODY:  # "Lee's campaign" speaks of Lee
        return all(a.name != speaker for s in spoken for _, a in s.sayings)
    named = last[:1].isupper()
    if (not named and speaker not in _PERSONAL) or (
        named and last.casefold() in paragraph.casefold()
    ):
        return False
    if any(a.name == speaker for s in spoken for _, a in s.sayings):
        return False
    tokens = (t for s in spoken for t in s.sentence.tokens)
    first = next((t for t in tokens if t.ent_type_ == "PERSON" or t.lower_ in _PERSONAL), None)
    if first is None or first.lower_ not in _PERSONAL:
        return True
    return gender_of(speaker) not in {"", first.lower_}
