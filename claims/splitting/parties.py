"""Who, or what, can say something."""

from spacy.tokens import Span, Token

from claims.splitting.pointing import people_words
from claims.splitting.spans import entities
from claims.splitting.verbs import DOCUMENTS, OWN_WORDS

_BODIES = frozenset(
    "company firm retailer chain manufacturer carmaker airline bank charity union club university "
    "school hospital college institute agency bureau department ministry council commission "
    "committee board court authority government administration office campaign police army "
    "party association foundation group team".split()
)


def is_document(source: Token) -> bool:
    """Whether the source is a poll, a report, figures: something that speaks for its makers."""
    named = source.pos_ == "PROPN" and source.text.istitle()
    named = named and (source.ent_type_ == "ORG" or source.lemma_.lower() in OWN_WORDS)
    return source.lemma_.lower() in DOCUMENTS and not named  # "the U.S. Geological Survey"


def are_counted_people(source: Token) -> bool:
    """Whether it is "the four" or "one of the anchors"; "one in five" is a share."""
    of = next((t for t in source.children if t.lower_ == "of"), None)
    them = next((t for t in of.children if t.dep_ == "pobj"), None) if of is not None else None
    if source.lower_ == "one" and of is None:
        return source.i + 1 < len(source.doc) and source.nbor().tag_ == "VBD"  # "one told me"
    known = them if source.lower_ == "one" else source
    shown = known is not None and any(t.dep_ in {"det", "poss"} for t in known.children)
    return source.like_num and source.lower_.isalpha() and shown


def is_somebody(source: Token) -> bool:
    """Whether it is a party that can say something, or people without a name."""
    people = source.lemma_.lower() in people_words() or source.ent_type_ in {"NORP", "GPE"}
    return people or can_speak(source)


def is_body(source: Token) -> bool:
    """Whether it is "the company" or another body without a name."""
    return source.lemma_.lower() in _BODIES and source.pos_ == "NOUN"


def can_speak(source: Token) -> bool:
    """Whether the source is somebody, or a document, rather than a fact that indicates another."""
    return (
        is_document(source)
        or source.lower_ in DOCUMENTS
        or source.pos_ in {"PROPN", "PRON"}
        or source.ent_type_ in {"PERSON", "ORG"}
    )


def partner_of(source: Token) -> Span | None:
    """Return the person named before "and" in one subject: "nurse Lee and her aide Holm said"."""
    if source.ent_type_ != "PERSON":
        return None
    phrase = source.doc[source.left_edge.i : source.i + 1]
    people = [e for e in entities(phrase) if e.label_ == "PERSON"]
    if len(people) != 2 or people[-1].end <= source.i:
        return None
    between = source.doc[people[0].end : people[-1].start]
    joined = any(t.lower_ == "and" for t in between)
    return people[0] if joined and not any(t.is_punct for t in between) else None


def are_a_share(participle: Token) -> bool:
    """Whether a share of many says it: "Lee leads, with a large part, 8 percent, saying P"."""
    before = participle.doc[max(participle.sent.start, participle.i - 12) : participle.i]
    at = next((n for n, t in enumerate(before) if t.lower_ == "with"), None)
    return at is not None and any(t.like_num or t.text == "%" for t in before[at:])
