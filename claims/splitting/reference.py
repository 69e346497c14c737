"""Say whom a pronoun means, only when nobody else can be meant.

A wrong name is worse than none: whatever is unclear stays as printed, and the
claim is read with the sentence that tells.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from claims.splitting.bodies import Bodies
from claims.splitting.cast import Cast, bare_name, title_of
from claims.splitting.gender import gender_of
from claims.splitting.grammar import SUBJECTS, own_subject
from claims.splitting.places import Places
from claims.splitting.pointing import (
    HE_OR_SHE,
    antecedent,
    belongs_to_noun,
    is_definite_alone,
    is_demonstrative,
    is_elliptic,
    is_past_time,
    is_told_of,
    mentioned,
    people_words,
    points_back,
    refers,
    title_words,
)
from claims.splitting.proposition import Proposition
from claims.splitting.sentences import Sentence
from claims.splitting.spans import entities
from claims.splitting.speakers import Spoken

_REACH = 3
"""Sentences before the pronoun's own in which its person is looked for."""
_OPENING = 8
"""Tokens at the head of a sentence in which it may point back."""
_FAR = 25
"""Sentences before its own in which "the deal" may have been told of."""
_THEY = frozenset({"they", "them", "their", "theirs", "it", "its"})
_THIS = frozenset({"this", "that", "these", "those"})
_NO_PERSON = frozenset({"GPE", "LOC", "ORG", "DATE", "TIME", "NORP", "FAC"})
_NAMED = frozenset("PERSON ORG GPE LOC NORP FAC EVENT LAW PRODUCT WORK_OF_ART".split())
_TOLD_BY = frozenset({"prep", "relcl", "acl"})
_ACTING = frozenset({"nsubj", "nsubjpass", "dobj", "appos", "conj", "ROOT"})
"""How somebody must stand in a sentence to be spoken of further on."""
_NO_NAME_BEHIND = frozenset(
    "[ ( the a an elder younger senior junior de del della di da du van von der den ten".split()
)
_BESIDE_NAME = frozenset({"compound", "appos", "attr", "nmod"})


@dataclass(frozen=True, slots=True)
class Resolved:
    """``names`` replaces tokens by position; ``open_words`` still need another sentence.

    ``open_person`` tells that one of them is "he", "she" or "they", ``leans_on`` are
    the sentences that could tell.
    """

    names: dict[int, str] = field(default_factory=dict)
    open_words: bool = False
    open_person: bool = False
    leans_on: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class _Mention:
    name: str
    gender: str  # "he", "she", or "" when the name does not tell
    at: int
    unclear: bool
    acts: bool


class Referents:
    """The people mentioned sentence by sentence, and what pronouns mean by them."""

    def __init__(self, spoken: Sequence[Spoken], cast: Cast, title: str = "") -> None:
        """``title`` is read with every claim: what it names needs no other sentence."""
        self._title = title_words(title)
        self._cast = cast
        self._spoken = spoken
        self._bodies = Bodies(spoken)
        self._places = Places(spoken)
        self._meant: dict[tuple[int, str], set[str]] = {}
        self._mentions = [self._in(entry.sentence) for entry in spoken]

    def resolve(self, number: int, proposition: Proposition, speaker: str = "") -> Resolved:
        """Return the names for the pronouns, bare surnames and bodies of a proposition.

        ``number`` is the position of its sentence in the article, ``speaker`` who
        is said to say it.
        """
        names: dict[int, str] = {}
        open_words: list[Token] = []
        open_person = False
        known: set[str] = set()
        before: list[Token] = []
        for token in (*proposition.lead, *proposition.tokens):
            if token.i in proposition.replaced:
                before += proposition.replaced[token.i]
                continue
            word = token.lower_
            if word in HE_OR_SHE:
                person = self._person(number, token, HE_OR_SHE[word])
                if self._may_be(number, speaker, person, HE_OR_SHE[word]):
                    person = ""
                if person and person not in known and not _names(proposition, token, person):
                    names[token.i] = person + ("'s" if token.tag_ == "PRP$" else "")
                    known.add(person)
                unknown = not (person or antecedent(token, before))
                open_words += [token] if unknown else []
                open_person = open_person or unknown
            elif body := self._body(number, token, proposition, speaker):
                names |= self._bodies.named(token, body)
            elif state := self._places.state(number, token):
                names[token.i] = f"{token.text} [{state}]"
            elif self._is_open(number, token, before):
                nouns = any(t.pos_ in {"NOUN", "PROPN"} for t in before)
                open_person = open_person or (word in _THEY and not nouns)
                open_words.append(token)
            elif self._cast.names_person(token):
                name = self._full_name(number, token)
                if name and name not in known:
                    names[token.i] = name
                known.add(name or token.text)
            before.append(token)
        if not open_words:
            unsaid = not names and self._names_nothing(number, before)
            return Resolved(names, unsaid or self._is_introduced(number))
        told = (self._leant_on(number, word, before) for word in open_words)
        return Resolved(names, True, open_person, tuple({place for place in told if place}))

    def _is_introduced(self, number: int) -> bool:
        """Whether a colon ends the paragraph before, of which this may be a part."""
        own = self._spoken[number].sentence
        before = self._spoken[number - 1].sentence if number else own
        return before.paragraph.start != own.paragraph.start and before.text.endswith(":")

    def _names_nothing(self, number: int, tokens: Sequence[Token]) -> bool:
        """Whether it names nothing behind another sentence, and has no word of the title."""
        if not number or any(t.pos_ == "PROPN" or t.ent_type_ in _NAMED for t in tokens):
            return False
        words = (t.lemma_.lower() for t in tokens if t.pos_ in {"NOUN", "VERB"})
        return self._title.isdisjoint(words)

    def _may_be(self, number: int, speaker: str, person: str, gender: str) -> bool:
        """Whether the pronoun may mean who says it, rather than the person: "Lee said he".

        Or somebody told of before, when the speaker is named here for the first time.
        """
        alone = " " not in speaker or self._cast.is_person(speaker)
        if not speaker[:1].isupper() or not alone or gender_of(speaker) not in {"", gender}:
            return False
        if self._cast.full_name(speaker) != person:
            return True
        window = range(max(0, number - _REACH), number)
        return not any(m.name == person for n in window for m in self._mentions[n])

    def _is_open(self, number: int, token: Token, before: Sequence[Token]) -> bool:
        """Whether a word that names nobody needs another sentence to be understood."""
        word = token.lower_
        if word in _THEY:
            return refers(token) and not antecedent(token, before)
        pointed = is_demonstrative(token) and not self._places.state(number, token.head)
        open_words = pointed or is_elliptic(token) or is_past_time(token)
        if open_words or self._bodies.is_open(token):
            return True
        if word in _THIS:
            return refers(token) and not any(t.dep_ in _TOLD_BY for t in token.children)
        return (
            is_definite_alone(token)
            and token.lemma_.lower() not in self._title
            and not mentioned(token, before)
            and (points_back(token) or self._mentioning(number, token) is not None)
        )

    def _mentioning(self, number: int, noun: Token) -> int | None:
        """The nearest sentence before that tells of the noun, and best says more than "the"."""
        window = range(number - 1, max(0, number - _FAR) - 1, -1)
        found = [n for n in window if mentioned(noun, self._tokens(n))]
        best = (n for n in found if is_told_of(noun, self._tokens(n)))
        return next(best, found[0] if found else None)

    def _tokens(self, number: int) -> Sequence[Token]:
        return list(self._spoken[number].sentence.tokens)

    def _body(self, number: int, token: Token, proposition: Proposition, speaker: str) -> str:
        """The body that "it" or "the company" means, or ""."""
        if token.lower_ != "it":
            return self._bodies.meant_by(number, token)
        if self._cast.is_person(self._cast.full_name(speaker)) or gender_of(speaker):
            return ""
        itself = token.dep_ in SUBJECTS and token.head.i == proposition.head.i
        return self._bodies.speaking(number, token, speaker) if itself and speaker else ""

    def _full_name(self, number: int, token: Token) -> str:
        """The full name behind a surname that stands alone, or ""."""
        before = token.nbor(-1) if token.i else token
        titled = before.text == '"' and before.i > token.sent.start  # the "Clinton or Bust" rally
        if titled or belongs_to_noun(token) or before.lower_ in _NO_NAME_BEHIND:
            return ""
        after = token.nbor() if token.i + 1 < len(token.doc) else None
        if after is not None and after.ent_iob_ == "I" and after.tag_ != "POS":
            return ""
        if token.i and token.nbor(-1).dep_ == "compound" and token.nbor(-1).head.i == token.i:
            return ""
        paragraph = self._spoken[number].sentence.paragraph
        full = self._cast.full_name(token.text, before=paragraph.at(token.idx))
        return full if full != token.text else ""

    def _person(self, number: int, pronoun: Token, gender: str) -> str:
        """The one person whom the pronoun can mean, or ""."""
        person = self._only_one(number, pronoun, gender)
        self._meant.setdefault((number, gender), set()).add(person)
        return person

    def _only_one(self, number: int, pronoun: Token, gender: str) -> str:
        window = range(max(0, number - _REACH), number)
        near = [m for m in self._mentions[number] if m.at < pronoun.i]
        near += [m for n in window for m in self._mentions[n]]
        people = {m.name for m in near if m.gender in {"", gender}}
        people |= self._speaking(window, gender)
        earlier = set().union(*(self._meant.get((n, gender), set()) for n in window))
        people |= earlier - {""}  # "She left. She sold it.": still the same person
        if len(people) != 1 or any(m.unclear for m in near):
            return ""
        person = next(iter(people))
        mine = [m for m in near if m.name == person]
        unsure = (
            (mine and not any(m.gender == gender for m in mine))
            or not (any(m.acts for m in mine) if mine else _leads(pronoun))
            or earlier - {person}
            or self._spoken[number].in_quotation
            or _is_contracted(pronoun)
            or _tells_of_another(pronoun)
            or _may_mean_subject(pronoun, person)
            or self._strangers(number, pronoun)
            or self._named_later(number, pronoun, gender)
        )
        return "" if unsure else person

    def _speaking(self, window: range, gender: str) -> set[str]:
        """Who speaks the quotations before: it may mean them as well as whom they speak of."""
        speakers = (
            entry.quoted.name
            for entry in (self._spoken[n] for n in window)
            if entry.in_quotation and entry.quoted is not None and entry.quoted.named
        )
        full = {self._cast.full_name(name) for name in speakers}
        return {n for n in full if self._cast.gender_of(n) in {"", gender} and " " in n}

    def _named_later(self, number: int, pronoun: Token, gender: str) -> bool:
        """Whether it may point ahead: "in his role, Holm led the office"."""
        return (
            any(
                m.at > pronoun.i and (m.acts or pronoun.dep_ == "poss") and m.gender in {"", gender}
                for m in self._mentions[number]
            )
            and pronoun.dep_ not in SUBJECTS
        )

    def _strangers(self, number: int, pronoun: Token) -> bool:
        """Whether somebody without a name ("the witness") could be meant as well."""
        sentence = self._spoken[number].sentence.tokens
        before = [t for t in sentence if t.i < pronoun.i]
        if number:
            before += [t for t in self._spoken[number - 1].sentence.tokens if t.dep_ in SUBJECTS]
        return any(
            t.pos_ == "NOUN" and t.lemma_.lower() in people_words() and t.dep_ not in _BESIDE_NAME
            for t in before
        )

    def _leant_on(
        self, number: int, word: Token, inside: Sequence[Token]
    ) -> tuple[int, int] | None:
        """The sentence without which the open word is not understood.

        Its own one, if the proposition is only a part of it and what comes before
        tells; else the nearest one before that could.
        """
        used = {t.i for t in inside}.union(*(s.frame for s in self._spoken[number].detached))
        outside = [t for t in self._tokens(number) if t.i < word.i and t.i not in used]
        if self._could_tell(word, outside) or _names_somebody(word, outside):
            nearest = number
        elif not number:
            return None
        elif word.pos_ == "NOUN" and (told := self._mentioning(number, word)) is not None:
            nearest = told
        else:
            window = range(number - 1, max(0, number - _REACH) - 1, -1)
            gender = HE_OR_SHE.get(word.lower_, "")
            named = (n for n in window if any(m.gender == gender for m in self._mentions[n]))
            telling = (n for n in window if self._could_tell(word, self._tokens(n)))
            nearest = next(named if gender else telling, next(telling, number - 1))
        first = nearest - (nearest > 0 and self._goes_on(nearest, word))
        # A headline is read anyway.
        first = nearest if self._spoken[first].sentence.text[-1:].isalnum() else first
        return self._spoken[first].sentence.start, self._spoken[nearest].sentence.end

    def _goes_on(self, number: int, word: Token) -> bool:
        """Whether a sentence points back itself, before the word: "That was in May."."""
        tokens = [t for t in self._tokens(number)[:_OPENING] if t.sent != word.sent or t.i < word.i]
        first = tokens[0] if tokens else word
        points = first.lower_ in _THEY | _THIS or first.lower_ in HE_OR_SHE
        return points or any(is_definite_alone(t) and points_back(t) for t in tokens)

    def _could_tell(self, word: Token, tokens: Sequence[Token]) -> bool:
        """Whether the tokens could tell what the word means."""
        if word.lower_ in HE_OR_SHE or word.lower_ in _THEY:
            return antecedent(word, tokens)
        if word.pos_ == "NOUN":
            return mentioned(word, tokens)
        if is_elliptic(word):
            return any(t.tag_ in {"NNS", "NNPS"} for t in tokens)
        return any(t.pos_ in {"VERB", "AUX"} and t.dep_ != "aux" for t in tokens)

    def _in(self, sentence: Sentence) -> list[_Mention]:
        found = []
        for ent in entities(sentence.tokens):
            if ent.label_ != "PERSON":
                continue
            printed = bare_name(sentence.paragraph.text[ent.start_char : ent.end_char])
            name = self._cast.full_name(printed)
            unclear = self._cast.is_shared(printed)
            acts = ent.root.dep_ in _ACTING
            gender = gender_of("", title_of(ent)) or self._cast.gender_of(name)
            found.append(_Mention(name, gender, int(ent.start), unclear, acts))
        for token in sentence.tokens:
            if token.pos_ != "PROPN" or token.ent_type_ == "PERSON":
                continue
            # A surname or first name that the parser takes for something else.
            name = self._cast.full_name(token.text)
            gender = gender_of(token.text) or self._cast.gender_of(name)
            if gender and (" " in name or gender_of(token.text)):
                gender = gender if " " in name else ""  # "Bill" may be a bill
                acts = token.dep_ in _ACTING
                found.append(_Mention(name, gender, int(token.i), unclear=False, acts=acts))
        return found


def _names_somebody(word: Token, tokens: Sequence[Token]) -> bool:
    """Whether a name stands there that the parser does not take for a person's."""
    return word.lower_ in HE_OR_SHE and any(
        t.pos_ == "PROPN" and t.dep_ in SUBJECTS | {"dobj"} and t.ent_type_ not in _NO_PERSON
        for t in tokens
    )


def _leads(pronoun: Token) -> bool:
    """Whether it is the subject of the main verb, as one who is still spoken of would be."""
    return pronoun.dep_ in SUBJECTS and pronoun.head.dep_ == "ROOT"


def _tells_of_another(pronoun: Token) -> bool:
    """Whether it stands behind a "who" that it may mean: "a singer who changed his name"."""
    return any(
        t.lower_ == "who" and t.i < pronoun.i
        for above in pronoun.ancestors
        if above.dep_ == "relcl"
        for t in above.children
    )


def _may_mean_subject(pronoun: Token, person: str) -> bool:
    """Whether a bare name that the parser takes for a body's is nearer: "Bell praised his plan"."""
    verb = next((t for t in pronoun.ancestors if t.pos_ in {"VERB", "AUX"}), pronoun)
    subject = own_subject(verb)
    return (
        subject is not None
        and subject.i < pronoun.i
        and subject.text.istitle()
        and subject.text not in person.split()
        and subject.tag_ in {"NN", "NNP"}
        and subject.ent_type_ in {"ORG", ""}
        and not any(subject.lefts)
    )


def _is_contracted(pronoun: Token) -> bool:
    """Whether "he'll" would become a name with half a verb."""
    return pronoun.i + 1 < len(pronoun.doc) and pronoun.nbor().text in {"'ll", "'d", "'ve", "'m"}


def _names(proposition: Proposition, pronoun: Token, person: str) -> bool:
    """Whether the person already stands in the proposition before the pronoun."""
    before = (*proposition.lead, *(t for t in proposition.tokens if t.i < pronoun.i))
    return any(t.pos_ == "PROPN" and t.text in person.split() for t in before)
