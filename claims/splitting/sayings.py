"""Find in one sentence who is said to say what."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Span, Token

from claims.kinds import Role
from claims.splitting import verbs
from claims.splitting.grammar import (
    CLAUSAL,
    FINITE,
    SUBJECTS,
    VERBAL,
    has_auxiliary,
    is_finite,
    own_subject,
    positions,
    subject_of,
    subtree,
)
from claims.splitting.tails import tails

_UNREAL = frozenset({"would", "could", "should", "might", "may", "will", "'d", "ca", "must"})
_AHEAD = frozenset({"will", "would", "'ll", "shall", "to"})
_QUESTIONING = frozenset({"why", "how", "whether"})
_BINDING = frozenset("because if when since unless until before after whether".split())
_LONGEST_ACRONYM = 4
_REACH = 12
"""Tokens between a verb and its "that": "wrote in a letter to the board that"."""


@dataclass(frozen=True, slots=True)
class Saying:
    """One act of saying in a sentence.

    ``source`` is the head of the phrase that names who says it (None: "it is
    reported"), ``frame`` the tokens that only attribute, ``content`` the
    tokens of what is said; both are sets of token positions in the paragraph.
    ``detachable`` says that a whole sentence is left when the frame goes.
    """

    verb: Token
    source: Token | None
    frame: frozenset[int]
    content: frozenset[int]
    role: Role = Role.ASSERTS
    hedged: bool = False
    detachable: bool = True


def sayings(sentence: Span) -> list[Saying]:
    """Return the sayings of a sentence, the outermost first."""
    whole = positions(sentence)
    found = {
        tail.verb.i: Saying(
            tail.verb, tail.source, tail.frame, whole - tail.frame, hedged=is_hedged(tail.verb)
        )
        for tail in tails(sentence)
        if any(t.tag_ in FINITE for t in sentence if t.i not in tail.frame)
    }
    for token in sentence:
        for finder in (_with_content, _according_to, _document, _in_document):
            for saying in finder(token, sentence):
                found.setdefault(saying.verb.i, saying)
    ordered = sorted(found.values(), key=lambda saying: -len(saying.content))
    bare = [replace(s, content=s.content - _other_frames(s, ordered)) for s in ordered]
    # '"P," X said, according to Y': both hold P alone, and Y relays.
    return sorted(bare, key=lambda s: (-len(s.content), s.verb.lower_ != "according"))


def announcement(sentence: Span) -> Saying | None:
    """Return who speaks next in 'The spokeswoman said in a statement:'."""
    verb = sentence.root
    if sentence[-1].text != ":" or verb.lemma_ not in verbs.SAYS_BY_ITSELF:
        return None
    source = own_subject(verb)
    clausal = any(t.dep_ in CLAUSAL for t in verb.children)
    shouted = source is not None and source.text.isupper() and len(source) > _LONGEST_ACRONYM
    if source is None or source.lower_ in {"i", "we"} or clausal or shouted:
        return None
    return Saying(verb, source, frozenset(), frozenset())


def cited_by(saying: Saying, sentence: Span) -> Token | None:
    """Return whom a reporter relays: "the Herald reported, citing two officials"."""
    if saying.verb.lemma_ not in {"report", "say", "write"}:
        return None
    for token in saying.verb.doc[saying.verb.i + 1 : sentence.end]:
        if token.lower_ in {"citing", "quoting"} and token.i in saying.frame:
            chunks = (c.root for c in sentence.noun_chunks if c.start == token.i + 1)
            source = next(chunks, None)
            return None if source is None or is_document(source) else source
    return None


def is_document(source: Token) -> bool:
    """Whether the source is a poll, a report, figures: something that speaks for its makers."""
    return source.lemma_.lower() in verbs.DOCUMENTS


def is_hedged(verb: Token) -> bool:
    """Whether the saying itself is in doubt: "reportedly said", "it's likely they have said"."""
    above = verb.head if verb.dep_ in {"ccomp", "xcomp"} else verb
    return any(child.lower_ in verbs.HEDGES for t in (verb, above) for child in t.children)


def _other_frames(saying: Saying, all_sayings: list[Saying]) -> frozenset[int]:
    frames = [s.frame for s in all_sayings if s.detachable and s.verb.i != saying.verb.i]
    return frozenset().union(*frames)


def _with_content(verb: Token, sentence: Span) -> Iterator[Saying]:
    """'X said that P', '"P", said X', 'saying P' after the main verb."""
    if verb.pos_ not in VERBAL or not _asserts(verb):
        return
    content = _content_of(verb, sentence)
    found, source = _source_of(verb)
    if not content or not found or (source is not None and source.i in content):
        return
    if verb.lemma_ in verbs.ACTS and _looks_ahead(verb, content):
        return
    frame = (subtree(verb) - content - _joined(verb)) & positions(sentence)
    if verb.dep_ == "conj" and source is not None and source.i not in frame:
        frame |= frozenset(t.i for t in verb.head.children if t.dep_ == "cc")
    if _opens_behind_colon(content, verb):
        frame |= frozenset(range(sentence.start, min(content)))
    elif verb.dep_ == "advcl":
        frame = frozenset(i for i in frame if i > verb.i - 2)
    role = Role.DENIES if verb.lemma_ in verbs.DENIES else Role.ASSERTS
    bound = _is_bound(verb) or role is Role.DENIES
    inseparable = bound or _is_share(source) or _counts(source, frame)
    whole = _states_something(verb, content) and not inseparable
    yield Saying(verb, source, frame, content, role, is_hedged(verb), detachable=whole)


def _opens_behind_colon(content: frozenset[int], verb: Token) -> bool:
    """Whether it is 'X answered the critics by saying: "P"': all before only attributes."""
    first = verb.doc[min(content)]
    return first.i > verb.i and any(t.text == ":" for t in verb.doc[verb.i : first.i])


def _states_something(verb: Token, content: frozenset[int]) -> bool:
    """Whether what is said is a sentence when nothing stands before it.

    "Asked why P", "shows how P" and "shows the race tightening" are not.
    """
    words = [verb.doc[i] for i in sorted(content) if not verb.doc[i].is_punct]
    return (
        bool(words)
        and words[0].lower_ not in _QUESTIONING
        and not (verb.lemma_ == "ask" and words[0].lower_ == "if")
        and (
            verb.doc[words[0].i - 1].lower_ == "that"
            or any(is_finite(word) for word in words if word.pos_ in VERBAL)
        )
    )


def _is_bound(verb: Token) -> bool:
    """Whether the saying is part of another statement: "seemed to say", "because they said"."""
    marks = {t.lower_ for t in verb.children if t.dep_ == "mark"}
    return verb.dep_ == "xcomp" or (verb.dep_ == "advcl" and bool(marks & _BINDING))


def _counts(source: Token | None, frame: frozenset[int]) -> bool:
    """Whether figures stand with a group that says it: "by 63% to 31%, adults say"."""
    if source is None or source.ent_type_ in {"PERSON", "ORG"}:
        return False
    tokens = [source.doc[i] for i in frame]
    return any(t.text[:1].isdigit() and t.ent_type_ not in {"DATE", "TIME"} for t in tokens)


def _is_share(source: Token | None) -> bool:
    """Whether it is "45 percent of voters": their number is part of what is told."""
    return source is not None and any(t.like_num or t.text == "%" for t in source.subtree)


def _asserts(verb: Token) -> bool:
    """Whether the verb says something here, and does not merely tell which people are meant.

    "Students who said they were robbed" and "with 40 percent saying yes" attribute
    nothing; "which the bank says is enough" does. Nor does "would say".
    """
    if verb.lemma_ not in verbs.ASSERTS | verbs.DENIES or verb.dep_ == "acl":
        return False
    subject = own_subject(verb)
    if verb.dep_ == "relcl" and (subject is None or subject.ent_type_ not in {"ORG", "PERSON"}):
        return False
    bare = verb.tag_ == "VBG" and not has_auxiliary(verb)
    if bare and (subject is not None or verb.lemma_ in verbs.THINKS):
        return False
    denied = any(t.dep_ == "neg" for t in verb.children) and verb.lemma_ not in verbs.DENIES
    return not denied and not any(t.dep_ == "aux" and t.lower_ in _UNREAL for t in verb.children)


def _source_of(verb: Token) -> tuple[bool, Token | None]:
    """Return whether anybody says it, and who; nobody named for "it is reported"."""
    subject = subject_of(verb)
    passive = any(child.dep_ in {"auxpass", "nsubjpass"} for child in verb.children)
    if subject is not None and subject.lower_ == "it":
        agent = next((t for t in verb.children if t.dep_ == "agent"), None)
        by = next((t for t in agent.children if t.dep_ == "pobj"), None) if agent else None
        return passive or by is not None, by
    if subject is None or passive:
        return False, None
    return verb.lemma_ not in verbs.SIGNS or _can_speak(subject), subject


def _can_speak(source: Token) -> bool:
    """Whether the source is somebody, or a document, rather than a fact that indicates another."""
    return (
        is_document(source)
        or source.pos_ in {"PROPN", "PRON"}
        or source.ent_type_ in {"PERSON", "ORG"}
    )


def _content_of(verb: Token, sentence: Span) -> frozenset[int]:
    """What is said: the clause below the verb, with all that the parser tore off it."""
    heads = [c for c in verb.children if c.dep_ in CLAUSAL and c.pos_ in VERBAL | {"ADJ"}]
    right = [c for c in heads if c.i > verb.i]
    if heads and not right:
        return frozenset().union(*(subtree(c) for c in heads))
    that = _that(verb, min((c.i for c in right), default=min(verb.i + _REACH, sentence.end)))
    if right:
        start = that.i + 1 if that is not None else min(min(subtree(c)) for c in right)
        whole = subtree(verb)
    elif that is not None and verb.lemma_ in verbs.SAYS_BY_ITSELF | verbs.SIGNS:
        start, whole = that.i + 1, positions(sentence)
    else:
        return frozenset()
    return frozenset(i for i in whole - _joined(verb) if i >= start)


def _that(verb: Token, limit: int) -> Token | None:
    """The "that" which opens what is said."""
    for token in verb.doc[verb.i + 1 : limit]:
        if token.lower_ == "that" and token.tag_ in {"IN", "WDT"} and token.dep_ not in SUBJECTS:
            return token
    return None


def _joined(verb: Token) -> frozenset[int]:
    """A second verb beside this one: "said P and warned that Q"."""
    both = verbs.ASSERTS | verbs.DENIES
    joined = [c for c in verb.children if c.dep_ == "conj" and c.lemma_ in both]
    return frozenset().union(*(subtree(c) for c in joined))


def _looks_ahead(verb: Token, content: frozenset[int]) -> bool:
    """A promise or plan: to announce it is an act, and nothing is asserted yet."""
    return any(verb.doc[i].lower_ in _AHEAD for i in sorted(content)[:8])


def _according_to(token: Token, sentence: Span) -> Iterator[Saying]:
    """'According to X, P', 'P, according to X' and 'In the words of X: "P"'."""
    doc = token.doc
    if doc[token.i : token.i + 2].text.lower() == "according to":
        rest = token.i + 2
    elif doc[token.i : token.i + 4].text.lower() == "in the words of":
        rest = token.i + 4
    else:
        return
    chunks = (c.root for c in sentence.noun_chunks if c.start <= rest + 1 and c.end > rest)
    source = next(chunks, None)
    if source is None:
        return
    end = int(source.i) + 1
    while end < sentence.end and doc[end].text not in {",", ":", ".", '"', ";"}:
        end += 1
    frame = frozenset(range(token.i, end))
    yield Saying(token, source, frame, positions(sentence) - frame)


def _document(verb: Token, sentence: Span) -> Iterator[Saying]:
    """'The survey puts X ahead', 'numbers showing P': a document speaks."""
    if verb.lemma_ not in verbs.DOCUMENTS_SAY or verb.pos_ != "VERB":
        return
    describes = verb.dep_ == "acl" and verb.tag_ == "VBG" and verb.head.lemma_ in verbs.FIGURES
    source = own_subject(verb) or (verb.head if describes else None)
    if source is None or not is_document(source):
        return
    if describes:
        content = positions(sentence)
    elif any(child.dep_ in CLAUSAL for child in verb.children):
        return
    else:
        content = subtree(verb)
    hedged = is_hedged(verb)
    yield Saying(verb, source, frozenset(), content, hedged=hedged, detachable=False)


def _in_document(token: Token, sentence: Span) -> Iterator[Saying]:
    """'In a Herald poll, she had the support of 1%.'"""
    if token.lower_ not in {"in", "from"} or token.i > sentence.start + 2:
        return
    source = next((t for t in token.children if t.dep_ == "pobj"), None)
    if source is not None and source.lemma_.lower() in verbs.POLLS:
        content = positions(sentence) - subtree(token)
        yield Saying(token, source, frozenset(), content, detachable=False)
