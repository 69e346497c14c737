"""Find the name in a phrase that first tells a role, a body or a party, and who else may be he."""

from collections.abc import Callable

from spacy.tokens import Token

from claims.splitting.pointing import people_words


def bearer_of(source: Token) -> Token:
    """Return the word that names who speaks, in the phrase around a verb's subject."""
    return _in_body(_person_named(_before_brackets(source)))


def _person_named(source: Token) -> Token:
    """The name in "the head of the board, Ann Lee" or "one of the speakers, Ann Lee"."""
    if source.ent_type_ == "PERSON" or source.pos_ == "PROPN":
        named = (t for t in source.children if t.dep_ == "appos" and t.ent_type_ == "PERSON")
        titled = source.text.casefold() in people_words()  # "Minority Leader Ann Lee on Monday"
        at_once = (t for t in named if titled and t.left_edge.i == source.i + 1)
        return next(at_once, source)
    role = source.pos_ == "NOUN" and source.tag_ == "NN"  # "chairman and producer Ann Lee"
    beside = {"appos", "conj"} if role or source.lower_ == "one" else {"appos"}
    behind = [t for t in source.children if t.dep_ in beside and t.i > source.i]
    behind += [t for b in behind if b.dep_ == "appos" for t in b.children if t.dep_ == "appos"]
    people = [t for t in behind if t.ent_type_ == "PERSON"]
    role = role or source.lower_ == "one"  # "one of the centres, Holm Hospital, said"
    others = [t for t in behind if role and t.dep_ == "appos" and _is_named_beside(source, t)]
    return next(iter((*people, *others)), source)


def _is_named_beside(role: Token, name: Token) -> bool:
    """Whether a body's name follows, set off or at once: "the company Acme Steel said"."""
    at_once = name.ent_type_ == "ORG" and name.pos_ == "PROPN" and name.left_edge.i == role.i + 1
    return at_once or _is_set_off(name)


def _is_set_off(name: Token) -> bool:
    """Whether commas stand around a name: "a local charity, Food First, said".

    Not around "a Democrat".
    """
    doc, first = name.doc, name.left_edge.i
    named = name.pos_ == "PROPN" and doc[first].lower_ not in {"a", "an"}
    return named and doc[first - 1].text == "," and doc[name.i + 1 : name.i + 2].text == ","


def _in_body(body: Token) -> Token:
    """The person in "Tarn Rail Committee (TRC) Chairwoman Ann Lee", which names a body first."""
    doc = body.doc
    if body.ent_type_ != "ORG" or body.i + 1 >= len(doc) or doc[body.i + 1].text != "(":
        return body
    return next(
        (
            t
            for t in body.children
            if t.dep_ == "appos" and t.ent_type_ == "PERSON" and t.i > body.i + 3
        ),
        body,
    )


def _before_brackets(source: Token) -> Token:
    """The name before "(D., Calif.)", which the parser may take for the speaker."""
    doc = source.doc
    opening = next((i for i in range(source.i, max(0, source.i - 6), -1) if doc[i].text == "("), 0)
    if not opening or any(t.text == ")" for t in doc[opening : source.i]):
        return source
    name = doc[opening - 1]
    return name if name.ent_type_ == "PERSON" else source


def may_be_a_surname(source: Token) -> bool:
    """Whether it is one capitalised word that is no place and has no article: "Daines said"."""
    bare = not any(t.dep_ in {"det", "compound", "amod", "poss"} for t in source.children)
    unclear = source.ent_type_ not in {"PERSON", "GPE"}
    named = source.pos_ == "PROPN" or source.ent_type_ == "ORG"
    return named and bare and unclear and source.text.istitle()


def owns_another(
    name: Token, person: tuple[int, str] | None, full_name: Callable[[str], str]
) -> bool:
    """Whether the name of somebody else than the ``person`` stands before "'s"."""
    known = name.pos_ == "PROPN" and full_name(name.text) != name.text
    owner = name.dep_ == "poss" and (known or name.ent_type_ == "PERSON")
    return owner and person is not None and full_name(name.text) != person[1]


def is_in_relative_clause(verb: Token) -> bool:
    """Whether somebody is only told of with what is said: "Lee met Holm, who says that P"."""
    return any(t.dep_ == "relcl" for t in (verb, *verb.ancestors))
