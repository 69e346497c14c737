"""Make one statement for each of the things that a verb is said of."""

from itertools import pairwise

from spacy.tokens import Token

from claims.splitting.grammar import subtree

_SHORTEST_LIST = 3


def listed(head: Token, own: tuple[Token, ...]) -> list[tuple[Token, ...]]:
    """Return one statement for each of three or more things that the verb is said of.

    "It includes new rules, a higher fee and a longer term" is three statements;
    lists of single words, alternatives and denials stay whole.
    """
    objects = [t for t in head.children if t.dep_ in {"dobj", "attr"}]
    if len(objects) != 1 or any(t.dep_ == "neg" for t in head.children):
        return [own]
    inside = {t.i for t in own}
    chain = [objects[0]]
    while following := [t for t in chain[-1].children if t.dep_ == "conj" and t.i in inside]:
        chain.append(following[0])
    links = [t for item in chain for t in item.children if t.dep_ == "cc"]
    alternatives = any(t.lower_ in {"no", "either", "both", "between"} for t in own)
    if len(chain) < _SHORTEST_LIST or alternatives or any(t.lower_ != "and" for t in links):
        return [own]
    whole = subtree(chain[0]) & inside
    parts = [(subtree(a) - subtree(b)) & inside for a, b in pairwise(chain)]
    parts.append(subtree(chain[-1]) & inside)
    glue = {t.i for t in links} | {i for i in whole if head.doc[i].text in {",", ";"}}
    parts = [part - glue for part in parts]
    if any(sum(head.doc[i].is_alpha for i in part) < 2 for part in parts):
        return [own]
    return [tuple(t for t in own if t.i not in whole or t.i in part) for part in parts]
