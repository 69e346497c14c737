"""Tell which cuts of a sentence rest on a parse that cannot be right.

The parser errs on long sentences, and what is cut by its errors says what nobody printed.
Whatever shows here that it went astray keeps the sentence whole.
"""

from collections.abc import Sequence
from itertools import groupby, pairwise

from spacy.tokens import Span, Token

from claims.splitting import verbs
from claims.splitting.clauses import SUBJECT_LIKE, subject_of_clause
from claims.splitting.contrasts import is_before_colon
from claims.splitting.grammar import CLAUSAL, DASHES, FINITE, VERBAL
from claims.splitting.parties import is_body, is_document, is_somebody
from claims.splitting.proposition import Proposition
from claims.splitting.spans import is_in_quotation

_MOST_GAPS = 4
_INCOMPLETE = (
    frozenset("be do have hear see know mean intend expect plan highlight".split())
    | verbs.SAYS_BY_ITSELF
)
"""Verbs that say nothing without what follows them."""
_SCRAP = 3
"""Words."""
_PARTICLES = frozenset({"up", "down", "off", "out"})
_TELLING = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})
_NEEDED = frozenset("dobj attr acomp ccomp xcomp oprd pobj pcomp".split())
"""What a verb or preposition does not do without."""
_OPENING = frozenset("while whilst whereas although though as after that each".split())
"""Words before which, or behind which, a clause may end."""
_DEPENDING = frozenset({"since", "because", "unless", "until"})
_TIMING = frozenset({"before", "after", "until"})
_ASKING = frozenset("how what why who whom which".split())
_RELATIVE = frozenset({"WDT", "WP", "WP$"})
_NAMING = frozenset("NN NNS NNP NNPS WP WDT VBN".split())
"""Tags of a subject; brackets and "itself" may be taken for one too."""


def are_doubtful(found: Sequence[Proposition], frames: frozenset[int]) -> bool:
    """Whether any of a sentence's propositions shows that it was cut in the wrong place.

    ``frames`` are the positions of words that only attribute: they may be missing anywhere.
    """
    together = [
        (head, frozenset(t.i for p in parts for t in p.tokens)) for head, parts in _by_head(found)
    ]
    return (
        not all(_says_something(p) for p in found)
        or any(_is_pieced_together(p) or is_fragment(p) or _lacks_and(p) for p in found)
        or any(_is_half(p) or _shares_object(p) or _ends_in_scrap(p) for p in found)
        or any(_has_two_subjects(p.head) or _ends_in_opening_mark(p) for p in found)
        or (len(found) > 1 and any(_asks(p) or _hangs_on_noun(p) for p in found))
        or _shares_condition(found)
        or (len(found) > 1 and _misses_main_verb(found[0].head.sent))
        or (len(found) > 1 and _tells_a_thing(found[0].head.sent))
        or (len(found) > 1 and _tells_one_from_another(found[0].head.sent))
        or _reads_marks_as_words(found[0].head.sent)
        or any(_tells_nothing(p) or _cannot_speak(p) for p in found if len(found) > 1)
        or _goes_on_behind(found)
        or any(_lacks_what_it_needs(head, tokens, frames) for head, tokens in together)
        or any(_ends_inside(head, tokens, frames) for head, tokens in together)
    )


def _tells_one_from_another(sentence: Span) -> bool:
    """Whether it opens with "it's one thing to ask", which says nothing by itself."""
    words = [t.lower_ for t in sentence]
    return ["one", "thing", "to"] in (words[i : i + 3] for i in range(6))


def _misses_main_verb(sentence: Span) -> bool:
    """Whether "there is P" is read as "the P there", or a verb of an aside as the subject."""
    return any(
        (t.dep_ == "expl" and t.head.dep_ == "amod")
        or (t.dep_ == "csubj" and t.tag_ == "VBD" and _is_named(t))
        or (t.dep_ == "expl" and t.head.head.dep_ == "amod")
        for t in sentence
    )


def _tells_a_thing(sentence: Span) -> bool:
    """Whether it is "saying the board — P — is Q", read as saying a board."""
    return any(
        t.tag_ == "VBG"
        and t.lemma_ in {"say", "claim", "argue", "note"}
        and all(c.dep_ not in CLAUSAL for c in t.children)
        and any(c.dep_ == "dobj" and c.nbor().text in DASHES for c in t.children)
        for t in sentence
    )


def _is_named(verb: Token) -> bool:
    """Whether somebody with a name is its subject."""
    return any(t.dep_ == "nsubj" and t.pos_ == "PROPN" for t in verb.children)


def _by_head(found: Sequence[Proposition]) -> list[tuple[Token, list[Proposition]]]:
    """The propositions of each verb; those of one list have the same."""
    ordered = sorted(found, key=lambda p: p.head.i)
    return [
        (group[0].head, group)
        for _, parts in groupby(ordered, key=lambda p: p.head.i)
        if (group := list(parts))
    ]


def _is_pieced_together(proposition: Proposition) -> bool:
    """Whether it consists of so many parts that the parser must be wrong."""
    return sum(b.i - a.i > 1 for a, b in pairwise(proposition.tokens)) >= _MOST_GAPS


def _says_something(proposition: Proposition) -> bool:
    """Whether the words make a statement: a verb of theirs, a subject, and enough between."""
    tokens = (*proposition.lead, *proposition.tokens)
    words = [t for t in proposition.tokens if t.is_alpha or t.like_num]
    has_subject = any(_is_subject(t) for t in tokens) or bool(proposition.lead)
    telling = sum(t.pos_ in _TELLING or t.like_num for t in words)
    enough = has_subject and len(words) >= 3 and telling >= 2
    return enough and not _breaks_off(proposition)


def _is_subject(token: Token) -> bool:
    """Whether it is a subject, or joined to one: "Lee and Holm"."""
    while token.dep_ == "conj" and token.pos_ in {"NOUN", "PROPN"}:
        token = token.head
    return token.dep_ in SUBJECT_LIKE


def _ends_in_opening_mark(proposition: Proposition) -> bool:
    """Whether a quotation opens behind it: 'they can have "other things" there, "'."""
    last = proposition.tokens[-1]
    return last.text == '"' and not is_in_quotation(last)


def _has_two_subjects(verb: Token) -> bool:
    """Whether a verb has two subjects, or a participle for one: "Angered as they ignore P"."""
    subjects = [t for t in verb.lefts if t.dep_ in {"nsubj", "nsubjpass"} and t.tag_ in _NAMING]
    participle = subjects and subjects[0].tag_ == "VBN" and subjects[0].i == verb.sent.start
    return len(subjects) > 1 or bool(participle)


def _breaks_off(proposition: Proposition) -> bool:
    """Whether it ends before it says what: "as they should be", "and so did they"."""
    head = proposition.head
    last = [t for t in proposition.tokens if not t.is_punct][-1]
    if last.dep_ == "neg" and last.i < head.sent.end - 2:
        return True  # "the cut was not"
    if last.tag_ == "VBG" and last.lemma_ in _INCOMPLETE and last.dep_ == "xcomp":
        return last.i < head.sent.end - 2  # "it is worth noting"
    return head.lemma_ in _INCOMPLETE and not any(
        t.i > head.i and t.dep_ != "punct" and t in proposition.tokens for t in head.children
    )


def is_fragment(proposition: Proposition) -> bool:
    """Whether it is "the only complaint they have" or "said that P", and no sentence."""
    head = proposition.head
    hangs = head.dep_ in {"relcl", "acl"} and not (proposition.replaced or proposition.lead)
    hangs = hangs and proposition.tokens[0].text != '"'  # 'said in an address that "P"'
    if hangs or _ends_in_subject(proposition):
        return True
    words = [t for t in proposition.tokens if not t.is_punct and t.dep_ != "cc"]
    if not words:
        return True  # an "and" alone
    first = words[0]
    marks = [t for t in words if t.dep_ == "mark" and t.head.i == head.i]
    late = any(t.lower_ in _TIMING and t.i > first.i for t in marks)
    if any(t.lower_ in _DEPENDING and t.i == first.i for t in marks) or (
        late and head.dep_ in {"advcl", "ROOT"}
    ):
        return True  # "since P and Q", "in the aftermath, before P"
    inside = {t.i for t in proposition.tokens}
    if any(
        t.dep_ == "advcl" and t.tag_ in {"VBG", "VBN"} and t.head.i not in inside for t in words[:3]
    ):
        return True  # 'asked why, "P"'
    if proposition.lead or first.tag_ not in FINITE or first.i in proposition.supplied:
        return False
    return not any(
        t.dep_ in SUBJECT_LIKE and t.i > first.i for v in (first, first.head) for t in v.children
    )


def _ends_in_subject(proposition: Proposition) -> bool:
    """Whether somebody is told of at its end who does something behind it: "P, many of us"."""
    tokens = [t for t in proposition.tokens if not t.is_punct]
    if not tokens:
        return False
    last, sentence = tokens[-1], proposition.head.sent
    apart = next((t for t in (last, *last.ancestors) if t.dep_ == "appos"), None)
    if apart is None or apart.tag_ != "JJ" or last.i + 1 >= sentence.end:
        return False
    return last.nbor().text == "," and proposition.head.dep_ in {"advcl", "ccomp"}


def _ends_in_scrap(proposition: Proposition) -> bool:
    """Whether a few words stand behind its dash, and what is told of them went: "– a campaign"."""
    words = [t for t in proposition.tokens if not t.is_punct]
    last = words[-1]
    if last.i >= proposition.head.sent.end - 2 or last.i not in {t.i for t in proposition.tokens}:
        return False
    return any(t.text in DASHES and 0 < last.i - t.i <= _SCRAP for t in proposition.tokens)


def _reads_marks_as_words(sentence: Span) -> bool:
    """Whether the parser takes a quotation mark for a subject or a verb."""
    return any(
        t.text in {"'", '"'} and (t.dep_ in SUBJECT_LIKE or t.tag_ in FINITE) for t in sentence
    )


def _tells_nothing(proposition: Proposition) -> bool:
    """Whether what is told went with another verb: "Lee told the board and later wrote that P".

    Or stands before it: "Lee offered one, and the mayor did so while P".
    """
    head = proposition.head
    if head.dep_ == "conj" and head.lemma_ == "do" and any(t.lower_ == "so" for t in head.children):
        return True
    said = {t.dep_ for t in head.children if t.i > head.i}
    again = any(t.dep_ == "conj" and t.lemma_ in verbs.SAYS_BY_ITSELF for t in head.children)
    return head.lemma_ == "tell" and again and not said & {"ccomp", "xcomp", "prep", "dative"}


def _cannot_speak(proposition: Proposition) -> bool:
    """Whether "Lee said the time is now and urged them" is read as if the time urged."""
    subject = next((t for t in proposition.lead if t.dep_ in SUBJECT_LIKE), None)
    if subject is None or proposition.head.lemma_ not in verbs.WANTS | {"tell"}:
        return False
    return not (is_somebody(subject) or is_body(subject) or is_document(subject))


def _is_half(proposition: Proposition) -> bool:
    """Whether it ends before the second half: "not only P", "not P so much as Q"."""
    words = [t.lower_ for t in proposition.tokens if not t.is_punct]
    if proposition.tokens[-1].i >= proposition.head.sent.end - 1:
        return False
    opens = [word for word in words if word not in {"and", "but"}][:2] == ["not", "only"]
    behind = proposition.head.doc[proposition.tokens[-1].i : proposition.head.sent.end]
    that = "not that" in " ".join(words) and "but that" in " ".join(t.lower_ for t in behind)
    return opens or that or words[-2:] in (["so", "much"], ["as", "much"])


def _shares_object(proposition: Proposition) -> bool:
    """Whether its object stands behind the next verb: "they suspended, then resumed, the talks".

    So it does in "they asked for and received it".
    """
    head = proposition.head
    if any(t.dep_ == "cc" and _is_left_over(t, proposition) for t in proposition.tokens):
        return True  # "accused of and, but"
    words = [t for t in proposition.tokens if not t.is_punct]
    if words[-1].dep_ == "prep" and not any(words[-1].children) and words[-1].i + 1 < head.sent.end:
        return words[-1].nbor().dep_ == "cc"
    passive = any(t.dep_ == "auxpass" for t in head.children)
    nexts = [t for t in head.children if t.dep_ == "conj" and t.i > head.i]
    ends = words[-1].i == head.i and not passive
    return ends and any(
        c.dep_ == "dobj" or (c.dep_ == "prep" and c.lower_ in _PARTICLES)
        for t in nexts
        for c in t.children
    )


def _is_left_over(link: Token, proposition: Proposition) -> bool:
    """Whether "and" stands right before another "but", and what it joined is gone."""
    behind = [t for t in proposition.tokens if t.i > link.i and not t.is_punct]
    return bool(behind) and behind[0].dep_ == "cc" and behind[0].i > link.i + 2


def _lacks_and(proposition: Proposition) -> bool:
    """Whether the last of its verbs lost the "and" before it: "came, saw"."""
    inside = {t.i for t in proposition.tokens}
    return any(
        verb.dep_ == "conj"
        and (verb.head.i in inside or (verb.i != proposition.head.i and not proposition.lead))
        and verb.pos_ in VERBAL
        and subject_of_clause(verb) is None
        and verb.i not in proposition.supplied
        and not any(t.dep_ == "cc" for t in proposition.tokens if verb.head.i < t.i < verb.i)
        and not any(
            t.dep_ in {"conj", "cc"} and t.i in inside and t.i > verb.i
            for t in (*verb.children, *verb.head.children)
        )
        for verb in proposition.tokens
    )


def _shares_condition(found: Sequence[Proposition]) -> bool:
    """Whether a condition told in one may hold for another: "if P, Q and R", "Q and R if P"."""
    conditions = [
        (t, p)
        for p in found
        for t in p.tokens
        if t.lower_ in {"if", "unless"} and t.dep_ == "mark" and t.head.dep_ == "advcl"
    ]
    return any(
        p.lead or any(q is not p and q.head.dep_ == "conj" and q.head.i > t.i for q in found)
        for t, p in conditions
    )


def _goes_on_behind(found: Sequence[Proposition]) -> bool:
    """Whether a first clause has words behind a second one that was joined to it."""
    for p in found:
        for q in found:
            behind = [t for t in p.tokens if t.i > q.tokens[-1].i and not t.is_punct]
            below = q.head.dep_ in {"conj", "advcl"} and q.head.head.i == p.head.i < q.head.i
            dashed = behind and behind[0].nbor(-1).text in DASHES
            if below and behind and not (dashed and q.head.dep_ == "advcl"):
                return True
    return False


def _asks(proposition: Proposition) -> bool:
    """Whether it is "how far he will go", of which something is told in another."""
    first = next(t for t in proposition.tokens if not t.is_punct)
    return first.lower_ in _ASKING and first.i not in proposition.replaced


def _hangs_on_noun(proposition: Proposition) -> bool:
    """Whether a past form is taken for a word about a noun: "ended the talks, called for"."""
    return any(
        t.tag_ == "VBD"
        and t.i > 0
        and (
            (t.dep_ == "acl" and t.nbor(-1).text == ",")
            or (t.dep_ == "amod" and t.nbor(-1).dep_ in SUBJECT_LIKE)  # "Lee pestered Holm"
        )
        for t in proposition.tokens
    ) or any(_parts_names(t) for t in proposition.tokens)


def _parts_names(word: Token) -> bool:
    """Whether a past form between names is taken for a word about the second.

    "Two men, Lee and Holm, robbed Bell".
    """
    return (
        word.tag_ == "VBN"
        and word.dep_ == "amod"
        and word.head.pos_ == "PROPN"
        and word.i > 1
        and word.nbor(-1).text == ","
        and word.nbor(-2).pos_ == "PROPN"
    )


def _lacks_what_it_needs(head: Token, tokens: frozenset[int], frames: frozenset[int]) -> bool:
    """Whether an object or clause went with another proposition: "the day after it reported"."""
    return any(
        child.dep_ in _NEEDED
        and child.i not in tokens
        and not child.is_punct
        and not is_before_colon(child, head.doc[i])
        for i in tokens - frames
        if head.doc[i].tag_ != "VBG" or i != head.i
        for child in head.doc[i].children
    )


def _ends_inside(head: Token, tokens: frozenset[int], frames: frozenset[int]) -> bool:
    """Whether it begins or ends where print has neither a mark nor a word that joins clauses."""
    doc, sentence = head.doc, head.sent
    for i in range(sentence.start, sentence.end - 1):
        if (i in tokens) == (i + 1 in tokens) or {i, i + 1} & frames:
            continue
        left, right = doc[i], doc[i + 1]
        joins = (
            right.dep_ == "cc"
            or left.dep_ == "cc"
            or right.lower_ in _OPENING
            or left.lower_ in _OPENING
            or right.tag_ in _RELATIVE
            or right.lower_ == "where"
        )
        if not (joins or left.is_punct or right.is_punct):
            return True
    return False
