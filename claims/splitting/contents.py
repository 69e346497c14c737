"""What somebody is said to say: the words of a sentence that a verb of saying introduces."""

from spacy.tokens import Span, Token

from claims.splitting import verbs
from claims.splitting.clauses import subject_of_clause
from claims.splitting.endings import may_end_before
from claims.splitting.grammar import (
    CLAUSAL,
    DASHES,
    FINITE,
    SUBJECTS,
    VERBAL,
    has_auxiliary,
    is_finite,
    own_subject,
    positions,
    subtree,
)
from claims.splitting.remarks import end_of_saying
from claims.splitting.spans import is_in_quotation

_QUESTIONING = frozenset("why how whether what which who whom whose".split())
_RELATIVE = frozenset({"WDT", "WP"})
_ELLIPTIC = frozenset(
    "not n't so is are was were do does did has have had will would should could".split()
)
"""Last words of what repeats a question: "asked if he was worried, he said he was not"."""
_WITH_HEARER = frozenset({"tell", "inform", "advise", "warn", "remind", "assure", "ask"})
_UNCOVERING = frozenset({"disclose", "reveal", "report"})
"""What somebody "discloses" may be a deed: "the office targeting some"."""
_WISHING = frozenset({"recommend", "propose", "urge", "demand", "request"})
"""Nobody recommends what is: "they recommend that schools start later"."""
_NO_OTHER = verbs.ASSERTS | {"accord"}
"""Participles behind which the clause is still what the first verb says: "according to Lee"."""
_OBJECTS = frozenset({"dobj", "npadvmod"})
_REACH = 12
"""Tokens between a verb and its "that": "wrote in a letter to the board that"."""


def content_of(verb: Token, sentence: Span) -> frozenset[int]:
    """What is said: the clause below the verb, with all that the parser tore off it."""
    if verb.lemma_ in verbs.WANTS and _has_order(verb):
        return frozenset()
    heads = [c for c in verb.children if c.dep_ in CLAUSAL and c.pos_ in VERBAL | {"ADJ"}]
    heads = [c for c in heads if not _is_broken_off(verb, c) and not _is_bracketed(verb, c)]
    if verb.lemma_ in _UNCOVERING:
        heads = [c for c in heads if c.tag_ != "VBG" or has_auxiliary(c)]
    heads = [c for c in heads if not _is_explained(verb, c) and not _describes(verb, c)]
    right = [c for c in heads if c.i > verb.i]
    if not right and any(t.dep_ in _OBJECTS and t.lower_ == "another" for t in verb.children):
        return frozenset()  # "the mayor says one thing, the council says another"
    if heads and not right:
        before = frozenset().union(*(subtree(c) for c in heads))
        return frozenset() if _is_no_quotation(verb, before) else before
    that = _that(verb, min((c.i for c in right), default=min(verb.i + _REACH, sentence.end)))
    if right:
        start = that.i + 1 if that is not None else _behind_verb(verb, right)
        start += verb.doc[start].tag_ == "IN" and verb.doc[start].lower_ == "that"
        if any(t.dep_ == "neg" and t.nbor().tag_ == "TO" for t in verb.doc[verb.i : start]):
            return frozenset()  # "warned them not to take it as a sign that P"
        told = start == verb.i + 1 or verb.lemma_ in _WITH_HEARER
        start = _behind_day(start, sentence) if told else _behind_show(start, sentence)
        whole = subtree(verb) | _rest_of_quotation(start, sentence)
    elif that is not None and verb.lemma_ in verbs.SAYS_BY_ITSELF | verbs.SIGNS:
        start, whole = that.i + 1, positions(sentence)
    else:
        return frozenset()
    start = _infinitive(verb, start)
    end = end_of_saying(verb, start, sentence)
    return frozenset(i for i in whole - joined(verb) if start <= i < end)


def _infinitive(verb: Token, start: int) -> int:
    """Where "to" begins what is promised: "promised Monday to work to show that P"."""
    at = verb.i + 1
    while at < start and (verb.doc[at].ent_type_ in {"DATE", "TIME"} or verb.doc[at].tag_ == "RB"):
        at += 1
    return at if at < start and verb.doc[at].tag_ == "TO" else start


def _is_no_quotation(verb: Token, before: frozenset[int]) -> bool:
    """Whether what stands before is not said: "not only did he go, he noted P", "he claimed to"."""
    words = [verb.doc[i].lower_ for i in sorted(before) if verb.doc[i].is_alpha]
    does = verb.i + 2 < len(verb.doc) and verb.nbor().tag_ == "TO" and verb.nbor(2).tag_ == "VB"
    return does or words[:2] == ["not", "only"]


def _has_order(verb: Token) -> bool:
    """Whether somebody is to do something: "at one stop, a friend asked me to look"."""
    return any(
        c.dep_ in {"xcomp", "ccomp"} and c.i > verb.i and any(t.tag_ == "TO" for t in c.children)
        for c in verb.children
    ) and not is_in_quotation(verb.nbor(-1) if verb.i else verb)


def _behind_verb(verb: Token, clauses: list[Token]) -> int:
    """Where the clauses start; what the parser takes for the verb's object is their subject.

    "Suggested the vote next week is political", "shows the sector clearly isn't well"; but
    "told the board it was over".
    """
    start = min(min(subtree(c)) for c in clauses)
    objects = [t for t in verb.children if t.dep_ in _OBJECTS and verb.i < t.i < start]
    objects = [t for t in objects if t.ent_type_ not in {"DATE", "TIME"}]
    supposed = verb.doc[start].lower_ in {"had", "were", "should"} and start > 0
    supposed = supposed and verb.doc[start - 1].text == ","  # "said Lee, had he won, would P"
    torn = (
        _is_adjunct(verb.doc[start])
        or supposed
        or all(is_finite(c) and subject_of_clause(c) is None for c in clauses)
    )
    if not objects or verb.lemma_ in _WITH_HEARER or not torn:
        return start
    return min(subtree(objects[0]))


def _is_adjunct(first: Token) -> bool:
    """Whether a clause begins with a day, where its subject should stand."""
    return first.ent_type_ in {"DATE", "TIME"} and not any(
        t.dep_ in SUBJECTS for a in first.ancestors for t in a.children if a.i > first.i
    )


def _behind_day(start: int, sentence: Span) -> int:
    """Where what is said starts in "said on Saturday he would": the day is that of saying."""
    doc, at = sentence.doc, start
    if doc[at].lower_ in {"on", "in", "late", "early"}:
        at += 1
    first = at
    while at < sentence.end and (
        doc[at].ent_type_ in {"DATE", "TIME"} or (at > first and doc[at].text == ",")
    ):
        at += 1
    goes_on = at < sentence.end and doc[at].pos_ in {"PRON", "DET", "PROPN", "NOUN"}
    goes_on = goes_on and doc[at - 1].tag_ != "POS"  # "said last week's launch failed"
    return at if at > first and goes_on else start


def _behind_show(start: int, sentence: Span) -> int:
    """Where what is said starts in 'said on "Face the Day" that he would'."""
    doc = sentence.doc
    opening = start - (doc[start - 1].text == '"')
    closing = next((t.i for t in doc[opening + 1 : opening + 7] if t.text == '"'), opening)
    before = doc[opening - 1]
    named = doc[opening].text == '"' and (before.pos_ in {"ADP", "PROPN"} or before.text[0] == "'")
    goes_on = closing + 2 < sentence.end and not doc[closing + 1].is_punct
    if not (named and goes_on and closing > opening):
        return start
    return closing + 1 + (doc[closing + 1].lower_ == "that")


def _rest_of_quotation(start: int, sentence: Span) -> frozenset[int]:
    """All up to the mark that closes the quotation in which the words at ``start`` begin."""
    doc = sentence.doc
    if '"' not in {doc[start].text, doc[start - 1].text}:
        return frozenset()
    first = start + (doc[start].text == '"')
    closing = next((t.i for t in doc[first : sentence.end] if t.text == '"'), sentence.end - 1)
    return frozenset(range(start, closing + 1))


def _is_bracketed(verb: Token, clause: Token) -> bool:
    """Whether the clause is an aside in brackets: "he said (she denies it)"."""
    return any(t.text == "(" for t in verb.doc[verb.i : clause.i])


def _is_explained(verb: Token, clause: Token) -> bool:
    """Whether a colon parts the clause from the verb behind it: "P is wrong: Lee found Q"."""
    return any(t.text == ":" for t in verb.doc[clause.i : verb.i])


def _describes(verb: Token, clause: Token) -> bool:
    """Whether the clause tells of a noun: "asked for a memo in May that would explain it"."""
    subject = subject_of_clause(clause)
    return (
        subject is not None
        and subject.tag_ == "WDT"
        and subject.lower_ == "that"
        and any(t.dep_ in {"prep", "dobj"} and verb.i < t.i < subject.i for t in verb.children)
    )


def _is_broken_off(verb: Token, clause: Token) -> bool:
    """Whether the verb has its object already: 'joked about the feud — "it's fun" — and left'."""
    first = min(clause.subtree, key=lambda t: t.i)
    colon = any(t.text == ":" for t in verb.doc[verb.i : first.i + 1])
    linked = (t.i for t in verb.doc[verb.i + 1 : first.i] if t.lower_ == "but")
    link = next(linked, verb.i)
    if any(t.dep_ in {"prep", "dobj", "dative"} and verb.i < t.i < link for t in verb.children):
        return True  # "asked her about it but the host went on"
    told = colon and verb.lemma_ not in verbs.SAYS_BY_ITSELF
    if told and any(t.dep_ == "dobj" and verb.i < t.i < first.i for t in verb.children):
        return True  # "the board determined his fate: he was moved"
    dash = any(t.text in DASHES for t in verb.doc[verb.i : first.i + 1])
    return dash and any(t.dep_ in {"prep", "dobj"} and t.i < first.i for t in verb.children)


def _that(verb: Token, limit: int) -> Token | None:
    """The "that" which opens what is said."""
    for token in verb.doc[verb.i + 1 : limit]:
        if token.lower_ == "that" and token.tag_ in {"IN", "WDT"} and token.dep_ not in SUBJECTS:
            if token.nbor(-1).lower_ in {"so", "now"}:
                return None  # "writes every day, so that he can remember"
            between = token.doc[verb.i + 1 : token.i]
            if any(t.tag_ == "VBG" and t.lemma_ not in _NO_OTHER for t in between):
                return None  # "went on, expressing joy that P"
            if sum(t.text == '"' for t in token.doc[verb.i + 1 : token.i]) % 2:
                return None  # 'tweeted: "So many signs that P"'
            above = token.head.head
            if above.pos_ in {"NOUN", "PROPN"} and above.dep_ in SUBJECTS:
                return None  # "said Lee's claims that P were false"
            of_another = above.i > verb.i and own_subject(above) is not None
            return None if of_another else token  # "won after Lee assured him that P"
    return None


def joined(verb: Token) -> frozenset[int]:
    """Who says something else beside this: "said P and warned that Q", "while Lee said Q"."""
    both = verbs.ASSERTS | verbs.DENIES
    joined = [
        c
        for c in verb.children
        if c.lemma_ in both
        and not _still_thinks(c)
        and not _is_said_too(c)
        and (c.dep_ == "conj" or (c.dep_ == "advcl" and c.i > verb.i and _is_opposed(c)))
    ]
    said = [c for c in verb.children if c.dep_ in CLAUSAL and c.i > verb.i]
    seconds = [*said[1:], *(k for c in said for k in c.children if k.dep_ == "conj")]
    seconds = [c for c in seconds if c.lemma_ in both and not _is_said_too(c)]
    joined += [c for c in seconds if _is_apart(c) and _tells(c)]
    joined += [c for c in verb.children if c.dep_ == "conj" and is_behind_quotation(c)]
    return frozenset().union(*(subtree(c) for c in joined))


def is_behind_quotation(verb: Token) -> bool:
    """Whether the article goes on behind the marks: 'Lee said, "P," and every year they Q'."""
    subject = own_subject(verb)
    link = next((t for t in verb.head.children if t.dep_ == "cc" and t.i < verb.i), None)
    closed = link is not None and link.i > verb.head.i + 1 and link.nbor(-1).text == '"'
    told = closed and subject is not None and subject.pos_ != "PRON"
    return told and '"' not in {t.text for t in verb.subtree}


def _is_said_too(verb: Token) -> bool:
    """Whether its own "that" makes it a thing said: "said that P and that debt was forecast"."""
    return any(t.dep_ == "mark" and t.lower_ == "that" for t in verb.children)


def _still_thinks(verb: Token) -> bool:
    """Whether whoever speaks goes on: "said P and he didn't think Q"."""
    subject = own_subject(verb)
    denied = any(t.dep_ == "neg" for t in verb.children)
    return denied and verb.lemma_ in verbs.THINKS and subject is not None and subject.pos_ == "PRON"


def _is_apart(verb: Token) -> bool:
    """Whether ", but" or ", and" stands before its subject, outside quotation marks."""
    subject = own_subject(verb)
    if subject is None or subject.pos_ == "PRON" or is_in_quotation(subject):
        return False
    before = verb.doc[max(0, min(subtree(subject)) - 2) : min(subtree(subject))]
    return before.text.lower() in {", but", ", and"}


def _tells(verb: Token) -> bool:
    """Whether a clause of its own is said with it: ", and a general told them that P"."""
    return any(t.dep_ in CLAUSAL and t.i > verb.i and is_finite(t) for t in verb.children)


def _is_opposed(clause: Token) -> bool:
    return own_subject(clause) is not None and any(
        t.dep_ == "mark" and t.lower_ in {"while", "whereas"} for t in clause.children
    )


def _may_be_determined(word: Token) -> bool:
    """Whether the "that" before it may be its own: "he says that assumption is flawed".

    Or opens what is said though the parser takes it for one: "shown that heart disease fell".
    """
    if word.lower_ == "that" and word.tag_ == "DT" and word.dep_ == "det":
        return True
    that = word.nbor(-1) if word.i else word
    return (
        that.lower_ == "that"
        and word.tag_ == "NN"
        and word.dep_ in SUBJECTS
        and not any(t.dep_ in {"prep", "conj", "compound", "amod"} for t in word.children)
    )


def _asks_for(verb: Token) -> bool:
    """Whether it wants something that is not so yet: "demanded the council give up"."""
    if verb.lemma_ not in verbs.WANTS:
        return False
    clause = next((t for t in verb.children if t.dep_ in CLAUSAL and t.i > verb.i), None)
    subject = own_subject(clause) if clause is not None else None
    if clause is None or subject is None:
        return False
    told_as_past = verb.tag_ == "VBD" or verb.lemma_ in _WISHING
    be = next((t for t in clause.children if t.dep_ == "auxpass"), None)
    if be is not None and be.tag_ == "VB" and be.i > verb.i and be.nbor(-1).tag_ != "TO":
        return all(t.tag_ != "MD" for t in clause.children)  # "demanded that they be freed"
    return not has_auxiliary(clause) and (
        clause.tag_ == "VB"
        or (clause.tag_ == "VBP" and (told_as_past or subject.tag_ in {"NN", "NNP"}))
    )


def states_something(verb: Token, content: frozenset[int]) -> bool:
    """Whether what is said is a sentence when nothing stands before it.

    "Asked why P", "shows how P" and "shows the race tightening" are not.
    """
    words = [verb.doc[i] for i in sorted(content) if not verb.doc[i].is_punct]
    return (
        bool(words)
        and not _may_be_determined(words[0])
        and words[0].lower_ not in _QUESTIONING
        and words[0].tag_ != "TO"
        and not (words[0].pos_ == "ADP" and words[-1] != words[0] and words[1].tag_ in _RELATIVE)
        and words[-1].lower_ not in _ELLIPTIC
        and not (words[-1].pos_ == "PRON" and words[-1].head.lemma_ in {"tell", "ask"})
        and not (words[0].lower_ == "if" and (verb.lemma_ == "ask" or _links(words[1])))
        and not _asks_for(verb)
        and any(t.tag_ in FINITE for t in words)
        and not any(_lacks_something(c, min(content)) for c in _tops(verb, content))
        and not may_end_before(verb, content)
    )


def _links(word: Token) -> bool:
    """Whether it is the "and" of "noted if and how often they met"."""
    return word.lower_ in {"and", "or"}


def _tops(verb: Token, content: frozenset[int]) -> list[Token]:
    """The main verbs of what is said."""
    return [c for c in verb.children if c.dep_ in CLAUSAL and c.i in content and c.pos_ in VERBAL]


def _lacks_something(clause: Token, start: int) -> bool:
    """Whether its subject or its tense is missing: "showed the mayor surrounded by guards"."""
    if clause.tag_ in {"VBN", "VBG"} and not has_auxiliary(clause):
        return True
    own = start >= min(subtree(clause))  # else what stands before it may be the subject
    return own and is_finite(clause) and subject_of_clause(clause) is None
