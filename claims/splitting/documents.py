"""Find what documents say: "The survey puts X ahead", "In a Herald poll, X led"."""

from collections.abc import Iterator

from spacy.tokens import Span, Token

from claims.splitting import verbs
from claims.splitting.asserting import is_denied, is_hedged
from claims.splitting.grammar import CLAUSAL, own_subject, positions, subtree
from claims.splitting.parties import is_document, is_somebody
from claims.splitting.saying import Saying

_REFERRING = frozenset("point refer cite mention quote see read look turn note".split())
_RELEASING = frozenset("release issue publish post send".split())
_COUNTED = frozenset("toll number figure count total cost share estimate rate".split())
_STANDINGS = frozenset({"lead", "edge", "advantage", "majority"})
"""What a poll gives somebody."""


def document_says(verb: Token, sentence: Span) -> Iterator[Saying]:
    """'The survey puts X ahead', 'numbers showing P': a document speaks."""
    if verb.lemma_ not in verbs.DOCUMENTS_SAY or verb.pos_ != "VERB":
        return
    describes = verb.dep_ == "acl" and verb.tag_ == "VBG" and verb.head.lemma_ in verbs.FIGURES
    source = own_subject(verb) or (verb.head if describes else None)
    if source is not None and _counts(source, verb):
        yield Saying(verb, source, frozenset(), subtree(verb), detachable=False)
        return
    if source is None or not is_document(source) or is_denied(verb):
        return
    if verb.lemma_ == "give" and not any(t.like_num or t.lemma_ in _STANDINGS for t in sentence):
        return  # "the memo gives grounds for war"
    if describes and _points_to(source, sentence):
        content = subtree(verb)
    elif describes:
        near = source.head if source.dep_ != "pobj" else source.head.head
        content = positions(sentence) if near.i == sentence.root.i else subtree(verb)
    elif any(child.dep_ in CLAUSAL for child in verb.children):
        return
    else:
        beside = [t for t in verb.children if t.dep_ == "conj" and own_subject(t) is not None]
        content = subtree(verb).difference(*map(subtree, beside))
    yield Saying(verb, source, frozenset(), content, hedged=is_hedged(verb), detachable=False)


def _counts(source: Token, verb: Token) -> bool:
    """Whether it is "It puts the toll at 40", of a body that spoke before."""
    counted = (t for t in verb.children if t.dep_ == "dobj" and t.lemma_ in _COUNTED)
    return source.lower_ == "it" and verb.lemma_ == "put" and next(counted, None) is not None


def writer_of(document: Token) -> Token | None:
    """Return the person whose own words it holds: "Ann Lee's tweets", "a letter from Ann Lee"."""
    if document.lemma_.lower() not in verbs.OWN_WORDS:
        return None
    behind = (t for t in document.children if t.dep_ == "prep" and t.lower_ in {"by", "from"})
    near = (*document.children, *(word for t in behind for word in t.children))
    return next((t for t in near if t.dep_ in {"poss", "pobj"} and t.ent_type_ == "PERSON"), None)


def only_suggests(saying: Saying) -> bool:
    """Whether the words of somebody suggest it to others: "Lee's statement suggests P"."""
    if saying.source is None or saying.verb.lemma_ not in verbs.SIGNS:
        return False
    return writer_of(saying.source) is not None


def released(sentence: Span) -> Iterator[tuple[str, Token]]:
    """Yield the documents that somebody makes known, each with who.

    "Lee released a statement", and "Lee said in a statement".
    """
    for verb in sentence:
        tells = verb.lemma_ in _RELEASING or verb.lemma_ in verbs.SAYS_BY_ITSELF
        maker = own_subject(verb) if tells else None
        if maker is None or not (maker.ent_type_ == "PERSON" or maker.pos_ == "PROPN"):
            continue
        made = [t for t in verb.children if t.dep_ == "dobj" and verb.lemma_ in _RELEASING]
        within = (t for t in verb.children if t.dep_ == "prep" and t.lower_ == "in")
        made += [t for word in within for t in word.children if t.lemma_ in verbs.OWN_WORDS]
        yield from ((t.lemma_.lower(), maker) for t in made if is_document(t) and t.tag_ == "NN")


def _points_to(document: Token, sentence: Span) -> bool:
    """Whether others only refer to it: "Lee pointed to numbers showing P", "was stunned by".

    But "the board is out with numbers showing P".
    """
    root = sentence.root
    subject = own_subject(root)
    refers = root.lemma_ in _REFERRING or any(t.dep_ == "auxpass" for t in root.children)
    return subject is not None and subject.i < document.i and refers and is_somebody(subject)


def in_document(token: Token, sentence: Span) -> Iterator[Saying]:
    """'In a Herald poll, she had the support of 1%.'"""
    if token.lower_ not in {"in", "from"} or token.i > sentence.start + 2:
        return
    finder = own_subject(sentence.root)
    if finder is not None and finder.lower_ in {"i", "we"}:
        return  # "In a survey, I found that P": the writer
    source = next((t for t in token.children if t.dep_ == "pobj"), None)
    if source is not None and source.lemma_.lower() in verbs.POLLS:
        content = positions(sentence) - subtree(token)
        yield Saying(token, source, frozenset(), content, detachable=False)
