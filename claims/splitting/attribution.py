"""Say who makes each claim: one attribution for every saying and every quotation."""

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace

from spacy.tokens import Token

from claims.kinds import Role
from claims.splitting.bearers import bearer_of
from claims.splitting.cast import Cast, bare_name
from claims.splitting.citing import cited_by, quoted_saying
from claims.splitting.documents import released, writer_of
from claims.splitting.gender import gender_of
from claims.splitting.grammar import own_subject, subject_of
from claims.splitting.introducing import (
    announcement,
    going_on,
    in_person,
    introduction,
    passages,
)
from claims.splitting.lately import LastPerson
from claims.splitting.naming import (
    body_of,
    description_of,
    is_acronym,
    is_definite,
    joint_name_of,
    name_of,
    verb_phrase,
)
from claims.splitting.parties import are_counted_people, is_document
from claims.splitting.pointing import people_words
from claims.splitting.quotations import Quotation, share_quoted
from claims.splitting.results import Attribution
from claims.splitting.saying import Saying
from claims.splitting.sayings import sayings
from claims.splitting.sentences import Sentence
from claims.splitting.spans import entities, is_in_quotation
from claims.splitting.speakers import UNNAMED, Speakers, Spoken, with_relayed
from claims.splitting.through import of_himself, said_through
from claims.splitting.verbs import POLLS, PORTIONS, SAYS_BY_ITSELF

MOSTLY_QUOTED = 0.6
_PRONOUNS = frozenset("he she they it i we who".split())
_PERSONAL = frozenset({"he", "she"})
_AS_SUBJECT = {"him": "he", "his": "he", "her": "she", "them": "they", "their": "they"}
_RESPONDENTS = frozenset("percent % voter respondent adult person people".split())
_POLLED = frozenset(
    "voter respondent adult people support favor favour oppose approve disapprove lead trail "
    "point undecided ahead behind prefer back say think believe view margin".split()
)
"""Words of what a poll finds; figures without any of them may be an election's."""
_OPENS_QUOTATION = re.compile(r"(?:^|\s)['‘][A-Z][^'’]*$")
"""No name: "Obama Says 'We", of a headline."""
_MARGIN = re.compile(
    r"\bmargin of (?:sampling )?error\b|\bsampling error\b|"
    r"\b(?:voters|adults|people|respondents)\b.*\b(?:reached|interviewed|questioned|surveyed)\b",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_LAST_HEARD = 3
"""Sentences over which "they" may be the body that spoke last."""
_POLL_REACH = 4
"""Sentences over which a poll is still meant."""
_MEDIA = frozenset(
    "station paper newspaper outlet network broadcaster magazine channel website site".split()
)


class Attributor:
    """Reads the sentences of one article in order and keeps who spoke last."""

    def __init__(
        self,
        cast: Cast,
        quoted: Sequence[Quotation],
        signatures: Sequence[tuple[int, str]],
        turns: Mapping[int, str],
        apart: Set[int] = frozenset(),
    ) -> None:
        """``signatures`` are the names printed alone below a quotation, with their offsets.

        ``turns`` tell who speaks a paragraph, by its start, that has no quotation marks;
        ``apart`` are the starts of paragraphs that the page sets apart as quotations.
        """
        self._cast = cast
        self._quoted = quoted
        self._signatures = signatures
        self._turns = turns
        self._apart = apart
        self._last: Attribution | None = None
        self._last_spoke = -2
        self._last_body = ""
        self._documents: dict[str, str] = {}
        self._poll: tuple[int, Attribution] | None = None
        self._person = LastPerson(cast)
        self._passages: dict[int, Attribution] = {}

    def attribute(self, sentences: Iterable[Sentence]) -> list[Spoken]:
        """Return every sentence with its attributions."""
        read = [self._read(number, sentence) for number, sentence in enumerate(sentences)]
        speakers = Speakers(read, self._quoted, self._signatures)
        speakers.announced(read)
        self._passages = dict(passages(read, self._apart))
        return list(going_on(self._with_speaker(spoken, speakers.of(spoken)) for spoken in read))

    def _with_speaker(self, spoken: Spoken, speaker: Attribution | None) -> Spoken:
        sentence = spoken.sentence
        nobody = speaker is None or speaker.name == UNNAMED
        if nobody and (name := self._turns.get(sentence.paragraph.start)):
            own = Attribution(self._cast.full_name(name), named=name != UNNAMED, direct=True)
            return replace(spoken, quoted=own, in_quotation=True)
        if speaker is None and sentence.paragraph.start in self._passages:
            own = self._passages[sentence.paragraph.start]
            through = said_through(spoken.sayings, own, marked=False)
            return replace(spoken, sayings=through, quoted=own, in_quotation=True)
        inside = share_quoted(sentence.start, sentence.end, self._quoted) >= MOSTLY_QUOTED
        through = said_through(spoken.sayings, speaker, marked=True) if inside else spoken.sayings
        return replace(
            spoken, sayings=through, quoted=speaker or spoken.quoted, in_quotation=inside
        )

    def _read(self, number: int, sentence: Sentence) -> Spoken:
        named: list[tuple[Saying, Attribution]] = []
        self._last_body = _medium_named(sentence) or self._last_body
        text = sentence.paragraph.text
        for made, maker in released(sentence.tokens):
            self._documents[made] = self._cast.full_name(bare_name(name_of(maker, text)))
        for saying in sayings(sentence.tokens):
            via = next((a.name for s, a in reversed(named) if saying.content <= s.content), "")
            attribution = self._attribution(saying, sentence, number, via)
            if attribution is None:
                continue
            attribution = of_himself(saying, attribution, named)
            named.append((saying, attribution))
            if saying.source is not None and saying.source.pos_ != "PRON":
                self._last, self._last_spoke = attribution, number
        mostly = share_quoted(sentence.start, sentence.end, self._quoted) >= MOSTLY_QUOTED
        self._person.remember(number, sentence, named, quoted=mostly)
        self._poll = _poll_told(number, named) or self._poll
        introduces = self._introduced(number, sentence)
        tied = not any(saying.detachable for saying, _ in named)  # "the statement said:"
        if tied and (announced := announcement(sentence.tokens)) is not None:
            speaker = self._attribution(announced, sentence, number, "")
            direct = replace(speaker, direct=True) if speaker else None
            return Spoken(sentence, (), direct, announces=direct is not None, introduces=introduces)
        poll = None if named else self._poll_going_on(number, sentence)
        told = in_person(sentence.tokens)
        own = self._attribution(told, sentence, number, "") if told is not None else None
        return Spoken(
            sentence,
            with_relayed(named),
            poll,
            announces=sentence.asks,
            introduces=introduces,
            speaks_on=replace(own, direct=True, verb="") if own else None,
        )

    def _introduced(self, number: int, sentence: Sentence) -> Attribution | None:
        """Who speaks in the next paragraph; "sums up" is no word for what is said there."""
        told = introduction(sentence.tokens)
        teller = self._attribution(told, sentence, number, "") if told is not None else None
        if told is None or teller is None:
            return None
        verb = teller.verb if told.verb.lemma_ in SAYS_BY_ITSELF else ""
        return replace(teller, direct=True, verb=verb)

    def _poll_going_on(self, number: int, sentence: Sentence) -> Attribution | None:
        """Figures without a source, soon after a poll or report gave figures, are its own."""
        if self._poll is None or number - self._poll[0] > _POLL_REACH:
            return None
        if any(t.lower_ == "according" for t in sentence.tokens) or _MARGIN.search(sentence.text):
            return None  # to something else, or of the poll itself
        if any(t.lemma_.lower() in POLLS and not is_definite(t) for t in sentence.tokens):
            return None  # "another poll"
        figures = sum(
            (t.text[0].isdigit() and not _YEAR.fullmatch(t.text)) or t.text == "%"
            for t in sentence.tokens
        )
        starts = sentence.tokens[0].lower_ in {"it", "this"}
        mentioned = any(t.lemma_.lower() in POLLS and is_definite(t) for t in sentence.tokens)
        polled = any(t.lemma_.lower() in _POLLED for t in sentence.tokens)
        if (figures >= 2 and polled) or (figures and (starts or mentioned)):
            self._poll = (number, self._poll[1])
            return self._poll[1]
        return None

    def _attribution(
        self, saying: Saying, sentence: Sentence, number: int, via: str
    ) -> Attribution | None:
        found = self._name(saying.source, sentence, number)
        if found is None or _OPENS_QUOTATION.search(found[0]):
            return None
        name, named, described = found
        role = saying.role
        verb = verb_phrase(saying.verb, sentence) if saying.verbal else ""
        verb = "" if saying.verb.lemma_ == "read" and described != name else verb
        cited = cited_by(saying.verb, saying.frame, sentence.tokens)
        if cited is not None:
            inner = self._name(cited, sentence, number)
            if inner is not None and (inner[1] or quoted_saying(saying.verb) is not None):
                via, (name, named, described) = name, inner
                verb = ""
            else:
                role = Role.RELAYS  # of somebody who is not named
        return Attribution(
            name=name,
            named=named,
            role=role,
            described_as="" if described == name else described,
            verb=verb,
            direct=self._is_quoted(saying, sentence),
            hedged=saying.hedged,
            via="" if via == name else via,
        )

    def _is_person(self, name: str) -> bool:
        return bool(gender_of(name, name.partition(" ")[0])) or self._cast.is_person(
            self._cast.full_name(name)
        )

    def _is_quoted(self, saying: Saying, sentence: Sentence) -> bool:
        tokens = [t for t in sentence.tokens if t.i in saying.content]
        if not tokens:
            return False
        start, end = sentence.paragraph.span(tokens[0].idx, tokens[-1].idx + len(tokens[-1]))
        return share_quoted(start, end, self._quoted) >= MOSTLY_QUOTED

    def _name(
        self, source: Token | None, sentence: Sentence, number: int
    ) -> tuple[str, bool, str] | None:
        """Return the claimant's name, whether it names anybody, and title or affiliation."""
        if source is None:
            return UNNAMED, False, ""
        if source.ent_type_ in {"DATE", "TIME"}:
            return None
        source = bearer_of(source)
        if source.pos_ == "PRON" or (source.lower_ in _PRONOUNS and not is_acronym(source)):
            return self._pronoun(source, number)
        return self._noun(source, sentence, number)

    def _polled(self, number: int, share: str) -> tuple[str, bool, str] | None:
        """The poll that says what a share of many says; without one the article tells it."""
        if self._poll is None or number - self._poll[0] > _POLL_REACH:
            return None
        return self._poll[1].name, self._poll[1].named, share

    def _noun(self, source: Token, sentence: Sentence, number: int) -> tuple[str, bool, str] | None:
        text = sentence.paragraph.text
        if joint := joint_name_of(source, text):
            return joint, True, ""
        name, described = name_of(source, text), description_of(source, text)
        if source.sent[0].text == "Said":
            name = name.removeprefix("Said ")  # 'Said Hansen: "P"'
        if source.ent_type_ == "PERSON":
            return self._cast.full_name(bare_name(name)), True, described
        if is_document(source):
            return self._document(source, name, number)
        if _is_share(source):
            return self._polled(number, name)
        proper = source.ent_type_ == "ORG" or any(
            t.pos_ == "PROPN" for t in source.subtree if t.i <= source.i
        )
        known = "" if proper else self._known(source)
        if person := self._cast.surnamed(source):
            return person, True, described
        if source.ent_type_ == "ORG":
            self._last_body = name
        return (known, True, name) if known else (name, proper, described)

    def _known(self, source: Token) -> str:
        """Whom "the station" or "the mayor" means, when only one was named."""
        if source.lemma_ in _MEDIA:
            owned = any(t.dep_ == "poss" for t in source.children)  # "the board's website"
            return "" if owned else self._last_body
        one = is_definite(source) and source.tag_ not in {"NNS", "NNPS"}  # not "the authors"
        return self._cast.bearer(source.lemma_) if one else self._cast.bearer_of_title(source)

    def _document(self, source: Token, name: str, number: int) -> tuple[str, bool, str]:
        """A document speaks for the body that made it, when that is known."""
        owner = next((t for t in source.children if t.tag_ == "PRP$"), None)
        theirs = self._pronoun(owner, number) if owner is not None else None
        if theirs is not None and theirs[1]:
            return theirs[0], True, name  # "his later tweets"
        if (writer := writer_of(source)) is not None:
            return self._cast.full_name(bare_name(name_of(writer, source.doc.text))), True, name
        body = body_of(source) or (
            self._documents.get(source.lemma_.lower(), "") if is_definite(source) else ""
        )
        if not body and all(t.lower_ != "according" for t in source.ancestors):
            subject = subject_of(source.sent.root)
            if subject is not None and subject.ent_type_ == "ORG" and subject.i < source.i:
                body = name_of(subject, source.doc.text)
        if body:
            self._documents[source.lemma_.lower()] = body
        return body or name, bool(body), name

    def _pronoun(self, source: Token, number: int) -> tuple[str, bool, str] | None:
        word = _AS_SUBJECT.get(source.lower_, source.lower_)
        if word in {"i", "we", "you", "it", "that", "this", "which", "who"}:
            return self._it(source, number) if word == "it" else None
        if word in _PERSONAL and (name := self._named_above(source)):
            return name, True, ""
        stranger = self._last_spoke == number - 1 and self._is_stranger()
        if word in _PERSONAL and (stranger or self._person.is_unclear(source, number)):
            return word, False, ""
        if word in _PERSONAL and (name := self._person.called(word, number)):
            return name, True, ""
        last = self._last
        single = last is not None and last.name.split(" ")[-1] in people_words()
        near = number - self._last_spoke <= _LAST_HEARD
        group = last is not None and not single and not self._is_person(last.name)
        if last is not None and word == "they" and near and group:
            return last.name, last.named, last.described_as
        return word if word != source.lower_ else source.text, False, ""

    def _is_stranger(self) -> bool:
        """Whether the one who spoke last is somebody without a name: "one legislator"."""
        last = self._last
        person = last is not None and last.name.split(" ")[-1] in people_words()
        return person and last is not None and not last.named

    def _it(self, source: Token, number: int) -> tuple[str, bool, str] | None:
        """The body that spoke before, or somebody unknown behind a quotation: '"P," it says'."""
        closed = source.i > 0 and source.nbor(-1).text == '"'
        closed = closed and source.head.lemma_ in SAYS_BY_ITSELF
        return self._body_before(number) or (("it", False, "") if closed else None)

    def _body_before(self, number: int) -> tuple[str, bool, str] | None:
        """Whom "it" means behind a sentence in which a body speaks: '"P," it wrote'."""
        last = self._last
        if last is None or self._last_spoke != number - 1 or self._is_person(last.name):
            return None
        return last.name, last.named, last.described_as

    def _named_above(self, pronoun: Token) -> str:
        """Who "she" is in "Ann Lee made news when she said P": the subject of the main clause.

        Or, in "Though Ann Lee left, she said P", of the clause before it.
        """
        before = (t for t in pronoun.head.lefts if t.dep_ == "advcl" and t.i < pronoun.i)
        for verb in (*pronoun.head.ancestors, *before):
            subject = own_subject(verb)
            if subject is not None and subject.ent_type_ == "PERSON" and subject.i < pronoun.i:
                between = pronoun.doc[subject.i + 1 : pronoun.i]
                if any(e.label_ == "PERSON" for e in entities(between)):
                    return ""  # "Lee corrected Holm after he said P"
                name = self._cast.full_name(bare_name(name_of(subject, pronoun.doc.text)))
                return name if gender_of(name) == pronoun.lower_ else ""
        return ""


def _medium_named(sentence: Sentence) -> str:
    """The name in "the state newspaper Rodong Sinmun", or ""."""
    for medium in sentence.tokens:
        if medium.lemma_ not in _MEDIA or medium.pos_ != "NOUN":
            continue
        called = [t for t in medium.children if t.dep_ == "appos"]
        name = called[0] if called else medium.head
        words = [t for t in name.subtree if medium.i < t.i <= name.i]
        if words and words[0].i == medium.i + 1 and all(t.pos_ == "PROPN" for t in words):
            return " ".join(t.text for t in words)
    return ""


def _poll_told(
    number: int, named: Sequence[tuple[Saying, Attribution]]
) -> tuple[int, Attribution] | None:
    """The poll that a sentence tells of outside quotations, with the sentence's number."""
    for saying, attribution in reversed(named):
        source = saying.source
        if source is None or source.lemma_.lower() not in POLLS or is_in_quotation(source):
            continue
        if saying.verb.lower_ != "according" or " " in attribution.name:  # "according to Politico"
            return number, attribution
    return None


def _is_share(source: Token) -> bool:
    """Whether it is "45 percent of voters": the poll says what they say."""
    counted = any(t.like_num or t.lower_ in PORTIONS for t in source.subtree)
    numbered = source.like_num and source.pos_ != "PROPN"  # "two out of three say"
    numbered = numbered and not are_counted_people(source)
    return numbered or (source.lemma_.lower() in _RESPONDENTS | PORTIONS and counted)
