"""The people and bodies an article names, and what each is called later on."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise, takewhile

from spacy.tokens import Doc, Span, Token

from claims.splitting.gender import TITLED, gender_of
from claims.splitting.grammar import SUBJECTS
from claims.splitting.paragraphs import Paragraph
from claims.splitting.pointing import people_words
from claims.splitting.spans import is_in_quotation
from claims.splitting.verbs import SAYS_BY_ITSELF

_POSSESSIVE = re.compile(r"['’]s?$")
_TITLES = frozenset(
    "mr mrs ms dr prof professor sen senator rep representative gov governor president judge "
    "justice sir lord lady king queen prince princess pope mayor congressman congresswoman "
    "reps sens secretary minister chancellor general col colonel capt captain lt sgt gen chairman "
    "chairwoman ambassador attorney officer sheriff deputy chief".split()
)
_NO_NAME = frozenset("versus vs vs. our my your his her its their the and".split())
_NO_PERSON = frozenset(
    "house administration campaign tower organization organisation foundation university act "
    "street center centre hotel court committee institute party team news times post jr sr".split()
)
"""Last words of names that the parser takes for people."""
_OF_FIRMS = frozenset(
    "inc corp co company motor motors plc llc ltd group bank bros stores industries".split()
)
_NO_FIRST_NAMES = frozenset(
    "royal dutch british american french german new old general united national north south east "
    "west central saint st san los las el la fort mount lake port".split()
)
_FOUNDING = frozenset({"found", "founder", "co-found", "cofounder"})
_PLACES = frozenset("Washington Lincoln Houston Austin Jackson Madison Dallas Denver".split())
"""Surnames under which a city or a government speaks."""
_IN_TITLES = frozenset({"amod", "compound", "nmod"})
_MANY_BEAR = frozenset(
    "official officer adviser advisor aide lawyer attorney senator representative lawmaker "
    "congressman congresswoman leader expert analyst professor researcher reporter man woman "
    "republican democrat candidate member president".split()
)
"""Roles that somebody without a name may bear as well."""
_OFFICES = {
    "senator": "senator", "sen.": "senator", "senators": "senator", "sens.": "senator",
    "congressman": "congressman", "congressmen": "congressman",
    "congresswoman": "congresswoman", "congresswomen": "congresswoman",
    "professor": "professor", "prof.": "professor", "professors": "professor",
}  # fmt: skip
"""Of these, one person alone may be meant, if the article gives no other the title."""
LONGEST_NAME = 8
"""Words: a longer phrase is a description, not a name."""


class Cast:
    """Names as printed, full names by surname, bearers by role ("mayor")."""

    def __init__(self, paragraphs: Iterable[tuple[Paragraph, Doc]]) -> None:
        self._known: dict[str, set[str]] = defaultdict(set)
        self._by_role: dict[str, set[str]] = defaultdict(set)
        self._spelled: dict[str, str] = {}
        self._since: dict[str, int] = {}
        self._middles: dict[str, set[str]] = defaultdict(set)
        self._firms: set[str] = set()
        self._titled: dict[str, set[str]] = defaultdict(set)
        self._of_others: set[str] = set()
        unseen: dict[str, list[int]] = defaultdict(list)
        for paragraph, doc in paragraphs:
            self._firms.update(_founded(doc))
            self._of_others.update(_of_others(doc))
            for ent in doc.ents:
                name = bare_name(paragraph.text[ent.start_char : ent.end_char])
                if ent[0].is_sent_start:
                    name = name.removeprefix("Said ")  # 'Said Hansen: "P"'
                person = ent.label_ == "PERSON"
                if told := gender_of("", title_of(ent)):
                    self._titled[name.rsplit(" ", maxsplit=1)[-1].casefold()].add(told)
                misread = ent.label_ == "ORG" and _speaks(ent) and gender_of(name.partition(" ")[0])
                if (person or misread) and _is_full(name) and not _is_in_headline(ent):
                    self._note(name, paragraph.at(ent.start_char))
                if person:
                    self._note_roles(doc[ent.start : ent.end].root, name)
                    for word in doc[max(0, ent.start - 1) : ent.start + 1]:
                        self._by_role[_OFFICES.get(word.lower_, "")].add(name)
            for name, at in _unseen_names(doc):
                unseen[name].append(paragraph.at(at))
        for name, offsets in unseen.items():
            if len(offsets) > 1 and self._known.get(name.split()[-1].casefold()):
                self._note(name, offsets[0])

    def full_name(self, name: str, before: int | None = None) -> str:
        """Return the full name that one part of it stands for, if only one person bears it.

        A name that two people share ("Kim" beside Kim Jong-un and Kim Yo-jong)
        is left as printed. With ``before``, the full name must stand before that
        offset of the article.
        """
        bearers = self._bearers(name)
        if len(bearers) != 1:
            return name
        person = next(iter(bearers))
        full = self._spelled[person]
        if {gender_of(name), gender_of(full)} == {"he", "she"}:
            return name
        return full if before is None or self._since[person] < before else name

    def gender_of(self, name: str) -> str:
        """Return "he" or "she" as the first name tells, or "Mr" before the surname, else ""."""
        told = self._titled.get(name.rsplit(" ", maxsplit=1)[-1].casefold(), set())
        return gender_of(name) or (next(iter(told)) if len(told) == 1 else "")

    def names_person(self, word: Token) -> bool:
        """Whether a name begins there that is somebody's, whatever the parser takes it for."""
        acts = word.dep_ in SUBJECTS and bool(self.surnamed(word))
        return acts or (word.ent_iob_ == "B" and word.ent_type_ == "PERSON")

    def surnamed(self, body: Token) -> str:
        """Return whose surname stands there, if the parser takes it for a body or for no name.

        "" where a firm or a city may be meant.
        """
        doc = body.doc
        longer = any(t.ent_iob_ == "I" and t.tag_ != "POS" for t in doc[body.i + 1 : body.i + 2])
        described = any(t.dep_ in {"det", "poss", "compound", "amod"} for t in body.children)
        unseen = not body.ent_type_ and body.pos_ == "PROPN" and body.dep_ in SUBJECTS
        taken = unseen or (body.ent_type_ == "ORG" and body.ent_iob_ == "B")
        joined = body.i and (doc[body.i - 1].text == "]" or doc[body.i - 1].pos_ == "PROPN")
        if not taken or longer or described or joined:
            return ""
        full = self.full_name(body.text)
        first = full.partition(" ")[0].casefold()
        known = full.endswith(f" {body.text}") and first not in _NO_FIRST_NAMES
        return full if known and body.text not in self._firms | _PLACES else ""

    def is_person(self, name: str) -> bool:
        """Whether the article prints it as the full name of a person."""
        return _person(name) in self._spelled

    def bearer(self, role: str) -> str:
        """Return the only person whom the article gives the role ("mayor"), or ""."""
        alone = role.casefold() in _OFFICES and role.casefold() not in self._of_others
        if role.casefold() in _MANY_BEAR and not alone:
            return ""
        printed = self._by_role.get(role.casefold(), ())
        names = {_spelling(full): full for full in map(self.full_name, printed)}
        return next(iter(names.values())) if len(names) == 1 else ""

    def bearer_of_title(self, role: Token) -> str:
        """Return who is "the former vice president", if the article calls one person so."""
        title = _title_before(role.i + 1, role.doc)
        many = role.lower_ in _MANY_BEAR - {"president", "leader"} or role.tag_ == "NNS"
        told = {t.dep_ for t in role.children} & {"poss", "prep", "relcl", "appos", "conj"}
        definite = any(t.dep_ == "det" and t.lower_ == "the" for t in role.children)
        alone = definite and not (many or told) and " " in title
        return self.bearer(title) if alone else ""

    def bears(self, name: str, role: str) -> bool:
        """Whether the article gives somebody the role, though perhaps others too."""
        printed = self._by_role.get(role.casefold(), ())
        return _spelling(name) in {_spelling(self.full_name(one)) for one in printed}

    def is_shared(self, name: str) -> bool:
        """Whether the name, printed alone, could be two people of the article."""
        return len(self._bearers(name)) > 1

    def _bearers(self, name: str) -> set[str]:
        """The people called so; "George W. Bush" and "George H.W. Bush" are two."""
        bearers: set[str] = set()
        for person in self._known.get(name.casefold(), ()) if " " not in name else ():
            letters = self._middles[person]
            bearers |= {person + letter for letter in letters} if len(letters) > 1 else {person}
        return bearers

    def _note(self, name: str, offset: int) -> None:
        """Remember a full name under its first and last part; middle names do not matter."""
        parts = name.split()
        person = _person(name)
        self._spelled.setdefault(person, name)
        self._since.setdefault(person, offset)
        self._middles[person].update(part[0].casefold() for part in parts[1:-1][:1])
        self._known[parts[-1].casefold()].add(person)
        self._known[parts[0].casefold()].add(person)

    def _note_roles(self, head: Token, name: str) -> None:
        self._by_role[_title_before(head.i + 1 - len(name.split()), head.doc)].add(name)
        for child in head.children:
            if child.dep_ == "appos":
                self._by_role[_title_before(child.i + 1, child.doc)].add(name)
            if (child.dep_ == "compound" and child.ent_type_ != "PERSON") or child.dep_ == "appos":
                self._by_role[child.lemma_.casefold()].add(name)
        if head.dep_ == "appos" and head.head.pos_ == "NOUN":
            self._by_role[head.head.lemma_.casefold()].add(name)


def _title_before(end: int, doc: Doc) -> str:
    """The words that end there and tell a role, small: "former vice president"."""
    if end < 1:
        return ""
    words = takewhile(lambda t: t.dep_ in _IN_TITLES, reversed(doc[max(0, end - 4) : end - 1]))
    return " ".join([*(t.lower_ for t in reversed(list(words))), doc[end - 1].lower_])


def _of_others(doc: Doc) -> Iterator[str]:
    """Yield the offices that stand neither before a name nor behind "the": "another senator"."""
    for word in doc:
        if (office := _OFFICES.get(word.lower_)) is None:
            continue
        behind = doc[word.i + 1 : word.i + 2]
        named = word.ent_type_ == "PERSON" or any(t.ent_type_ == "PERSON" for t in behind)
        definite = word.i > 0 and word.nbor(-1).lower_ == "the"
        if word.lower_ not in {office, f"{office[:3]}.", "prof."} or not (named or definite):
            yield office


def _founded(doc: Doc) -> Iterator[str]:
    """Yield names that a firm bears as well: "Ford Motor", "Lee founded the company"."""
    for token in doc:
        after = token.nbor() if token.i + 1 < len(doc) else token
        if token.pos_ == "PROPN" and after.text.rstrip(".").casefold() in _OF_FIRMS:
            yield token.text
        if token.lemma_ in _FOUNDING:
            yield from (t.text for t in token.sent if t.pos_ == "PROPN")


def _unseen_names(doc: Doc) -> Iterator[tuple[str, int]]:
    """Yield two words that may name a brother whose first name the parser does not know."""
    for first, last in pairwise(doc):
        names = first.pos_ == last.pos_ == "PROPN" and first.ent_type_ != "PERSON"
        printed = f"{first.text} {last.text}"
        named = printed.istitle() and bare_name(printed) == printed and _is_full(printed)
        longer = first.i > 0 and first.nbor(-1).pos_ == "PROPN"  # "Prime Minister Johnson"
        if names and named and not longer and first.lower_ not in people_words() | _OFFICES.keys():
            yield printed, first.idx


def _is_in_headline(name: Span) -> bool:
    """Whether the words around it are written large too: "Obama Lays Out Plan: In an address"."""
    doc = name.doc
    after = doc[name.end : name.end + 1]
    if any(t.is_title and t.is_alpha and t.pos_ not in {"PROPN", "NUM", "NOUN"} for t in after):
        return not after[0].is_sent_start
    if not is_in_quotation(name.root):
        return False
    opening = next(i for i in range(name.start, -1, -1) if doc[i].text == '"')
    closing = next((t.i for t in doc[name.end :] if t.text == '"'), len(doc))
    words = [t for t in doc[opening + 1 : closing] if t.is_alpha]
    return len(name) < len(words) and all(t.is_title for t in words)


def _speaks(name: Span) -> bool:
    """Whether a verb of saying stands right beside two words taken for a body: "Ann Lee said"."""
    doc = name.doc
    beside = (*doc[max(0, name.start - 1) : name.start], *doc[name.end : name.end + 1])
    words = name.text.split()
    return len(words) == 2 and all(map(str.istitle, words)) and any(_says(t) for t in beside)


def _says(word: Token) -> bool:
    return word.tag_ in {"VBD", "VBZ"} and word.lemma_ in SAYS_BY_ITSELF


def title_of(ent: Span) -> str:
    """Return the title before a name, or the first word that the parser counts to the name."""
    before = ent.doc[ent.start - 1].lower_ if ent.start else ""
    return before if before in TITLED else str(ent[0].lower_)


def bare_name(name: str) -> str:
    """Strip titles, a possessive ending and blanks from a printed name.

    >>> bare_name("Gov. Tim Walz’s")
    'Tim Walz'
    """
    parts = _POSSESSIVE.sub("", " ".join(name.split())).split(" ")
    while len(parts) > 1 and parts[0].rstrip(".").casefold() in _TITLES:
        parts.pop(0)
    return " ".join(parts).strip(" ,.;:-–—\"“”'‘")


def _is_full(name: str) -> bool:
    parts = name.split()
    return (
        2 <= len(parts) <= 4
        and not _NO_NAME.intersection(map(str.casefold, parts))
        and parts[0] != parts[1]  # "Obama Obama's gaffe"
        and parts[-1].rstrip(".").casefold() not in _NO_PERSON
        and parts[0].casefold() not in {"never", "anti", "pro"}
        and all(part[:1].isupper() or part in {"de", "van", "von", "bin", "al"} for part in parts)
    )


def _person(name: str) -> str:
    parts = name.split() or [""]
    return _spelling(parts[0] + parts[-1])


def _spelling(name: str) -> str:
    return re.sub(r"\W", "", name).casefold()
