"""The printed words that name and describe who says something."""

import re
from itertools import takewhile

from spacy.tokens import Span, Token

from claims.splitting.afterwards import title_from
from claims.splitting.cast import LONGEST_NAME
from claims.splitting.citing import quoted_saying
from claims.splitting.grammar import VERBAL
from claims.splitting.parties import partner_of
from claims.splitting.sentences import Sentence
from claims.splitting.spans import entities, entity_of
from claims.splitting.verbs import DOCUMENTS

_DETERMINERS = frozenset("the a an this that these those its his her their our".split())
_TELLING_MORE = frozenset({"who", "which", "whose"})
_TELLING_WHICH = _TELLING_MORE | {"that"}
_ADDRESSING = frozenset({"mr", "mrs", "ms", "mx", "miss"})
"""No title of an office."""
_BODIES = frozenset({"ORG", "GPE", "NORP"})
_HANDED_ON = frozenset({"obtain", "see", "leak", "review", "view", "acquire"})
"""What a paper does with a document that others made."""
_IN_TITLES = frozenset({"NOUN", "PROPN", "ADJ", "CCONJ", "PART"})
_EXAMINING = frozenset("review survey poll investigation audit analysis study".split())
"""Of whom they are, did not make them: "a survey of Ford workers"."""
_TOPICAL = frozenset("on about into regarding against with to including like".split())
"""Before what a document is about, where it went, or of what it is an example."""


def name_of(source: Token, text: str) -> str:
    """Return the printed words that name the source: an entity, or its noun phrase."""
    core = _core(source)
    title = title_from(source.doc[core[0]])
    if len(title) and title.start > 2 and title[0].nbor(-2).lower_ == "to":
        return title.text.rstrip(", ")  # according to "Double Down," of which one word was seen
    first, last = core[0], core[-1]
    entity = _entity(source)
    if entity is not None and entity.label_ == "PERSON":
        first, last = _without_neighbours(entity, source)
    elif entity is not None and entity.label_ in _BODIES and entity.end - 1 == source.i:
        first, last = min(entity.start, first), source.i
    if source.doc[last].dep_ == "cc" and last + 1 < len(source.doc):
        last += 1  # "hawks in Israel and elsewhere", of which the parser gives away the last
    return _shorten(text[source.doc[_with_hyphen(first, source)].idx : _end(source.doc[last])])


def _with_hyphen(first: int, source: Token) -> int:
    """Where a name begins of which the parser sees the last half alone: "Ryan-Hart"."""
    doc = source.doc
    joined = first > 1 and doc[first - 1].text == "-" and not doc[first - 1].whitespace_
    halves = joined and doc[first - 2].pos_ == "PROPN" and not doc[first - 2].whitespace_
    return first - 2 if halves else first


def joint_name_of(source: Token, text: str) -> str:
    """Return "Muro and Whiton" where the source is two who say it, else ""."""
    if (partner := partner_of(source)) is not None:
        return f"{_shorten(partner.text)} and {name_of(source, text)}"
    both = [t for t in source.children if t.dep_ == "conj" and t.i > source.i]
    linked = any(t.lower_ == "and" for t in source.children if t.dep_ == "cc")
    if len(both) != 1 or not linked or any(t.dep_ == "conj" for t in both[0].children):
        return ""
    one, other = _entity(source), _entity(both[0])
    if one is None or other is None or (other.start != both[0].i and other.root.i != both[0].i):
        return ""
    words = source.doc[one.start : other.end]
    people = {one.label_, other.label_} <= {"PERSON", "ORG", "GPE"}
    if not people or len(words) > LONGEST_NAME or any(t.is_punct for t in words if t.text == ","):
        return ""
    return _shorten(text[words[0].idx : _end(words[-1])])


def _without_neighbours(person: Span, source: Token) -> tuple[int, int]:
    """The name of a person without another that a comma parts from it: "Ohio, Lee"."""
    commas = [t.i for t in person if t.text == "," and t.i < source.i]
    return (commas[-1] + 1 if commas else person.start), person.end - 1


def _entity(source: Token) -> Span | None:
    return entity_of(source)


def description_of(source: Token, text: str) -> str:
    """Return title and affiliation printed beside the name."""
    parts = []
    for child in source.children:
        if child.dep_ == "appos" and child.pos_ in {"NOUN", "PROPN"}:
            first = min(t.i for t in child.subtree)
            if any(t.pos_ in VERBAL for t in source.doc[source.i + 1 : first]):
                continue  # the parser tore it off another name
            tokens = [t for t in child.subtree if t.i > source.i]
            if tokens:
                parts.append(text[tokens[0].idx : _end(tokens[-1])].strip(" ,()"))
    entity = _entity(source)
    if entity is not None and entity.label_ == "PERSON":
        before = [
            t for t in source.doc[max(0, entity.start - 8) : entity.start] if t.head.i == source.i
        ]
        before = [t for t in before if t.dep_ in {"compound", "amod", "nmod"}]
        before = [t for t in before if t.lower_.rstrip(".") not in _ADDRESSING]
        if before:
            title = _whole_title(before, entity)
            parts.insert(0, text[title[0].idx : _end(title[-1])].strip(" ,"))
    if source.dep_ == "appos" and source.head.pos_ == "NOUN" and source.head.i < source.i:
        parts.insert(0, name_of(source.head, text))  # "a local charity, Food First"
    return "; ".join(parts)


def _whole_title(before: list[Token], name: Span) -> list[Token]:
    """The run of words that "Officer" ends in "Chief Financial Officer Ann Lee"."""
    first, last = min(t.left_edge.i for t in before), max(t.right_edge.i for t in before)
    while first and not name.doc[first - 1].whitespace_:
        first -= 1  # "AFL-CIO President"
    words = list(name.doc[first : min(last + 1, name.start)])
    while words and words[0].lower_ in _DETERMINERS:
        words.pop(0)
    plain = all(t.pos_ in _IN_TITLES or t.lower_ in {"of", "for", "the", "-", "–"} for t in words)
    return words if words and plain else before


def verb_phrase(verb: Token, sentence: Sentence) -> str:
    """Return the saying verb as printed with auxiliaries, adverbs and negation."""
    if verb.lower_ == "according":
        return "according to"
    if verb.pos_ in {"PUNCT", "PROPN", "NOUN"}:
        return ""  # only a colon stands there
    parts = [
        word
        for t in verb.children
        for word in (t, *(w for w in t.lefts if w.dep_ == "advmod"))
        if t.dep_ in {"aux", "auxpass", "neg", "advmod", "prt"}
        and t.tag_ != "WRB"
        and t.lower_ != "so"
        and not (t.dep_ == "advmod" and t.doc[t.i + 1 : t.i + 2].text == ",")  # "Still, Lee said"
        and abs(t.i - verb.i) <= 3
        and not any(c.dep_ == "prep" for c in t.children)  # "said ahead of the vote"
    ]
    if verb.dep_ == "xcomp" and 0 < verb.i - verb.head.i <= 4:
        parts += list(verb.doc[verb.head.i : verb.i])  # "went on to suggest"
    if (said := quoted_saying(verb)) is not None:
        parts += [said.head, said]  # "was quoted as saying"
    tokens = sorted({*parts, verb}, key=lambda t: t.i)
    text = sentence.paragraph.text
    return re.sub(r"\s+", " ", " ".join(text[t.idx : _end(t)] for t in tokens)).strip()


def _core(source: Token) -> list[int]:
    """Positions of the noun phrase around its head, without clauses and asides."""
    keep = {source.i}
    for child in source.children:
        if child.dep_ in {"compound", "amod", "nmod", "poss", "nummod", "case"} or (
            child.dep_ == "prep"
            and child.i - source.i <= 2
            and child.lower_ in {"of", "in", "for", "at"}
        ):
            keep |= {t.i for t in child.subtree}
    run = [source.i]
    while run[0] - 1 in keep:
        run.insert(0, run[0] - 1)
    while run[-1] + 1 in keep:
        run.append(run[-1] + 1)
    return run


def _shorten(name: str) -> str:
    words = re.sub(r"['’]s?$", "", " ".join(name.split())).split(" ")
    if len(words) > 1 and words[0].casefold() in _DETERMINERS - {"the"}:
        words = words[1:]
    telling = _TELLING_WHICH if len(words) > LONGEST_NAME else _TELLING_MORE
    words = list(takewhile(lambda word: word not in telling, words))
    short = " ".join(words[:LONGEST_NAME]).strip(' ,.;:"“”')
    if re.search(r"\b[A-Z]\.[A-Z]$", short):
        short += "."
    if short.count("(") != short.count(")"):
        short = re.sub(r"\s*\([^)]*$|[()]", "", short)
    return short


def _end(token: Token) -> int:
    return int(token.idx) + len(token)


def is_acronym(word: Token) -> bool:
    """Whether it is a name that looks like a pronoun: "the WHO"."""
    return word.pos_ == "PROPN" and len(word) > 1 and bool(word.text.isupper())


def is_definite(source: Token) -> bool:
    """Whether it is "the mayor": somebody the reader knows already, and nothing else is said."""
    modifiers = [t for t in source.children if t.dep_ in {"amod", "compound", "poss", "prep"}]
    articles = {t.lower_ for t in source.children if t.dep_ == "det"}
    return not modifiers and bool(articles & {"the", "this", "that"})


def _tells(verb: Token) -> bool:
    """Whether it is "showing that P", behind a document: what that names has not made it."""
    return verb.dep_ == "acl" and any(t.dep_ == "ccomp" for t in verb.children)


def _is_of_name(token: Token) -> bool:
    """Whether a word of an entity belongs to the body's name: "a new Morning Herald survey"."""
    if _only_opens(token):
        return False
    if token.tag_ == "NN":
        return token.text[:1].isupper() and token.lemma_.lower() not in DOCUMENTS
    return token.tag_ not in {"VBG", "DT"}


def _only_opens(word: Token) -> bool:
    """Whether only the start of a sentence makes it large: "Tax records show"."""
    return bool(word.is_sent_start) and word.tag_ == "NN" and not word.ent_type_


def body_of(document: Token) -> str:
    """Return the body named inside a document's noun phrase ("a report from the Senate")."""
    inside = {t.i for t in document.subtree}.difference(
        *({u.i for u in t.subtree} for t in document.children if _tells(t))
    )
    for entity in entities(document.doc[min(inside) : max(inside) + 1]):
        above = list(takewhile(lambda t: t.i != document.i, entity.root.ancestors))
        topic = any(t.lower_ in _TOPICAL for t in above)  # "a study on COVID-19"
        topic = topic or any(t.lemma_ in _HANDED_ON for t in above)
        got = entity.root.dep_ in {"dobj", "dative"}  # "the letter they sent Congress"
        topic = topic or (got and any(t.dep_ == "relcl" for t in above))
        nearest = next((t.lower_ for t in above if t.dep_ == "prep"), "")
        topic = topic or (nearest == "of" and document.lemma_.lower() in _EXAMINING)
        if entity.label_ == "ORG" and entity.root.i in inside and not topic:
            owner = next((t for t in above if t.ent_type_ == "PERSON"), None)
            if owner is not None:
                return name_of(owner, document.doc.text)  # "a study by the board's Ann Lee"
            words = [t for t in entity if t.i != document.i and _is_of_name(t)]
            if words:
                run = entity.doc[words[0].i : words[-1].i + 1]
                return _shorten(run.text)
    proper = [
        t
        for t in document.children
        if t.dep_ in {"compound", "nmod"} and (t.pos_ == "PROPN" or t.text[:1].isupper())
        if not _only_opens(t)
    ]
    return _shorten(" ".join(w.text for t in proper for w in t.subtree))  # "Morning Consult"
