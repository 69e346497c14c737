"""Notice words that point back: "that shutdown", "the deal", "another", "both men".

Whether a pronoun finds what it means among the words before it is asked here as
well. Nothing is resolved: the reader is only told which sentence to read with it.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.resources import files

from spacy.tokens import Token

from claims.splitting.gender import gender_of
from claims.splitting.grammar import SUBJECTS, subject_of

HE_OR_SHE = {"he": "he", "him": "he", "his": "he", "she": "she", "her": "she", "hers": "she"}
_THEY = frozenset({"they", "them", "their", "theirs"})
_THIS = frozenset({"this", "that", "these", "those"})
_TIMES = frozenset({"DATE", "TIME"})
_MARKS = " .,:;!?'’‘\"“”()"
_NOW = frozenset(
    "year month week weekend day morning afternoon evening night spring summer autumn fall "
    "winter season century decade time country nation point age era planet world".split()
)
"""Nouns with which "this" points to where or when the reader is."""
_ELLIPTIC = frozenset(
    "another others some most many several both none neither few each either two three four "
    "five latter former".split()
)
_MODIFIERS = frozenset("amod compound prep relcl acl poss nummod appos nmod advmod ccomp".split())
_WHEN_OR_WHERE = frozenset("in at during after before by on".split())
_COUNTED = frozenset({"pobj", "dobj", "attr"})
_AFTER_ALL = SUBJECTS | {"punct", "cc", "conj"}
_MANY = frozenset("police family team group couple staff public crew board committee".split())


def antecedent(pronoun: Token, before: Iterable[Token]) -> bool:
    """Whether something among the tokens ``before`` it could be what the pronoun means."""
    word = pronoun.lower_
    subject = _fellow_subject(pronoun)
    return any(
        could_mean(word, t) for t in before if t.i not in subject and not _is_likened(t, pronoun)
    )


def _is_likened(token: Token, pronoun: Token) -> bool:
    """Whether somebody else is meant: "Like Lee, he voted for it"."""
    name = token.head if token.dep_ == "compound" else token
    likened = name.dep_ == "pobj" and name.head.lower_ in {"like", "unlike"}
    return likened and name.head.head.i == pronoun.head.i


def _fellow_subject(pronoun: Token) -> frozenset[int]:
    """The subject of the verb whose object the pronoun is: "the court upheld it"."""
    if pronoun.dep_ not in {"dobj", "dative"}:
        return frozenset()
    subject = subject_of(pronoun.head)
    return frozenset(t.i for t in subject.subtree) if subject is not None else frozenset()


def could_mean(word: str, token: Token) -> bool:
    """Whether a pronoun could mean what the token names."""
    noun = token.pos_ in {"NOUN", "PROPN"} and token.ent_type_ not in _TIMES
    if word in HE_OR_SHE:
        gender = gender_of(token.text)
        return noun and (
            gender == HE_OR_SHE[word]
            or (not gender and token.ent_type_ == "PERSON")
            or (token.tag_ == "NN" and token.lemma_.lower() in people_words())
        )
    if word in _THEY:
        several = token.tag_ in {"NNS", "NNPS"} or any(t.dep_ == "conj" for t in token.children)
        return noun and (several or token.ent_type_ == "ORG" or token.lemma_.lower() in _MANY)
    return noun and token.tag_ in {"NN", "NNP"} and token.ent_type_ != "PERSON"


def refers(token: Token) -> bool:
    """Whether "it", "this" or "they" points to something, instead of filling a place."""
    if token.dep_ == "expl" or (
        token.tag_ in {"IN", "WDT", "DT"} and token.dep_ in {"det", "mark"}
    ):
        return False
    if token.lower_ == "that" and token.dep_ in {"mark", "nsubj", "dobj"} and token.tag_ != "DT":
        return False
    if token.i == token.sent.start and token.doc[token.i + 2 : token.i + 3].text == "because":
        return False
    if token.lower_ == "it" and token.head.lemma_ in {"be", "seem", "appear", "take"}:
        return not any(c.dep_ in {"ccomp", "xcomp", "acl", "advcl"} for c in token.head.children)
    return True


def belongs_to_noun(name: Token) -> bool:
    """Whether it tells whose or which: "many Bush supporters", "the Assad and Kim regimes"."""
    modifier = name.head if name.dep_ == "conj" else name
    noun = modifier.head
    return modifier.dep_ in {"compound", "nmod"} and noun.pos_ == "NOUN" and noun.i > name.i


def is_demonstrative(token: Token) -> bool:
    """Whether it is the "this" of "this change": the reader must know which."""
    noun = token.head
    if token.lower_ == "such":
        follows = token.i + 1 < len(token.doc) and token.nbor().lower_ != "as"
        return follows and token.dep_ in {"predet", "amod"} and noun.i > token.i
    if token.lower_ not in _THIS or token.dep_ != "det" or noun.lemma_.lower() in _NOW:
        return False
    told = any(t.dep_ in {"relcl", "acl"} for t in noun.children)
    return noun.ent_type_ not in _TIMES and not told


def is_elliptic(token: Token) -> bool:
    """Whether it is "most", "another" or "both men": of whom, only the sentence before tells."""
    if token.lower_ == "both" and token.dep_ in {"det", "predet"}:
        noun = token.head
        return not any(t.dep_ in {"prep", "conj", "relcl", "cc"} for t in noun.children)
    if is_compared(token) or is_bare_figure(token):
        return True
    if token.lower_ in {"did", "does", "do", "has", "have"} and token.dep_ in {"ROOT", "relcl"}:
        return not any(t.i > token.i and t.dep_ not in _AFTER_ALL for t in token.children)
    return (
        token.lower_ in _ELLIPTIC
        and token.dep_ in SUBJECTS
        and not any(t.dep_ in _MODIFIERS for t in token.children)
    )


def is_compared(token: Token) -> bool:
    """Whether it is "similar", "instead", "the same" or "a year later": than what was told."""
    word, noun = token.lower_, token.head
    if word == "instead":
        return token.doc[token.i + 1 : token.i + 2].text != "of"
    if word == "similar" and token.dep_ == "amod":
        return not any(t.lower_ in {"to", "between"} for t in (*token.children, *noun.children))
    if word == "same" and token.dep_ == "amod":
        told = (*token.children, *noun.children)
        alike = any(t.lower_ in {"as", "that", "for"} or t.dep_ == "relcl" for t in told)
        return not alike and noun.lemma_.lower() not in _NOW | {"sex", "party", "thing"}
    if word in {"following", "previous"} and token.dep_ == "amod":
        return noun.ent_type_ in _TIMES
    measured = any(t.dep_ == "npadvmod" and t.i < token.i for t in token.children)
    return word in {"later", "earlier"} and token.dep_ == "advmod" and measured


def is_bare_figure(token: Token) -> bool:
    """Whether it is the "50" of "an estimate of about 50": of what, another sentence tells."""
    if token.pos_ != "NUM" or token.ent_type_ != "CARDINAL" or token.dep_ not in _COUNTED:
        return False
    return not any(t.dep_ in {"prep", "quantmod", "dobj"} and t.i > token.i for t in token.children)


def is_definite_alone(noun: Token) -> bool:
    """Whether it is "the deal" or "the second deal", of which nothing tells which one it is.

    Not "the president", nor "the deal with Iran", "the Paris deal" or "the largest deal".
    """
    if noun.pos_ != "NOUN" or noun.ent_type_ or noun.lemma_.lower() in _only_ones():
        return False
    if noun.dep_ in {"compound", "nmod", "npadvmod"}:
        return False
    if not any(t.lower_ == "the" and t.dep_ == "det" for t in noun.children):
        return False
    former = any(t.lower_ == "former" for t in noun.children)  # "the former FBI director"
    return not any(
        t.dep_ in _MODIFIERS and not _leaves_open(t) and not (former and t.dep_ == "compound")
        for t in noun.children
    )


def _leaves_open(modifier: Token) -> bool:
    """Whether it does not tell which one: "second", "upcoming", "in a video"."""
    if modifier.dep_ == "prep":
        inside = modifier.lower_ in _WHEN_OR_WHERE and modifier.i > modifier.head.i
        return inside and not any(t.pos_ == "PROPN" for t in modifier.subtree)
    if modifier.dep_ in {"acl", "relcl", "appos"}:
        return min(t.i for t in modifier.subtree) > modifier.head.i + 1  # behind a comma
    small = modifier.is_lower and modifier.tag_ not in {"JJS", "CD"} and not modifier.ent_type_
    ordered = modifier.ent_type_ in {"ORDINAL", "CARDINAL", "NORP"}
    beside = modifier.dep_ in {"amod", "nummod", "compound"}
    return beside and (small or ordered) and not any(modifier.children)


def title_words(title: str) -> frozenset[str]:
    """The words of a title in small letters, each without an "s" at its end as well."""
    words = title.lower().split()
    return frozenset(w.strip(marks) for w in words for marks in (_MARKS, _MARKS + "s"))


def is_past_time(token: Token) -> bool:
    """Whether it is "then" or "at the time", of a day told of before: "since then"."""
    if token.lower_ == "then":
        since = token.i > 0 and token.nbor(-1).lower_ in {"since", "by", "until", "before"}
        last = token.i + 1 < len(token.doc) and token.nbor().text in {".", ","}
        return since or (token.dep_ == "advmod" and last and token.i > token.head.i)
    at = token.doc[max(0, token.i - 2) : token.i + 1].text.lower()
    return at in {"at the time", "at that time"} and not any(
        t.dep_ in {"prep", "relcl", "acl"} for t in token.children
    )


def mentioned(noun: Token, before: Iterable[Token]) -> bool:
    """Whether the noun's word was used among the tokens before it."""
    return any(t.lemma_.lower() == noun.lemma_.lower() for t in before if t.pos_ == "NOUN")


def is_told_of(noun: Token, sentence: Sequence[Token]) -> bool:
    """Whether the sentence says more of the noun's word than "the": "a deal with Iran"."""
    same = [t for t in sentence if t.pos_ == "NOUN" and t.lemma_.lower() == noun.lemma_.lower()]
    return any(not is_definite_alone(t) for t in same)


def points_back(noun: Token) -> bool:
    """Whether the noun with "the" nearly always means what was just told: "the deal".

    Or who: "the former director".
    """
    described = any(t.dep_ in {"amod", "compound"} for t in noun.children)
    who = described and noun.tag_ == "NN" and noun.lemma_.lower() in people_words()
    return who or noun.lemma_.lower() in _pointing_nouns()


@lru_cache(maxsize=1)
def people_words() -> frozenset[str]:
    """Nouns for people without a name: "witness"."""
    return _words("people_words.txt")


@lru_cache(maxsize=1)
def _only_ones() -> frozenset[str]:
    return _words("only_ones.txt")


@lru_cache(maxsize=1)
def _pointing_nouns() -> frozenset[str]:
    return _words("pointing_nouns.txt")


def _words(name: str) -> frozenset[str]:
    text = files(__package__).joinpath(name).read_text("utf-8")
    return frozenset(w for line in text.splitlines() if line[:1] != "#" for w in line.split())
