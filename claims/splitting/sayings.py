"""Find in one sentence who is said to say what."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from spacy.tokens import Span, Token

from claims.splitting.results import Role

ASSERTS = frozenset(
    "say tell add argue claim state announce assert insist note explain warn believe think suggest "
    "write report allege contend maintain declare acknowledge admit confirm reveal predict estimate "
    "find conclude show indicate accuse testify tweet remark observe stress emphasize emphasise "
    "reiterate caution complain concede disclose recall describe call blame urge vow pledge promise "
    "project forecast calculate determine assume expect fear hope agree ask respond reply counter "
    "continue joke quip lament charge boast cite demand propose recommend deem read post joke "
    "discuss put speculate hint imply inform advise apologise apologize criticise criticize".split()
)
DENIES = frozenset("deny reject dispute refute dismiss rebut rebuff".split())
_SAYS_BY_ITSELF = frozenset(
    "say tell add argue claim state announce assert insist note explain warn write report allege "
    "contend maintain declare acknowledge admit confirm reveal testify tweet remark observe stress "
    "emphasize emphasise reiterate caution complain concede disclose recall predict estimate "
    "continue joke quip lament boast respond reply counter conclude suggest believe think ask "
    "read post find show project agree vow pledge promise".split()
)
_DOCUMENTS = frozenset(
    "report study poll survey analysis research data paper document letter statement review index "
    "figure statistic number record memo filing lawsuit complaint indictment affidavit transcript "
    "projection estimate forecast census audit article editorial book regulation investigation "
    "website release average findings".split()
)
POLLS = frozenset({"poll", "survey"})
_DOCUMENT_VERBS = frozenset(
    "show find put say suggest indicate reveal estimate project conclude report give rank state "
    "read place warn note predict claim argue describe list count record survey".split()
)
_RELAYERS = frozenset("report note cite quote".split())
_HEDGES = frozenset(
    "reportedly allegedly apparently supposedly seemingly likely possibly perhaps probably".split()
)
_ACTS = frozenset(
    "announce pledge vow promise propose demand agree offer order hope expect".split()
)
"""Saying these is doing them: that it happened is the claim, and the article makes it."""
_DOCUMENT_ONLY = frozenset("show find project read suggest".split())
_PLAIN_TENSES = frozenset({"VBD", "VBZ", "VBP"})
_UNREAL = frozenset({"would", "could", "should", "might", "may", "will", "'d", "ca", "must"})
_SIGNS = frozenset("show indicate suggest reveal find imply hint put read add".split())
"""Facts do this too: "output rose, indicating that demand is back"."""
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
_MARKS = frozenset({",", '"', ";", "—", "--", "–", ":"})
_CONNECTING = frozenset("that which who whom because if when while as and but".split())
_LONGEST_SOURCE = 14
"""Tokens of the phrase that names who says it."""
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
CLAUSAL = frozenset({"ccomp", "parataxis"})


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
    role: Role
    hedged: bool
    detachable: bool = True


def sayings(sentence: Span) -> list[Saying]:
    """Return the sayings of a sentence, the outermost first."""
    found: dict[int, Saying] = {saying.verb.i: saying for saying in _tail(sentence)}
    for token in sentence:
        for finder in (_verb_with_content, _according_to, _document, _in_document):
            for saying in finder(token, sentence):
                found.setdefault(saying.verb.i, saying)
    ordered = sorted(found.values(), key=lambda saying: -len(saying.content))
    frames = {s.verb.i: s.frame for s in ordered if s.detachable}
    return [
        replace(s, content=s.content - frozenset().union(*_others(frames, s.verb.i)))
        for s in ordered
    ]


def _others(frames: dict[int, frozenset[int]], verb: int) -> list[frozenset[int]]:
    return [frame for at, frame in frames.items() if at != verb]


def subtree(token: Token) -> frozenset[int]:
    """Return the positions of ``token`` and all that depends on it."""
    return frozenset(t.i for t in token.subtree)


def subject_of(verb: Token) -> Token | None:
    """Return the head of a verb's subject, shared ones included ("came and said")."""
    for child in verb.children:
        if child.dep_ in _SUBJECTS:
            return child
    if verb.dep_ in {"conj", "xcomp"} and verb.head.pos_ in {"VERB", "AUX"}:
        return subject_of(verb.head)
    if verb.dep_ == "advcl" and verb.tag_ == "VBG" and verb.head.pos_ in {"VERB", "AUX"}:
        return subject_of(verb.head)
    return None


def is_hedged(verb: Token) -> bool:
    """Whether the saying itself is in doubt: "reportedly said", "it's likely they have said"."""
    above = verb.head if verb.dep_ in {"ccomp", "xcomp"} else verb
    return any(child.lower_ in _HEDGES for t in (verb, above) for child in t.children)


def _verb_with_content(verb: Token, sentence: Span) -> Iterator[Saying]:
    """'X said that P', '"P", said X', 'saying P' after the main verb."""
    if verb.lemma_ not in ASSERTS | DENIES or verb.pos_ not in {"VERB", "AUX"}:
        return
    own = any(t.dep_ in _SUBJECTS for t in verb.children)
    identifies = verb.dep_ == "acl" or (
        verb.dep_ == "relcl"
        and not any(t.dep_ in _SUBJECTS and t.ent_type_ in {"ORG", "PERSON"} for t in verb.children)
    )
    if identifies or (
        verb.tag_ == "VBG" and own and not _has_aux(verb)
    ):  # "students who said they were robbed": which students
        return
    content = _content_of(verb, sentence)
    if not content:
        return
    source = subject_of(verb)
    impersonal = source is not None and source.lower_ == "it"
    passive = any(child.dep_ in {"auxpass", "nsubjpass"} for child in verb.children)
    if (passive and not impersonal) or (source is not None and source.i in content):
        return
    if impersonal:
        agent = next((t for t in verb.children if t.dep_ == "agent"), None)
        source = next((t for t in agent.children if t.dep_ == "pobj"), None) if agent else None
        if not passive and source is None:
            return
    elif source is None:
        return
    if verb.lemma_ in _ACTS and _looks_ahead(content, verb):
        return
    if any(t.dep_ == "aux" and t.lower_ in _UNREAL for t in verb.children):
        return
    if verb.lemma_ in _SIGNS and source is not None and not _can_speak(source):
        return
    above = frozenset(range(sentence.start, sentence.end))
    frame = (subtree(verb) - content - _joined(verb)) & above
    if verb.dep_ == "conj" and source.i not in frame:
        frame |= frozenset(t.i for t in verb.head.children if t.dep_ == "cc")
    if verb.dep_ == "advcl":
        frame = frozenset(t for t in frame if t > verb.i - 2)
    role = Role.DENIES if verb.lemma_ in DENIES else Role.ASSERTS
    yield Saying(verb, source, frame, content, role, is_hedged(verb))


def _has_aux(verb: Token) -> bool:
    return any(t.dep_ in {"aux", "auxpass"} for t in verb.children)


def _can_speak(source: Token) -> bool:
    """Whether the source is somebody, or a document, rather than a fact that indicates another."""
    return bool(
        is_document(source)
        or source.pos_ in {"PROPN", "PRON"}
        or source.ent_type_ in {"PERSON", "ORG"}
    )


def _content_of(verb: Token, sentence: Span) -> frozenset[int]:
    """What is said: the clause below the verb, with all that the parser tore off it."""
    heads = [c for c in verb.children if c.dep_ in CLAUSAL and c.pos_ in {"VERB", "AUX", "ADJ"}]
    right = [c for c in heads if c.i > verb.i]
    if heads and not right:
        return frozenset().union(*(subtree(c) for c in heads))
    limit = min((c.i for c in right), default=min(verb.i + 12, sentence.end))
    that = next(
        (
            t
            for t in sentence.doc[verb.i + 1 : limit]
            if t.lower_ == "that" and t.tag_ in {"IN", "WDT"} and t.dep_ not in _SUBJECTS
        ),
        None,
    )
    if not right and (that is None or verb.lemma_ not in _SAYS_BY_ITSELF):
        return frozenset()
    start = that.i + 1 if that is not None else min(min(subtree(c)) for c in right)
    whole = frozenset(range(start, sentence.end)) if not right else subtree(verb)
    return frozenset(i for i in whole - _joined(verb) if i >= start)


def _joined(verb: Token) -> frozenset[int]:
    """A second verb beside this one: "said P and warned that Q"."""
    joined = [c for c in verb.children if c.dep_ == "conj" and c.lemma_ in ASSERTS | DENIES]
    return frozenset().union(*(subtree(c) for c in joined))


def _looks_ahead(content: frozenset[int], verb: Token) -> bool:
    """A promise or plan: to announce it is an act, and nothing is asserted yet."""
    return any(
        verb.doc[i].lower_ in {"will", "would", "'ll", "shall", "to"} for i in sorted(content)[:8]
    )


def _tail(sentence: Span) -> Iterator[Saying]:
    """'P, the Herald of Springfield reported.' and '"P," said Ann Lee.', seen by their print.

    Long sentences often lead the parser astray here, and print does not.
    """
    for verb in sentence:
        if verb.lemma_ not in _SAYS_BY_ITSELF - _DOCUMENT_ONLY or verb.tag_ not in _PLAIN_TENSES:
            continue
        start, end = _after_mark(verb, sentence), _before_mark(verb, sentence)
        if start - sentence.start < 3 and sentence.doc[start].lower_ != "as":
            continue
        before, behind = sentence.doc[start : verb.i], sentence.doc[verb.i + 1 : end]
        if before and before[0].lower_ == "as":
            before = before[1:]
        if any(t.tag_ in _FINITE or t.lower_ in _CONNECTING for t in (*before, *behind)):
            continue
        if before and behind and not _is_circumstance(behind[0], verb):
            continue
        place = before or behind
        source = _source_in(place)
        if source is None or source.lower_ in {"i", "we", "you"} or len(place) > _LONGEST_SOURCE:
            continue
        aside = sentence.doc[start].lower_ == "as"
        if end < sentence.end - 1 and not aside and not _closes(sentence.doc[end], sentence):
            continue
        if not before and _only_describes(sentence.doc[end : sentence.end]):
            end = sentence.end
        frame = frozenset(range(start, end))
        whole = frozenset(range(sentence.start, sentence.end))
        yield Saying(verb, source, frame, whole - frame, Role.ASSERTS, is_hedged(verb))


def _is_circumstance(token: Token, verb: Token) -> bool:
    """Whether what follows the verb tells when, where or to whom it was said."""
    return (
        verb.lemma_ == "tell"
        or token.pos_ in {"ADP", "ADV", "SCONJ"}
        or token.ent_type_ in {"DATE", "TIME"}
        or token.lower_ in {"last", "this", "earlier", "later"}
    )


def _only_describes(rest: Span) -> bool:
    """Whether the rest only says who the speaker is: ", a former mayor of the city."."""
    return not any(
        t.text == '"'
        or t.dep_ in {"nsubj", "nsubjpass"}
        and t.lower_ not in {"who", "which", "that"}
        for t in rest
    )


def _after_mark(verb: Token, sentence: Span) -> int:
    at = int(verb.i)
    while at > sentence.start and sentence.doc[at - 1].text not in _MARKS:
        at -= 1
    return at


def _before_mark(verb: Token, sentence: Span) -> int:
    at = int(verb.i) + 1
    while at < sentence.end and sentence.doc[at].text not in _MARKS | {"."}:
        at += 1
    return at


def _closes(mark: Token, sentence: Span) -> bool:
    """Whether only asides and more quoted words follow the mark."""
    rest = sentence.doc[mark.i + 1 : sentence.end]
    return not any(t.tag_ in _FINITE for t in rest) or any(t.text == '"' for t in rest)


def _source_in(words: Span) -> Token | None:
    for chunk in words.noun_chunks:
        if chunk.root.ent_type_ not in {"DATE", "TIME"}:
            return chunk.root
    return next((t for t in words if t.pos_ in {"PROPN", "PRON", "NOUN"}), None)


def _according_to(token: Token, sentence: Span) -> Iterator[Saying]:
    """'According to X, P', 'P, according to X' and 'In the words of X: "P"'."""
    doc = token.doc
    if token.lower_ == "according" and token.i + 1 < sentence.end and token.nbor().lower_ == "to":
        start, rest = token.i, token.i + 2
    elif doc[token.i : token.i + 4].text.lower() == "in the words of":
        start, rest = token.i, token.i + 4
    else:
        return
    source = next(
        (c.root for c in sentence.noun_chunks if c.start <= rest + 1 and c.end > rest), None
    )
    if source is None:
        return
    end = int(source.i) + 1
    while end < sentence.end and doc[end].text not in {",", ":", ".", '"', ";"}:
        end += 1
    frame = frozenset(range(start, end))
    whole = frozenset(range(sentence.start, sentence.end))
    yield Saying(token, source, frame, whole - frame, Role.ASSERTS, False)


def _document(verb: Token, sentence: Span) -> Iterator[Saying]:
    """'The survey puts X ahead', 'numbers showing P': a document speaks."""
    if verb.lemma_ not in _DOCUMENT_VERBS or verb.pos_ != "VERB":
        return
    source = next((child for child in verb.children if child.dep_ == "nsubj"), None)
    if source is None and verb.dep_ == "acl" and verb.tag_ == "VBG":
        source = verb.head
    if source is None or source.lemma_.lower() not in _DOCUMENTS:
        return
    whole = frozenset(range(sentence.start, sentence.end))
    if verb.dep_ == "acl":
        content = whole
    elif any(child.dep_ in CLAUSAL for child in verb.children):
        return
    else:
        content = subtree(verb) | {verb.i}
    role = Role.ASSERTS
    yield Saying(verb, source, frozenset(), content, role, is_hedged(verb), detachable=False)


def _in_document(token: Token, sentence: Span) -> Iterator[Saying]:
    """'In a Herald poll, she had the support of 1%.'"""
    if token.lower_ not in {"in", "from"} or token.i > sentence.start + 2:
        return
    source = next((t for t in token.children if t.dep_ == "pobj"), None)
    if source is None or source.lemma_.lower() not in POLLS:
        return
    whole = frozenset(range(sentence.start, sentence.end))
    content = whole - subtree(token)
    yield Saying(token, source, frozenset(), content, Role.ASSERTS, False, detachable=False)


def is_document(source: Token) -> bool:
    """Whether the source is a poll, a report, figures: something that speaks for its makers."""
    return source.lemma_.lower() in _DOCUMENTS
