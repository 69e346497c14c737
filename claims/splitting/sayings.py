"""Find in one sentence who is said to say what."""

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Span, Token

from claims.kinds import Role
from claims.splitting import verbs
from claims.splitting.according import according_to
from claims.splitting.afterwards import turns_away
from claims.splitting.around import around_marks, goes_on
from claims.splitting.asides import told_beside
from claims.splitting.asserting import asserts, is_hedged, only_points
from claims.splitting.citing import quoted_saying, relayer
from claims.splitting.contents import content_of, joined, states_something
from claims.splitting.documents import document_says, in_document, only_suggests
from claims.splitting.grammar import (
    CLAUSAL,
    FINITE,
    LONGEST,
    SUBJECTS,
    VERBAL,
    is_finite,
    own_subject,
    positions,
    subject_of,
    subtree,
)
from claims.splitting.participles import (
    complainer,
    goes_on_saying,
    may_tell,
    source_of_participle,
)
from claims.splitting.parties import (
    are_counted_people,
    can_speak,
    is_document,
    partner_of,
)
from claims.splitting.quoting import (
    behind_colon,
    behind_marks,
    in_front,
    is_short_quotation,
    presented,
)
from claims.splitting.saying import Saying
from claims.splitting.spans import is_in_quotation
from claims.splitting.tails import tails
from claims.splitting.told_whole import closing_tag, told_whole
from claims.splitting.torn import is_likened, is_second_half, is_without_pronoun, opens_list

_AHEAD = frozenset({"will", "would", "'ll", "shall", "to"})
_BINDING = frozenset(
    "because if when since unless until before after whether though although".split()
)
_TYING = frozenset("because without if unless".split())
"""Before the words of saying, they tie what is said to something: "without a wall, she said, P"."""
_COMING = frozenset({"come", "happen", "occur", "arrive", "emerge"})
"""What "came as Lee said P" only dates."""
_MISTAKEN = frozenset("first initially originally mistakenly wrongly falsely".split())
"""Who "first thought P" may think so no more."""
_OF_THEMSELVES = frozenset("they their them themselves".split())
_SUPPOSING = frozenset("assume believe estimate expect fear hope project think".split())
"""With "it is believed that" P loses its doubt: there is nobody beside it who does."""
_STATES = frozenset({"country", "nation", "government", "regime", "city", "state"})


def sayings(sentence: Span) -> list[Saying]:
    """Return the sayings of a sentence, the outermost first."""
    if len(sentence) > LONGEST:
        return []
    whole = positions(sentence)
    found = {
        tail.verb.i: Saying(
            tail.verb,
            tail.source,
            tail.frame - told_beside(tail.source, tail.verb) - _basis(tail.verb),
            (whole - tail.frame | _basis(tail.verb))
            - _said_besides(tail.verb)
            - _behind_but(tail.frame, sentence),
            hedged=is_hedged(tail.verb),
            detachable=not _is_share(tail.source),
        )
        for tail in tails(sentence)
        if (
            any(t.tag_ in FINITE for t in sentence if t.i not in tail.frame)
            or is_short_quotation(sentence, tail.frame)
        )
        and not (tail.source.pos_ == "PRON" and is_in_quotation(tail.verb))
    }
    for token in sentence:
        for finder in _FINDERS:
            for saying in finder(token, sentence):
                if not only_suggests(saying):
                    found.setdefault(saying.verb.i, saying)
    if (uncut := told_whole(sentence)) is not None:
        found.setdefault(uncut.verb.i, uncut)
    if not found and (tag := closing_tag(sentence)) is not None:
        found[tag.verb.i] = tag
    if (around := around_marks(sentence, found.values())) is not None:
        found[around.verb.i] = around
    shown = presented(sentence)
    if shown is not None and not any(_covers(s, shown) for s in found.values()):
        found[shown.verb.i] = shown
    ordered = sorted(found.values(), key=lambda saying: -len(saying.content))
    bare = [replace(s, content=s.content - _other_frames(s, ordered)) for s in ordered]
    # '"P," X said, according to Y': both hold P alone, and Y relays.
    return sorted(bare, key=lambda s: (-len(s.content), s.verb.lower_ != "according"))


def _behind_but(frame: frozenset[int], sentence: Span) -> frozenset[int]:
    """What the article says itself in "P, the report said, but Q"."""
    rest = sentence.doc[max(frame) + 1 : sentence.end]
    return frozenset(t.i for t in rest) if turns_away(rest) else frozenset()


def _covers(saying: Saying, shown: Saying) -> bool:
    """Whether the quotation can be cut out by it: its verb is the one that stands above all."""
    above = saying.verb.i == shown.verb.i or saying.verb.is_ancestor(shown.verb)
    return above and saying.content | saying.frame >= shown.content


def _said_besides(verb: Token) -> frozenset[int]:
    """What is said after the quotation: '"P," she said, adding that Q'."""
    adding = (
        t
        for t in verb.children
        if t.dep_ == "advcl" and t.tag_ == "VBG" and t.lemma_ in verbs.ASSERTS and t.i > verb.i
        if not only_points(t)
    )
    return frozenset().union(*map(subtree, adding))


def _other_frames(saying: Saying, all_sayings: list[Saying]) -> frozenset[int]:
    frames = [s.frame for s in all_sayings if s.detachable and s.verb.i != saying.verb.i]
    return frozenset().union(*frames)


def _with_content(verb: Token, sentence: Span) -> Iterator[Saying]:
    """'X said that P', '"P", said X', 'saying P' after the main verb."""
    if verb.pos_ not in VERBAL or not asserts(verb):
        return
    torn = is_second_half(verb) or opens_list(verb)
    content = frozenset[int]() if torn else content_of(verb, sentence)
    found, source = _source_of(verb)
    if not content or not found or (source is not None and source.i in content):
        return
    if source is not None and is_in_quotation(source) != is_in_quotation(verb):
        return  # '"P, everything," X tweeted'
    if source is not None and source.pos_ == "PRON" and is_in_quotation(verb):
        return  # only the speaker knows who "he" is
    missing = verb.dep_ == "relcl" and (
        any(t.tag_ == "WDT" and t.dep_ == "mark" for t in verb.children)
        or is_without_pronoun(verb, source)
    )
    if missing or (source is not None and any(t.lower_ in {"i", "we"} for t in source.subtree)):
        return  # "the respect (that) Lee demands they show", "Lee and I thought"
    if (verb.lemma_ in verbs.ACTS and _looks_ahead(verb, content)) or is_likened(verb):
        return
    content |= _where_it_holds(verb, source)
    besides = (subtree(t) for t in verb.children if goes_on_saying(t) and asserts(t))
    frame = subtree(verb) - content - joined(verb).union(*besides)
    frame &= positions(sentence)
    frame -= told_beside(source, verb)
    if verb.dep_ == "conj" and source is not None and source.i not in frame:
        frame |= frozenset(t.i for t in verb.head.children if t.dep_ == "cc")
    if _opens_behind_colon(content, verb):
        frame |= frozenset(range(sentence.start, min(content)))
    elif verb.dep_ == "advcl" and own_subject(verb) is None:
        frame = frozenset(i for i in frame if i > verb.i - 2)
    role = Role.DENIES if verb.lemma_ in verbs.DENIES else Role.ASSERTS
    bound = _is_bound(verb, frame) or role is Role.DENIES
    bound = bound or (source is None and verb.lemma_ in _SUPPOSING)
    inseparable = (
        bound or _is_share(source) or _counts(source, frame) or _are_several(source, content)
    )
    whole = states_something(verb, content) and not inseparable
    yield Saying(verb, source, frame, content, role, is_hedged(verb), detachable=whole)


def _basis(verb: Token) -> frozenset[int]:
    """The words before the speaker that limit what is said: "Based on that, Lee wrote, P"."""
    first = verb.sent[0]
    based = first.lower_ == "based" and first.head.i == verb.i
    comma = first.right_edge.i + 1
    if not based or verb.doc[comma : comma + 1].text != ",":
        return frozenset()
    return subtree(first) | {comma}


def _where_it_holds(verb: Token, source: Token | None) -> frozenset[int]:
    """The "In Texas" of "In Texas, reports indicate that P", which is no place of saying it."""
    if source is None or not (is_document(source) or source.tag_ == "NNS"):
        return frozenset()
    places = (
        t
        for t in verb.children
        if t.dep_ == "prep" and t.i == verb.sent.start and t.lower_ == "in" and t.i < source.i
    )
    here = next((t for t in places if any(w.ent_type_ == "GPE" for w in t.subtree)), None)
    return subtree(here) | {here.right_edge.i + 1} if here is not None else frozenset()


def _opens_behind_colon(content: frozenset[int], verb: Token) -> bool:
    """Whether it is 'X answered the critics by saying: "P"': all before only attributes."""
    first = verb.doc[min(content)]
    return first.i > verb.i and any(t.text == ":" for t in verb.doc[verb.i : first.i])


def _is_bound(verb: Token, frame: frozenset[int]) -> bool:
    """Whether the saying is part of another statement: "seemed to say", "because they said"."""
    leads = verb.i < verb.head.i  # "when she says P, they cheer"; not "it is news when she says P"
    told = verb.head.dep_ in CLAUSAL  # "said she was sarcastic when she said P"
    marks = {t.lower_ for t in verb.children if t.dep_ == "mark"}
    marks |= {t.lower_ for t in verb.children if t.tag_ == "WRB" and (leads or told)}
    measured = verb.head.lower_ in {"long", "soon", "far", "much"} and "as" in marks
    tied = (
        any(verb.doc[i].lower_ in _TYING and i < verb.i for i in frame),
        verb.tag_ == "VBG" and _follows_another(verb),
        measured,  # "as long as they believe P"
        verb.doc[verb.i + 1 : verb.i + 3].text.lower() == "no matter",  # "how long it takes, P"
        verb.lemma_ in verbs.THINKS and any(t.lower_ in _MISTAKEN for t in verb.lefts),
        _is_told_each_time(verb),
        verb.dep_ == "relcl" and "where" in {t.lower_ for t in verb.lefts},
        "as" in marks and verb.head.lemma_ in _COMING and verb.i > verb.head.i,
    )
    return verb.dep_ == "xcomp" or any(tied) or (verb.dep_ == "advcl" and bool(marks & _BINDING))


def _is_told_each_time(verb: Token) -> bool:
    """Whether it is "every time I come, they say P"."""
    return any(
        t.dep_ == "npadvmod" and any(c.dep_ == "relcl" for c in t.children) for t in verb.children
    )


def _follows_another(participle: Token) -> bool:
    """Whether it is the second of two: "reading P and then, after a pause, saying Q"."""
    before = participle.doc[max(participle.sent.start, participle.i - 8) : participle.i]
    links = [t.i for t in before if t.dep_ == "cc"]
    return bool(links) and all(
        t.pos_ not in VERBAL for t in participle.doc[links[-1] + 1 : participle.i]
    )


def _counts(source: Token | None, frame: frozenset[int]) -> bool:
    """Whether figures stand with a group that says it: "by 63% to 31%, adults say"."""
    if source is None or source.ent_type_ in {"PERSON", "ORG"}:
        return False
    tokens = [source.doc[i] for i in frame]
    return any(t.text[:1].isdigit() and t.ent_type_ not in {"DATE", "TIME"} for t in tokens)


def _are_several(source: Token | None, content: frozenset[int]) -> bool:
    """Whether several people say something of themselves: "Lee and Holm said they would"."""
    return (
        source is not None
        and (any(t.dep_ == "conj" for t in source.children) or partner_of(source) is not None)
        and any(source.doc[i].lower_ in _OF_THEMSELVES for i in content)
    )


def _is_share(source: Token | None) -> bool:
    """Whether it is "45 percent of voters": their number is part of what is told."""
    return (
        source is not None
        and source.ent_type_ != "PERSON"
        and not are_counted_people(source)
        and any(
            (t.like_num and t.dep_ != "appos") or t.text == "%" or t.lower_ in verbs.PORTIONS
            for t in source.subtree
        )
    )


def _speaker_of(verb: Token) -> Token | None:
    """The subject of a verb; that of the clause above where its own cannot speak.

    "She declined to say whether the plan failed but did say P": the parser may
    join the second verb to the wrong one.
    """
    if (speaker := complainer(verb)) is not None:
        return speaker
    subject = subject_of(verb)
    if subject is None or own_subject(verb) is not None:
        return subject
    spoke = can_speak(subject) or _had_before(verb)
    if spoke and not _is_told_itself(verb, subject):
        return subject
    above = (own_subject(a) for a in verb.ancestors if a.pos_ in VERBAL)
    others = (s for s in above if s is not None and s.i != subject.i)
    return next((s for s in others if can_speak(s)), subject)


def _had_before(verb: Token) -> bool:
    """Whether a "had" joins it to the verb before: "Lee noted the killer had fled and had said"."""
    both = (verb, verb.head) if verb.dep_ == "conj" else ()
    return bool(both) and all(any(t.lower_ == "had" for t in v.children) for v in both)


def _is_told_itself(verb: Token, subject: Token) -> bool:
    """Whether the hearer is the subject: "met reports that Peru built P and warned the country"."""
    heard = any(t.dep_ in {"dobj", "dative"} and t.lemma_ in _STATES for t in verb.children)
    return heard and subject.ent_type_ == "GPE"


def _source_of(verb: Token) -> tuple[bool, Token | None]:
    """Return whether anybody says it, and who; nobody named for "it is reported"."""
    if sum(t.dep_ in SUBJECTS and t.i < verb.i for t in verb.children) > 1:
        return False, None  # the parser lost its way
    subject = _speaker_of(verb)
    passive = any(child.dep_ in {"auxpass", "nsubjpass"} for child in verb.children)
    if subject is not None and subject.lower_ == "it":
        agent = next((t for t in verb.children if t.dep_ == "agent"), None)
        by = next((t for t in agent.children if t.dep_ == "pobj"), None) if agent else None
        return passive or by is not None, by
    if subject is None or passive or _only_meets(verb, subject) or _is_backed(subject):
        return False, None
    if verb.tag_ == "VBG" and own_subject(verb) is None:
        return source_of_participle(verb, subject)
    return may_tell(verb, subject), subject


def _is_backed(subject: Token) -> bool:
    """Whether the parser joins two clauses: "9% back Lee and 6% said P"."""
    return any(t.dep_ == "conj" and t.text == "%" for t in subject.children)


def _only_meets(verb: Token, subject: Token) -> bool:
    """Whether somebody finds a thing and no fact: "Lee found success in doing P"."""
    told = (t for t in verb.children if t.dep_ in CLAUSAL)
    return verb.lemma_ == "find" and not is_document(subject) and not any(map(is_finite, told))


def _looks_ahead(verb: Token, content: frozenset[int]) -> bool:
    """A promise or plan: to announce it is an act, and nothing is asserted yet."""
    first = (verb.doc[i] for i in sorted(content)[:8])
    return any(t.lower_ in _AHEAD and t.tag_ != "IN" for t in first)


def _quoted(verb: Token, sentence: Span) -> Iterator[Saying]:
    """'The Herald quoted Lee as saying P', '"P," he was quoted as saying'."""
    said = quoted_saying(verb)
    if said is None or is_in_quotation(verb):
        return
    content = content_of(said, sentence) or content_of(verb, sentence)
    source = relayer(verb)
    if not content or source is None or source.i in content or verb.i in content:
        return
    frame = (subtree(verb) - content - joined(verb)) & positions(sentence)
    whole = states_something(verb, content)
    yield Saying(verb, source, frame, content, hedged=is_hedged(verb), detachable=whole)


_FINDERS = (
    _with_content,
    _quoted,
    according_to,
    document_says,
    in_document,
    behind_colon,
    behind_marks,
    in_front,
    goes_on,
)
