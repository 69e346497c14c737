"""Find the facts told in passing: relative clauses and appositions."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from claims.splitting.clauses import agree, subject_phrase
from claims.splitting.contrasts import is_contrast
from claims.splitting.grammar import (
    AUXILIARY,
    DASHES,
    SUBJECTS,
    VERBAL,
    is_finite,
    own_subject,
    subtree,
)
from claims.splitting.parties import is_somebody
from claims.splitting.pointing import people_words
from claims.splitting.spans import entities
from claims.splitting.verbs import ASSERTS

_ANTECEDENTS = frozenset({"nsubj", "nsubjpass", "attr", "dobj", "appos"})
"""Elsewhere "which" too often means the whole clause before it."""
_BODIES = frozenset({"ORG", "GPE", "LOC", "FAC"})
_EFFECTS = frozenset(
    "mean surprise anger shock cause lead make prompt raise result allow spark force help leave "
    "bring give put be become come seem suggest show happen please upset worry draw "
    "trigger provoke earn elicit generate stun irk infuriate delight frustrate alarm".split()
)
"""Verbs of which a whole clause may be the subject: "they lost, which made him angry"."""
_VAGUE = frozenset("one ones something anything nothing thing things".split())
_JUDGING = frozenset(
    "accuse call consider declare deem describe find hold judge keep make portray regard render "
    "rule".split()
)
_MARKS = DASHES | {",", "-"}
_REASONS = frozenset({"part", "reason", "cause", "way", "sign", "day", "time"})
_ADDING = frozenset({"even", "only", "also", "especially", "including"})
"""What goes with the main clause: "Even Lee, who left, was there"."""
_AROUND = frozenset({"near", "outside", "around", "beyond"})
_DIRECTIONS = frozenset(
    "north south east west northeast northwest southeast southwest outside".split()
)
_BEFORE_VERB = frozenset({"aux", "auxpass", "neg", "advmod"})


@dataclass(frozen=True, slots=True)
class Aside:
    """A clause that can stand apart, with what print left out (see ``Proposition``)."""

    head: Token
    tokens: frozenset[int]
    lead: tuple[Token, ...] = ()
    replaced: dict[int, tuple[Token, ...]] = field(default_factory=dict)
    supplied: dict[int, str] = field(default_factory=dict)
    dropped: frozenset[int] = frozenset()
    """What only joined it to the main clause."""


def relative_clause(child: Token, main: Token) -> Aside | None:
    """Return a relative clause that adds a fact: set off by a comma, or on an apposition."""
    if child.dep_ != "relcl" or not is_finite(child) or main.pos_ not in VERBAL:
        return None
    first = min(child.subtree, key=lambda t: t.i)
    if first.i == 0 or first.lower_ not in {"which", "who", "whose", "where"}:
        return None
    noun = _meant(child, first)
    if noun is None or not _fits(child, first, noun) or _is_judged(noun):
        return None
    antecedent = _antecedent(child, noun)
    tokens = _up_to_dash(subtree(child), first)
    if first.i < main.i:  # "the poll, which they chose, came out with P that Q"
        tokens = frozenset(i for i in tokens if i < main.i - (main.nbor(-1).text == ","))
    behind = child.doc[max(tokens) + 1] if max(tokens) + 1 < len(child.doc) else child
    # What follows the dash may be told of the clause.
    aside = first.nbor(-1).text not in DASHES and behind.text in DASHES
    after = child.doc[behind.i + 1 : behind.i + 2].text
    aside = aside or (behind.text == "," and after == "then")  # "who left, then came back"
    aside = aside or (behind.text == "," and _goes_on(noun, main, behind))
    # "The plan, which stopped P, and a second one": the parser takes the "and" away with it.
    aside = aside or child.doc[max(tokens)].dep_ == "cc"
    # "Holm, who was shown to lie, a law unto himself": what comes behind tells of him too.
    behind_too = (t for t in noun.children if t.dep_ == "appos" and t.i > max(tokens))
    aside = aside or any(t.left_edge.lower_ in {"a", "an"} for t in behind_too)
    if aside or (child.lemma_ in _JUDGING and _goes_on_as(child, max(tokens))):
        return None
    lacks_subject = main.dep_ == "ROOT" and own_subject(main) is None and noun.i < main.i
    # "Of the ferry and young women, who": of whom it tells, nobody knows.
    unclear = any(t.dep_ == "cc" and t.ent_type_ != "ORG" for t in antecedent)
    # "Action against Iran, which says P": an action says nothing.
    unclear = unclear or (child.lemma_ in ASSERTS and noun.pos_ == "NOUN" and not is_somebody(noun))
    unclear = unclear or any(t.dep_ == "conj" and _is_relative(t) for t in child.children)
    unclear = unclear or not antecedent or _is_end_of_name(antecedent) or _holds_another(child)
    if lacks_subject or unclear or any(t.tag_ in {"TO", "VB", "WP", "WRB"} for t in antecedent):
        return None
    if noun.i < main.i and noun.dep_ in SUBJECTS:
        tokens |= _up_to_verb(tokens, main)
    return Aside(child, tokens, (), {first.i: antecedent})


def _goes_on(noun: Token, main: Token, comma: Token) -> bool:
    """Whether the second verb may be its own: "we have P, which holds Q, and moves R"."""
    subject = own_subject(main)
    verbs = (t for t in main.children if t.dep_ == "conj" and t.i > comma.i)
    return subject is not None and any(
        own_subject(t) is None and is_finite(t) and agree(noun, t) and not agree(subject, t)
        for t in verbs
    )


def _up_to_dash(tokens: frozenset[int], pronoun: Token) -> frozenset[int]:
    """Without what the parser adds behind the dash that closes the clause."""
    if pronoun.nbor(-1).text not in _MARKS - {","}:
        return tokens
    closing = (i for i in sorted(tokens) if pronoun.doc[i].text in DASHES)
    end = next(closing, max(tokens) + 1)
    return frozenset(i for i in tokens if i < end)


def _holds_another(verb: Token) -> bool:
    """Whether the parser puts what comes next into it: "Ohio, which said P, and Iowa, which"."""
    return any(
        t.dep_ == "conj" and t.pos_ in {"NOUN", "PROPN"} and t.head.pos_ in VERBAL
        for t in verb.subtree
    )


def _is_relative(verb: Token) -> bool:
    """Whether a pronoun of its own opens the second clause: "who leads and whose word counts"."""
    return min(verb.subtree, key=lambda t: t.i).lower_ in {"who", "whose", "which", "where"}


def _goes_on_as(verb: Token, last: int) -> bool:
    """Whether the parser tore its "as" off: 'who describe their "war on women" as an invention'."""
    behind = (t for t in verb.doc[last + 1 : last + 3] if not t.is_punct)
    return next((t.lower_ for t in behind), "") == "as"


def _is_judged(noun: Token) -> bool:
    """Whether what is said of the noun may follow: "deeming the rule, which ..., lawful"."""
    return (
        noun.dep_ in {"dobj", "nsubj"}
        and noun.head.lemma_ in _JUDGING
        and noun.i > noun.head.i
        and not any(t.dep_ in {"oprd", "acomp"} for t in noun.head.children)
    )


def _meant(child: Token, pronoun: Token) -> Token | None:
    """The noun a relative clause tells about; the subject when it tells what that is.

    "Who" is a person named right before it: "The White House met Ann Lee, who has doubts".
    """
    noun = child.head
    if noun.dep_ == "attr" and noun.head.lemma_ == "be" and noun.head.tag_ != "VB":
        subject = own_subject(noun.head)
        if subject is not None and subject.pos_ == "PROPN":
            return subject
    beside = pronoun.doc[max(0, pronoun.i - 2)]
    named = pronoun.lower_ == "who" and beside.ent_type_ == "PERSON" != noun.ent_type_
    return beside if named else noun


def _fits(child: Token, pronoun: Token, noun: Token) -> bool:
    if not _is_set_off(pronoun):
        return _is_person_described(child, pronoun)
    plain = child.head.dep_ in _ANTECEDENTS or child.head.ent_type_ == "PERSON"
    if pronoun.lower_ == "where":
        near = child.head.head.lower_ in _AROUND or _hangs_low(child.head)
        return not near and _is_named_before(child.head, pronoun)
    if pronoun.lower_ == "whose":
        owned = pronoun.head.dep_ in SUBJECTS  # not "whose plan he deemed a threat"
        return owned and (plain or child.head.ent_type_ in _BODIES)
    own = {child.i, *(t.i for t in child.children if t.dep_ in AUXILIARY)}
    tells = pronoun.dep_ in SUBJECTS and pronoun.head.i in own  # not "which she said was done"
    if not tells or noun.pos_ not in {"NOUN", "PROPN"} or noun.lower_ in _VAGUE:
        return False  # "something, which"; "which many voters are": print has no place for the name
    people = noun.lemma_.lower() in people_words()
    if pronoun.lower_ == "who":
        person = noun.pos_ == "PROPN" or people
        clear = _is_single(noun) and noun.ent_type_ not in _BODIES and person
        plain = plain and person
    else:
        acts = child.lemma_ in _EFFECTS or _is_reason(child)
        named = _is_named_before(noun, pronoun) and noun.ent_type_ == "ORG"
        clear = named and _is_single(noun) and not acts
        plain = not people and child.head.dep_ in _ANTECEDENTS and _stands_before(noun, pronoun)
        plain = plain and (noun.dep_ in SUBJECTS or not (acts or _is_supposed(child)))
        plain = plain and all(t.lower_ != "no" for t in noun.children)
        plain, clear = (fits and not _hangs_low(child.head) for fits in (plain, clear))
    several = noun.dep_ == "conj" or any(t.dep_ == "conj" for t in noun.children)
    if several or _is_plural_of_one(noun, child):
        return False  # "Lee and Holm, who are": both, or the last
    return agree(noun, child) and (plain or clear)


def _stands_before(noun: Token, pronoun: Token) -> bool:
    """Whether the noun, with what belongs to it, stands right before the mark."""
    mark = pronoun.i - 1
    return max(i for i in subtree(noun) if i < mark) == mark - 1


def _is_reason(verb: Token) -> bool:
    """Whether it is "which is part of why", told of all that was said."""
    return any(t.dep_ == "attr" and t.lemma_ in _REASONS for t in verb.children)


def _is_supposed(verb: Token) -> bool:
    """Whether it is "which would anger him", mostly told of what somebody may do."""
    return any(t.tag_ == "MD" for t in verb.children)


def _hangs_low(noun: Token) -> bool:
    """Whether something above it may be meant as well.

    "A fine paid to the bank, which"; "news that a weapon was built, which".
    """
    agent = noun.dep_ == "pobj" and noun.head.dep_ == "agent"
    return agent or any(
        t.dep_ == "acl" and any(c.dep_ == "mark" for c in t.children) for t in noun.ancestors
    )


def _is_end_of_name(antecedent: Sequence[Token]) -> bool:
    """Whether it is the end of a longer name: "the Fund for Building Monuments to Heroes"."""
    first = antecedent[0]
    before = first.doc[max(first.sent.start + 1, first.i - 2) : first.i]
    return len(before) == 2 and before[0].is_title and before[1].lower_ in {"for", "to", "of"}


def _is_plural_of_one(noun: Token, verb: Token) -> bool:
    inflected = next((t for t in verb.children if t.dep_ in AUXILIARY), verb)
    plural = inflected.lower_ == "were" or inflected.tag_ == "VBP"
    return plural and noun.ent_type_ == "PERSON"


def _is_set_off(pronoun: Token) -> bool:
    """Whether a mark stands before it that does not just close an earlier aside."""
    mark = pronoun.nbor(-1)
    if mark.text not in _MARKS or mark.text == ",":
        return mark.text in _MARKS
    earlier = pronoun.doc[pronoun.sent.start : mark.i]
    return not any(t.text == mark.text for t in earlier)


def _is_person_described(child: Token, pronoun: Token) -> bool:
    """Whether it is "Ann Lee, a doctor who left in May": the clause is about the name."""
    noun = child.head
    return (
        pronoun.lower_ == "who"
        and noun.dep_ == "appos"
        and noun.head.ent_type_ == "PERSON"
        and noun.head.i < noun.i
        and any(t.lower_ in {"a", "an"} for t in noun.children)
        and child.tag_ in {"VBD", "VBZ"}
        and agree(noun, child)
    )


def _is_named_before(noun: Token, pronoun: Token) -> bool:
    """Whether the noun heads a name, all of which stands right before the comma."""
    if any(t.dep_ == "relcl" for t in noun.ancestors):
        return False
    if noun.dep_ == "pobj" and (
        noun.head.head.pos_ == "NOUN" or noun.head.head.lower_ in _DIRECTIONS
    ):
        return False  # "his law in Massachusetts, which": the law
    return any(
        e.start <= noun.i < e.end == pronoun.i - 1 and e.label_ in _BODIES
        for e in entities(noun.sent)
    )


def _is_single(noun: Token) -> bool:
    return noun.dep_ != "conj" and not any(t.dep_ == "conj" for t in noun.children)


def _antecedent(child: Token, noun: Token) -> tuple[Token, ...]:
    below = subtree(child)
    while noun.dep_ == "pobj" and noun.head.head.pos_ == "PROPN":
        noun = noun.head.head  # "the Office for Young Farmers"
    described = child.head.dep_ == "appos" and child.head.head.ent_type_ == "PERSON"
    if described and child.nbor(-1).i in below and noun.i == child.head.i:
        noun = child.head.head
    words = [t for t in subject_phrase(noun) if t.i not in below and t.i < child.i]
    return tuple(words[1:] if words and words[0].lower_ in _ADDING else words)


def _up_to_verb(tokens: frozenset[int], main: Token) -> frozenset[int]:
    """What the parser tore off the clause: all between it and the verb of its subject."""
    group = [t.i for t in main.children if t.dep_ in _BEFORE_VERB and t.i > max(tokens)]
    verb = min([main.i, *(i for i in group if i < main.i)])
    between = range(max(tokens) + 1, verb)
    if len(between) > 1 and main.doc[verb - 1].text in _MARKS:
        return frozenset(between)
    return frozenset()


def apposition(child: Token, main: Token) -> Aside | None:
    """Return "X, one of the largest banks": a comparison told in passing."""
    name = child.head
    if child.dep_ != "appos" or child.lower_ != "one" or name.pos_ != "PROPN" or child.i < name.i:
        return None
    tokens = subtree(child)
    if min(tokens) != child.i or child.nbor(-1).text not in _MARKS:
        return None
    if not any(t.tag_ in {"JJS", "RBS"} for t in child.subtree) or main.tag_ not in {"VBZ", "VBP"}:
        return None
    lead = tuple(t for t in subject_phrase(name) if t.i < child.i)
    return Aside(child, tokens, lead, {}, {child.i: "is"})


def told_beside(source: Token | None, verb: Token) -> frozenset[int]:
    """What the words around P tell beside it: "Lee, who left, said P", "while Q, Lee said P"."""
    clauses = source.children if source is not None else ()
    apart = [c for c in clauses if relative_clause(c, verb) is not None]
    apart += [c for c in verb.children if c.i < verb.i and is_contrast(c, verb)]
    return frozenset().union(*map(subtree, apart))
