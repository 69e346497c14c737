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
_STANDINGS = frozenset({"lead", "edge", "advantage", "majority"})
"""What a poll gives somebody."""


def document_says(verb: Token, sentence: Span) -> Iterator[Saying]:
    """'The survey puts X ahead', 'numbers showing P': a document speaks."""
    if verb.lemma_ not in verbs.DOCUMENTS_SAY or verb.pos_ != "VERB":
        return
    describes = verb.dep_ == "acl" and verb.tag_ == "VBG" and verb.head.lemma_ in verbs.FIGURES
    source = own_subject(verb) or (verb.head if describes else None)
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


def released(sentence: Span) -> Iterator[tuple[str, Token]]:
    """Yield the documents that somebody makes known, each with who: "Lee released a statement"."""
    for verb in sentence:
        maker = own_subject(verb) if verb.lemma_ in _RELEASING else None
        if maker is None or not (maker.ent_type_ == "PERSON" or maker.pos_ == "PROPN"):
            continue
        made = (t for t in verb.children if t.dep_ == "dobj" and is_document(t))
        yield from ((t.lemma_.lower(), maker) for t in made if t.tag_ == "NN")


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
