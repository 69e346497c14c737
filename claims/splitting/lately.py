"""Remember the person of whom an article last told: whom it calls "he" or "she" next."""

from collections.abc import Sequence
from itertools import takewhile

from spacy.tokens import Token

from claims.splitting.bearers import (
    bearer_of,
    is_in_relative_clause,
    may_be_a_surname,
    owns_another,
)
from claims.splitting.cast import Cast, bare_name
from claims.splitting.grammar import SUBJECTS, subject_of
from claims.splitting.naming import is_definite, name_of
from claims.splitting.pointing import HE_OR_SHE, people_words
from claims.splitting.results import Attribution
from claims.splitting.saying import Saying
from claims.splitting.sentences import Sentence
from claims.splitting.spans import entities, is_in_quotation

_NAMING = frozenset({"nsubj", "nsubjpass", "appos"})
_REACH = 4
"""Sentences over which the person last named as a subject is still meant."""


class LastPerson:
    """The person last named as a subject or as who says something, sentence by sentence."""

    def __init__(self, cast: Cast) -> None:
        self._cast = cast
        self._last: tuple[int, str] | None = None
        self._rival = -2

    def remember(
        self,
        number: int,
        sentence: Sentence,
        named: Sequence[tuple[Saying, Attribution]],
        *,
        quoted: bool,
    ) -> None:
        """Take in a sentence and who says what there; ``quoted``: nearly all in quotation marks."""
        # Of whom a quotation tells is not who speaks next.
        self._told_of(number, sentence, None if quoted else subject_of(sentence.tokens.root))
        if not quoted and self._names_another(number, sentence):
            self._last = None
        self._spoke(number, sentence, named)
        if self._acts_on_another(number, sentence):
            self._last = None

    def is_unclear(self, pronoun: Token, number: int) -> bool:
        """Whether "he" may be another: "he said Lee was late", or one told of beside Lee."""
        beside = False
        if self._last is not None:
            surname = self._last[1].rsplit(" ", maxsplit=1)[-1]
            beside = any(t.text == surname and t.i > pronoun.i for t in pronoun.sent)
        told_of = (t for t in pronoun.sent if t.i < pronoun.i and t.dep_ in SUBJECTS)
        beside = beside or any(self._is_another(t) for t in told_of if not is_in_quotation(t))
        return beside or self._rival == number - 1

    def called(self, pronoun: str, number: int) -> str:
        """Return whom "he" or "she" means in this sentence, or nothing."""
        if self._last is None or number - self._last[0] > _REACH:
            return ""
        return self._last[1] if pronoun == (self._cast.gender_of(self._last[1]) or pronoun) else ""

    def _told_of(self, number: int, sentence: Sentence, subject: Token | None) -> None:
        for token in (subject, *(subject.children if subject is not None else ())):
            if token is not None and owns_another(token, self._last, self._cast.full_name):
                self._last = None  # "Lee's tone marks a change": "he" may be Lee now
            if token is None or token.dep_ not in _NAMING or token.pos_ != "PROPN":
                continue
            name = self._full_name(name_of(token, sentence.paragraph.text))
            if token.ent_type_ == "PERSON" or self._cast.is_person(name):
                self._last = (number, name)
        self._opened_by(number, sentence)
        if subject is not None and _is_role(subject):
            self._told_of_role(number, subject.lemma_)

    def _opened_by(self, number: int, sentence: Sentence) -> None:
        """Take in the name that opens "Khoury, meanwhile, criticizes P", read as none."""
        if self._last is not None and self._last[0] == number:
            return
        words = list(takewhile(lambda t: t.pos_ == "PROPN" or t.is_title, sentence.tokens[:4]))
        behind = sentence.tokens[len(words) : len(words) + 1]
        name = " ".join(t.text for t in words)
        full = self._full_name(name)
        if words and self._cast.is_person(full) and all(t.tag_ != "POS" for t in behind):
            self._last = (number, full)

    def _told_of_role(self, number: int, role: str) -> None:
        """Take "the mayor" for who bears the role, if the article tells; else for another."""
        if named := self._cast.bearer(role):
            self._last = (number, named)
        elif self._last is None or not self._cast.bears(self._last[1], role):
            self._last, self._rival = None, number

    def _is_another(self, subject: Token) -> bool:
        """Whether it is "the mayor" where the person of whom the article told last is none."""
        last = self._last
        return _is_role(subject) and (last is None or not self._cast.bears(last[1], subject.lemma_))

    def _acts_on_another(self, number: int, sentence: Sentence) -> bool:
        """Whether the next "she" may be another: "Lee asked her about it"."""
        subject = subject_of(sentence.tokens.root)
        if self._last is None or self._last[0] != number or subject is None:
            return False
        return any(
            self._cast.gender_of(self._last[1]) in {"", HE_OR_SHE[t.lower_]}
            for t in subject.head.children
            if t.dep_ in {"dobj", "dative"} and t.lower_ in HE_OR_SHE and not is_in_quotation(t)
        )

    def _names_another(self, number: int, sentence: Sentence) -> bool:
        """Whether somebody else is named since, who may be "he" as well: "a plan of Holm's".

        Not where the sentence goes on about the same person.
        """
        if self._last is None or self._last[0] == number:
            return False
        surname = self._last[1].rsplit(" ", maxsplit=1)[-1]
        if any(
            t.text == surname or (t.lower_ in HE_OR_SHE and t.dep_ in SUBJECTS)
            for t in sentence.tokens
            if not is_in_quotation(t)
        ):
            return False
        own = self._cast.gender_of(self._last[1])
        others = (
            self._cast.gender_of(self._full_name(e.text))
            for e in entities(sentence.tokens)
            if e.label_ == "PERSON" and not is_in_quotation(e.root)
        )
        return any(not own or other in {"", own} for other in others)

    def _spoke(
        self, number: int, sentence: Sentence, named: Sequence[tuple[Saying, Attribution]]
    ) -> None:
        told_of = self._last is not None and self._last[0] == number
        for saying, attribution in named:
            if saying.source is None or is_in_quotation(saying.source):
                continue
            told = self._cast.gender_of(attribution.name)
            cited = saying.verb.lower_ == "according"
            if cited and not told and " " not in attribution.name:
                continue  # "according to Politico": a paper, rather than who spoke
            source = bearer_of(saying.source)
            known = source.pos_ == "PROPN" and (told or not source.ent_type_)
            if not known and may_be_a_surname(source):
                self._last = None  # "he" may be whom the parser takes for a body
            alone = all(t.dep_ != "conj" for t in saying.source.children)
            alone = alone and " and " not in attribution.name
            alone = alone and not (told_of and is_in_relative_clause(saying.verb))
            if alone and (source.ent_type_ == "PERSON" or known):
                self._last = (number, attribution.name)
            if (
                (known or source.ent_type_ == "PERSON")
                and alone
                and self._has_rival(saying, sentence)
            ):
                self._rival = number

    def _has_rival(self, saying: Saying, sentence: Sentence) -> bool:
        """Whether "he" may mean another next: "Lee said P, something that Holm corrected"."""
        if saying.source is None:
            return False
        own = saying.source
        told = (t for t in sentence.tokens if t.dep_ in SUBJECTS and t.head.dep_ == "relcl")
        rivals = (
            t
            for t in told
            if t.i > saying.verb.i and (t.ent_type_ == "PERSON" or may_be_a_surname(t))
        )
        return any(
            t.text != own.text
            and not is_in_quotation(t)
            and len({self._cast.gender_of(self._full_name(u.text)) for u in (t, own)} - {""}) < 2
            for t in rivals
        )

    def _full_name(self, name: str) -> str:
        return self._cast.full_name(bare_name(name))


def _is_role(subject: Token) -> bool:
    """Whether it is "the mayor", of whom the next sentence may tell."""
    alone = subject.tag_ in {"NN", "NNP"} and is_definite(subject)
    named = any(t.dep_ in {"appos", "conj"} for t in subject.children)
    return alone and not named and subject.lemma_.lower() in people_words()
