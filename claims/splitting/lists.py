"""Make one statement for each of the things that a verb is said of."""

from itertools import pairwise

from spacy.tokens import Doc, Token

from claims.splitting.grammar import subtree

_SHORTEST_LIST = 3


def listed(head: Token, own: tuple[Token, ...]) -> list[tuple[Token, ...]]:
    """Return the statements that ``own`` makes: one for each thing, or ``own`` alone."""
    for way in (_objects, _each, _repeated_preposition, _paired_figures):
        if len(parts := way(head, own)) > 1:
            return parts
    return [own]


def _objects(head: Token, own: tuple[Token, ...]) -> list[tuple[Token, ...]]:
    """One statement for each of three or more things that the verb is said of.

    "It includes new rules, a higher fee and a longer term" is three statements;
    lists of single words, alternatives and denials stay whole.
    """
    objects = [t for t in head.children if t.dep_ in {"dobj", "attr"}]
    if len(objects) != 1 or any(t.dep_ == "neg" for t in head.children):
        return [own]
    alternatives = any(t.lower_ in {"no", "or", "either", "both", "between"} for t in own)
    whole, parts = _joined(objects[0], own)
    paired = sum(head.doc[i].lower_ == "and" for i in whole) > 1  # "stress and pain ratings"
    if len(parts) < _SHORTEST_LIST or alternatives or paired:
        return [own]
    behind = [t for t in own if t.i > max(whole)]
    if behind and behind[0].text == "," and len(behind) > 1:
        return [own]  # told of the last, or of all: ", still at war with the North"
    if any(sum(head.doc[i].is_alpha for i in part) < 2 for part in parts):
        return [own]
    if any(t.dep_ == "cc" for t in behind):
        return [own]  # the parser tore off the end of the last one
    return [tuple(t for t in own if t.i not in whole or t.i in part) for part in parts]


def _each(head: Token, own: tuple[Token, ...]) -> list[tuple[Token, ...]]:
    """ "Lee and Holm each voted no" is two statements."""
    each = [t for t in own if t.lower_ == "each" and t.i + 1 <= head.i]
    subject = next((t for t in head.children if t.dep_ == "nsubj"), None)
    if subject is None or len(each) != 1 or each[0].i < subject.i or each[0].dep_ == "det":
        return [own]  # "each time Lee and Holm voted", "Lee and Holm in each state"
    whole, parts = _joined(subject, own)
    if not all(any(head.doc[i].pos_ == "PROPN" for i in part) for part in parts):
        return [own]
    whole |= {each[0].i}
    left = [part - {each[0].i} for part in parts]
    return [tuple(t for t in own if t.i not in whole or t.i in part) for part in left]


def _joined(first: Token, own: tuple[Token, ...]) -> tuple[set[int], list[set[int]]]:
    """Return the positions of things joined by "and" only, and of each of them."""
    inside = {t.i for t in own}
    chain = [first]
    while following := [t for t in chain[-1].children if t.dep_ == "conj" and t.i in inside]:
        chain.append(following[0])
    links = [t for item in chain for t in item.children if t.dep_ == "cc"]
    whole = set(subtree(first) & inside)
    if any(t.lower_ != "and" for t in links):
        return whole, [whole]
    parts = [set(subtree(a) - subtree(b)) & inside for a, b in pairwise(chain)]
    last = set(subtree(chain[-1])) & inside
    link = None if links or len(chain) < _SHORTEST_LIST else _only_link(first, last)
    if link is not None:
        parts.append({i for i in last if i < link.i})
        last = {i for i in last if i > link.i}
        links.append(link)
    parts.append(last)
    glue = {t.i for t in links}
    parts = [_stripped(first.doc, part - glue) for part in parts]
    if any(first.doc[min(part)].tag_ == "PRP$" for part in parts[1:] if part):
        return whole, [whole]  # "two infants and their teachers"
    if first.pos_ == "PROPN" and chain[-1].is_lower and _is_named_by(chain[-1]):
        return whole, [whole]  # "the Ohio, Maine and Texas races"
    return whole, parts


def _is_named_by(noun: Token) -> bool:
    """Whether a name stands before it as before the nouns that are left out: "Texas races"."""
    return any(t.dep_ in {"compound", "nmod"} and t.pos_ == "PROPN" for t in noun.children)


def _stripped(doc: Doc, part: set[int]) -> set[int]:
    """Without the marks around it; "a fairer, cleaner code" keeps its own."""
    inside = sorted(part)
    while inside and doc[inside[0]].text in {",", ";"}:
        inside.pop(0)
    while inside and doc[inside[-1]].text in {",", ";"}:
        inside.pop()
    return set(inside)


def _only_link(first: Token, last: set[int]) -> Token | None:
    """The "and" of "rules for cars, a fee for banks, bans on trade and a tax on oil".

    The parser may hang "a tax" on "trade"; but a list has one "and", before its last thing.
    """
    links = [first.doc[i] for i in sorted(last) if first.doc[i].dep_ == "cc"]
    if len(links) != 1 or links[0].lower_ != "and" or links[0].head.pos_ != "NOUN":
        return None
    return links[0]


def _repeated_preposition(head: Token, own: tuple[Token, ...]) -> list[tuple[Token, ...]]:
    """ "Blames the fund for a decline and for the loss of jobs" is two statements.

    Not where a number is told of both together: "closed 14 schools in May and in June".
    """
    inside = {t.i for t in own}
    for link in (t for t in own[:-1] if t.lower_ == "and" and t.i + 1 in inside):
        second = link.nbor()
        first = next(
            (t for t in own if t.lower_ == second.lower_ and t.head.i in _near(head)), None
        )
        if second.tag_ != "IN" or first is None or not head.i < first.i < link.i:
            continue
        one = set(range(first.i, link.i))
        other = {t.i for t in second.subtree} & inside
        rest = [t for t in own if t.i not in one | other]
        again = any(t.text == "," for t in head.doc[first.i : link.i])
        if (
            again
            or any(t.like_num for t in rest)
            or _belong_together(own)
            or not _tell(head, one, other)
        ):
            continue
        return [tuple(t for t in own if t.i not in left | {link.i}) for left in (other, one)]
    return [own]


def _paired_figures(head: Token, own: tuple[Token, ...]) -> list[tuple[Token, ...]]:
    """ "Leads Lee by 47 to 40 percent and Holm by 49 to 41 percent" is two statements."""
    for link in (t for t in own if t.lower_ == "and"):
        before = [t for t in own if head.i < t.i < link.i]
        after = [t for t in own if t.i > link.i and not (t.is_punct and t.i == own[-1].i)]
        for preposition in ("by", "to", "with", "at", "from"):
            halves = [_object_and_figure(half, preposition) for half in (before, after)]
            if all(halves) and not _belong_together(own):
                one, other = ({t.i for t in half} for half in (before, after))
                return [
                    tuple(t for t in own if t.i not in left | {link.i}) for left in (other, one)
                ]
    return [own]


def _object_and_figure(tokens: list[Token], preposition: str) -> bool:
    """Whether it is a name and nothing but a figure behind the preposition."""
    at = next((n for n, t in enumerate(tokens) if t.lower_ == preposition), 0)
    name, figure = tokens[:at], tokens[at + 1 :]
    return (
        any(t.pos_ in {"PROPN", "NOUN"} for t in name)
        and not any(t.pos_ in {"VERB", "AUX", "CCONJ", "PUNCT", "NUM"} for t in name)
        and any(t.like_num for t in figure)
        and all(t.like_num or t.text in {"%", "$", "to"} or t.lower_ == "percent" for t in figure)
    )


def _near(head: Token) -> set[int]:
    return {head.i, *(t.i for t in head.children if t.dep_ in {"dobj", "attr", "acomp"})}


def _tell(head: Token, *parts: set[int]) -> bool:
    return all(sum(head.doc[i].is_alpha for i in part) >= _SHORTEST_LIST for part in parts)


def _belong_together(own: tuple[Token, ...]) -> bool:
    """Whether choices, pairs or denials make one statement of what is listed."""
    return any(
        t.lower_ in {"no", "not", "n't", "either", "neither", "both", "between", "from"}
        for t in own
    )
