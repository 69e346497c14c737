"""Tell what the words do that stand behind an attribution."""

from spacy.tokens import Span, Token

from claims.splitting.grammar import AUXILIARY, FINITE, SUBJECTS, own_subject, subtree
from claims.splitting.verbs import ASSERTS, DENIES

_HANGING = frozenset("as because since if unless until when while although though so".split())
_WITHHOLDING = frozenset({"without", "speaking", "declining", "requesting", "refusing"})
_RELATIVE = frozenset({"who", "which", "that"})
_SMALL = frozenset("a and for in of on the to with".split())
"""Words that a programme's name has in small letters."""
_WORKS = frozenset(
    "book memoir autobiography novel podcast program programme show series episode film "
    "documentary column essay".split()
)
_LONGEST_SHOW = 5
"""Words of a programme's name."""


def only_accompanies(rest: Span) -> bool:
    """Whether the rest tells only how, where or of whom it was said: ", reaching for her arm"."""
    marked = any(t.text == '"' for t in rest) and not _calls_names(rest)
    if _looks_back(rest):
        return True
    told = (t for t in rest if t.pos_ == "VERB" and t.dep_ != "amod")  # "a written statement"
    if marked or any(t.lemma_ in ASSERTS | DENIES for t in told):
        return False
    return all(
        any(a.dep_ in {"relcl", "advcl", "acl"} and a.i >= rest.start for a in (t, *t.ancestors))
        for t in rest
        if t.tag_ in FINITE
    )


def _looks_back(rest: Span) -> bool:
    """Whether the rest tells of what the quoted words were said: ", reflecting on the day P"."""
    return (
        len(rest) > 2
        and rest[0].text == ","
        and rest[1].lemma_ in {"reflect", "refer", "allude", "look", "respond", "recall"}
        and rest[1].tag_ == "VBG"
        and all(t.text != '"' for t in rest)
    )


def _calls_names(rest: Span) -> bool:
    """Whether the quoted words only name somebody: ', calling her plan "a mess"'."""
    return (
        len(rest) > 2
        and rest[0].text == ","
        and rest[1].lower_ in {"calling", "describing", "dubbing"}
        and not any(t.tag_ in FINITE for t in rest)
    )


def closes(rest: Span) -> bool:
    """Whether only asides, clauses of what is said and more quoted words follow."""
    told = any(t.tag_ in FINITE for t in rest)
    goes_on = rest[:1].text == "," and rest[1:2].text.lower() in _HANGING
    return not told or goes_on or _looks_back(rest) or any(t.text == '"' for t in rest[1:])


def turns_away(rest: Span) -> bool:
    """Whether the article goes on with what was done: ", but both refused", ", then left".

    Or holds something against it: ", even though output rose".
    """
    links = rest[:2].text.lower() in {", but", ", then"} or rest[:3].text == ", and then"
    links = links or rest[:3].text.lower() == ", even though"
    return links and any(t.tag_ in FINITE for t in rest)


def names_a_show(rest: Span) -> bool:
    """Whether it is 'said on the "Face the Day" programme': marks that quote nobody.

    Or 'wrote in her book, "The Long Walk"'.
    """
    before = rest[0].nbor(-1) if len(rest) else None
    work = before is not None and before.lemma_ in _WORKS
    rest = rest[1:] if work and rest[0].text == "," else rest
    marks = [n for n, t in enumerate(rest) if t.text == '"']
    end = marks[1] if len(marks) > 1 else len(rest)
    told = any(t.tag_ in FINITE and not t.is_title for t in rest[:end])
    if len(rest) < 3 or marks[:1] != [0] or told:
        return False
    closed = any(t.text == '"' for t in rest[-2:])
    before = rest[0].nbor(-1)
    behind_name = work or before.pos_ in {"PROPN", "PART", "ADP"} or before.lemma_ == "tell"
    behind_name = behind_name or before.text == "'"  # "on CBS News' "
    return rest[1].is_title and (not closed or (behind_name and is_title(rest[1:end])))


def withholds(rest: Span) -> bool:
    """Whether the rest tells what the speaker would not tell: ", without elaborating"."""
    quotes = any(t.text == '"' for t in rest)  # 'speaking in Ohio, "and Q"'
    return not quotes and rest[:1].text == "," and rest[1:2].text.lower() in _WITHHOLDING


def resumes_at(rest: Span) -> int | None:
    """Where the sentence goes on: "the plan" of '"If not," said Lee, a nurse, the plan "failed"'.

    None where no quotation goes on with the verb of such a subject.
    """
    mark = next((t for t in rest[: max(0, len(rest) - 2)] if t.text == '"'), None)
    if mark is None or mark.nbor().tag_ not in FINITE:
        return None
    verb = mark.nbor().head if mark.nbor().dep_ in AUXILIARY else mark.nbor()
    subject = own_subject(verb) or (verb.head if verb.dep_ == "relcl" else None)
    if subject is None or not rest.start < subject.i < mark.i or subject.lower_ in _RELATIVE:
        return None
    return min(i for i in subtree(subject) if rest.start <= i)


def cites(rest: Span) -> bool:
    """Whether the rest tells whom the speaker relays: ", citing two officials."."""
    return len(rest) > 1 and rest[0].text == "," and rest[1].lower_ in {"citing", "quoting"}


def only_describes(rest: Span) -> bool:
    """Whether the rest only says who the speaker is: ", a former mayor of the city."."""
    marks = [n for n, t in enumerate(rest) if t.text == '"']
    resumed = any(n and rest[n - 1].is_punct for n in marks[:1])
    if marks and (resumed or len(marks) != 2) and not is_title(rest[marks[0] + 1 : marks[-1]]):
        return False
    return all(_tells_who(t) for t in rest if t.dep_ in SUBJECTS)


def _tells_who(subject: Token) -> bool:
    """Whether it is a relative pronoun, or stands in the clause of one."""
    if subject.lower_ in _RELATIVE:
        return True
    verb = subject.head
    while verb.dep_ not in {"ROOT", "conj"} and verb.head.i != verb.i:
        verb = verb.head
        if any(t.dep_ in SUBJECTS and t.lower_ in _RELATIVE for t in verb.children):
            return True
    return False


def title_from(first: Token) -> Span:
    """Return the title between marks that begins there, else nothing: "Double Down," a book."""
    doc = first.doc
    closing = next((t.i for t in doc[first.i + 1 : first.i + 9] if t.text == '"'), first.i)
    opened = first.i > 0 and first.nbor(-1).text == '"'
    words = doc[first.i : closing]
    return words if opened and closing > first.i and is_title(words) else doc[first.i : first.i]


def is_title(words: Span) -> bool:
    """Whether what stands in marks is a programme's name: "Face the Day"."""
    named = [t for t in words if t.is_alpha]
    return (
        0 < len(named) <= _LONGEST_SHOW
        and words[0].is_title
        and all(t.is_title or t.lower_ in _SMALL for t in named)
    )
