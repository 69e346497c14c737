"""Find in one sentence who is said to say what."""

from collections.abc import Iterator
from dataclasses import dataclass

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
    "website release".split()
)
_DOCUMENT_VERBS = frozenset(
    "show find put say suggest indicate reveal estimate project conclude report give rank state "
    "read place warn note predict claim argue describe list count record survey".split()
)
_RELAYERS = frozenset("report note cite quote".split())
_HEDGES = frozenset(
    "reportedly allegedly apparently supposedly seemingly likely possibly perhaps probably".split()
)
_REPORTING_ADVERBS = frozenset("reportedly allegedly supposedly purportedly".split())
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
    found = [
        saying
        for token in sentence
        for saying in (
            *_verb_with_content(token, sentence),
            *_detached(token, sentence),
            *_according_to(token, sentence),
            *_document(token, sentence),
        )
    ]
    return sorted(found, key=lambda saying: -len(saying.content))


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
    if verb.dep_ in {"acl"} and verb.tag_ == "VBG":
        return verb.head
    return None


def is_hedged(verb: Token) -> bool:
    """Whether the saying itself is in doubt: "reportedly said", "it's likely they have said"."""
    above = verb.head if verb.dep_ in {"ccomp", "xcomp"} else verb
    return any(child.lower_ in _HEDGES for t in (verb, above) for child in t.children)


def _verb_with_content(verb: Token, sentence: Span) -> Iterator[Saying]:
    """'X said that P', '"P", said X', 'saying P' after the main verb."""
    if verb.lemma_ not in ASSERTS | DENIES or verb.pos_ not in {"VERB", "AUX"}:
        return
    contents = [c for c in verb.children if c.dep_ in CLAUSAL and c.pos_ in {"VERB", "AUX"}]
    if not contents:
        return
    source = subject_of(verb)
    impersonal = source is not None and source.lower_ == "it"
    passive = any(child.dep_ in {"auxpass", "nsubjpass"} for child in verb.children)
    if passive and not impersonal:
        return
    content = frozenset().union(*(subtree(c) for c in contents))
    if source is not None and source.i in content:
        return
    if impersonal:
        agent = next((t for t in verb.children if t.dep_ == "agent"), None)
        source = next((t for t in agent.children if t.dep_ == "pobj"), None) if agent else None
        if not passive and source is None:
            return
    elif source is None:
        return
    frame = (subtree(verb) - content) & frozenset(range(sentence.start, sentence.end))
    yield Saying(
        verb,
        source,
        frame,
        content,
        Role.DENIES if verb.lemma_ in DENIES else Role.ASSERTS,
        is_hedged(verb),
    )


def _detached(verb: Token, sentence: Span) -> Iterator[Saying]:
    """'P, X reported.' where the parser hangs the saying below P."""
    if verb.lemma_ not in _SAYS_BY_ITSELF or verb.pos_ != "VERB" or verb.dep_ == "ROOT":
        return
    if verb.dep_ not in {"advcl", "parataxis", "ccomp", "conj", "dep"}:
        return
    if any(child.dep_ in {"ccomp", "xcomp", "dobj", "mark"} for child in verb.children):
        return
    source = next((child for child in verb.children if child.dep_ in _SUBJECTS), None)
    if source is None or source.lower_ in {"who", "which", "that", "it"}:
        return
    frame = subtree(verb)
    first, last = min(frame), max(frame)
    before = sentence.doc[first - 1] if first > sentence.start else None
    ends = last >= sentence.end - 2 or sentence.doc[last + 1].text in {",", '"'}
    if before is None or before.text not in {",", '"', "—", "--", "-"} or not ends:
        return
    whole = frozenset(range(sentence.start, sentence.end))
    yield Saying(verb, source, frame, whole - frame, Role.ASSERTS, is_hedged(verb))


def _according_to(token: Token, sentence: Span) -> Iterator[Saying]:
    """'According to X, P' and 'P, according to X'."""
    if token.lower_ != "according":
        return
    to = next((child for child in token.children if child.lower_ == "to"), None)
    source = next((t for t in to.children if t.dep_ == "pobj"), None) if to else None
    if source is None:
        return
    frame = subtree(token)
    whole = frozenset(range(sentence.start, sentence.end))
    clause = subtree(token.head) if token.head.pos_ in {"VERB", "AUX"} else whole
    yield Saying(token, source, frame, (clause or whole) - frame, Role.ASSERTS, False)


def _document(verb: Token, sentence: Span) -> Iterator[Saying]:
    """'The survey puts X ahead': a document speaks without a clause of its own."""
    if verb.lemma_ not in _DOCUMENT_VERBS or verb.pos_ != "VERB":
        return
    if any(child.dep_ in CLAUSAL for child in verb.children):
        return
    source = next((child for child in verb.children if child.dep_ == "nsubj"), None)
    if source is None or source.lemma_.lower() not in _DOCUMENTS:
        return
    yield Saying(
        verb, source, frozenset(), subtree(verb), Role.ASSERTS, is_hedged(verb), detachable=False
    )


def hedging_adverb(sentence: Span) -> Token | None:
    """Return "reportedly" or its like: somebody says so, nobody is named."""
    return next((t for t in sentence if t.lower_ in _REPORTING_ADVERBS), None)
