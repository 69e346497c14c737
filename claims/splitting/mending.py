"""Mend what the small parser gets wrong in ways that print or grammar rules out."""

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from claims.splitting.grammar import (
    AUXILIARY,
    DASHES,
    FINITE,
    SUBJECTS,
    VERBAL,
    has_auxiliary,
    is_finite,
    own_subject,
)
from claims.splitting.parties import is_body, is_somebody
from claims.splitting.spans import is_in_quotation
from claims.splitting.verbs import ASSERTS, THINKS, WANTS

_SECOND_SYLLABLES = frozenset({"-in", "-un", "-il", "-ho", "-hui"})
"""Of Korean names, as they are written in English."""
_MOVES = frozenset(
    "spike jump climb surge drop plunge soar increase decline decrease double triple tumble shrink "
    "slump plummet".split()
)
_UNFINISHED = frozenset({"ADP", "DET", "CCONJ", "SCONJ"})
"""Parts of speech with which no sentence ends before a capital letter that no stop parts off."""
_INTRODUCING = frozenset("as after before since until while".split())


@Language.component("mended_trees")
def mended_trees(doc: Doc) -> Doc:
    """Rehang verbs and subjects that cannot hang where the parser put them."""
    _health_body(doc)
    _names(doc)
    _broken_in_two(doc)
    for sentence in list(doc.sents):
        for token in sentence:
            _finite_modifier(token)
            _second_subject(token)
            _former_role(token)
            _joined_to_infinitive(token)
            _said_besides(token)
            _holder_of_role(token)
            _told_too(token)
        _thought_between(sentence.root)
        _spoken_at(sentence)
        _past_root(sentence)
        _participle_root(sentence.root)
        _verbless_root(sentence)
        _moved_by(sentence)
        _said_at_once(sentence)
        _labelled(sentence)
    return doc


def _health_body(doc: Doc) -> None:
    """ "WHO says": in large letters, among others that are not, it is a body and asks nothing."""
    if doc.text.isupper():
        return
    for word in doc:
        if word.text == "WHO" and word.tag_ == "WP":
            word.tag_, word.pos_ = "NNP", "PROPN"
            if not word.ent_type_:
                doc.set_ents([Span(doc, word.i, word.i + 1, label="ORG")], default="unmodified")


def _broken_in_two(doc: Doc) -> None:
    """ "A finding they say is new": the parser may end a sentence before a small letter.

    Or behind "most of all", "especially", or brackets that hold a few words of it.
    """
    first, *rest = list(doc.sents) or [doc[:0]]
    for sentence in rest:
        start, before = doc[sentence.start], doc[sentence.start - 1]
        titled = before.text == ":" and is_in_quotation(before) and is_in_quotation(start)
        unfinished = before.pos_ in _UNFINISHED or _closes_insertion(before)
        if titled or unfinished or (start.is_lower and (before.is_alpha or before.is_digit)):
            root = sentence.root
            root.head, root.dep_ = first.root, "parataxis"
        else:
            first = sentence


def _closes_insertion(mark: Token) -> bool:
    """Whether it closes brackets that began with a small letter: "to stay (at least in May)"."""
    sentence = mark.doc[mark.sent.start : mark.i]
    opening = next((t for t in reversed(sentence) if t.text == "("), None)
    if mark.text != ")" or opening is None or mark.nbor(-1).is_punct:
        return False
    return opening.nbor().is_lower and opening.i > mark.sent.start and opening.nbor(-1).is_lower


def _names(doc: Doc) -> None:
    """ "Moon Jae-in" is one name, though "in" is a word; "Ann Lee - the maker" ends one."""
    names: list[Span] = []
    for ent in doc.ents:
        if names and ent.start < names[-1].end:
            continue  # the second half of the name before
        end = ent.end
        if (
            ent.label_ == "PERSON"
            and doc[end : end + 2].text.lower() in _SECOND_SYLLABLES
            and not doc[end - 1].whitespace_
        ):
            end += 2
        apart = (t.i for t in ent[1:] if t.text in {*DASHES, "-"} and t.nbor(-1).whitespace_)
        end = next(apart, end)
        names.append(Span(doc, ent.start, end, label=ent.label))
    if [name.end for name in names] != [ent.end for ent in doc.ents]:
        doc.ents = tuple(names)


def _finite_modifier(verb: Token) -> None:
    """ "as protests continued": a finite verb modifies no noun, the noun is its subject."""
    noun = verb.head
    if verb.dep_ != "acl" or verb.tag_ not in FINITE or noun.i > verb.i or noun.dep_ != "pobj":
        return
    mark = noun.head
    if mark.lower_ not in _INTRODUCING or any(t.dep_ in SUBJECTS for t in verb.children):
        return
    verb.head, verb.dep_ = mark.head, "advcl"
    noun.head, noun.dep_ = verb, "nsubj"
    mark.head, mark.dep_ = verb, "mark"


def _spoken_at(sentence: Span) -> None:
    """ "Speaking in Rome, Lee, who left, said P": it is Lee who said it, and no speaking."""
    verb, first = sentence.root, sentence[0]
    if first.tag_ != "VBG" or first.dep_ not in SUBJECTS | {"csubj"} or first.head.i != verb.i:
        return
    behind = (t for t in first.subtree if t.dep_ in {"appos", "dep"} and t.pos_ == "PROPN")
    name = next((t for t in behind if t.left_edge.nbor(-1).text == ","), None)
    if name is not None and name.i < verb.i:
        first.dep_ = "advcl"
        name.head, name.dep_ = verb, "nsubj"


def _second_subject(subject: Token) -> None:
    """ "said the rules that ... are wrong": a subject behind its verb is the next verb's."""
    verb = subject.head
    if subject.dep_ != "nsubj" or subject.i < verb.i:
        return
    if not any(t.dep_ in SUBJECTS and t.i < verb.i for t in verb.children):
        return
    clause = next((t for t in verb.children if t.dep_ == "ccomp" and t.i > subject.i), None)
    if clause is None or clause.tag_ not in FINITE:
        return
    if not any(t.dep_ in SUBJECTS for t in clause.children):
        subject.head = clause


def _joined_to_infinitive(verb: Token) -> None:
    """ "He had a wish to go and pledged help": a past form is no second infinitive."""
    infinitive = verb.head
    if verb.dep_ != "conj" or verb.tag_ not in {"VBD", "VBZ"} or infinitive.tag_ != "VB":
        return
    owned = any(t.dep_ in SUBJECTS or t.dep_ in AUXILIARY for t in verb.children)
    if owned or not any(t.tag_ == "TO" for t in infinitive.children):
        return
    above = (
        t
        for t in infinitive.ancestors
        if t.tag_ == verb.tag_ and t.lemma_ != "be" and own_subject(t) is not None
    )
    if (other := next(above, None)) is not None:
        verb.head = other


def _said_besides(verb: Token) -> None:
    """ "Lee said he had no money and warned that Q": who says P warns, too, and says so aloud.

    So does who "told them the time is now and urged Q": no time urges anybody.
    """
    told = verb.dep_ == "conj" and verb.tag_ == "VBD" and verb.lemma_ in (ASSERTS | WANTS) - THINKS
    clause = verb.head
    saying = clause.head
    if not told or clause.dep_ != "ccomp" or saying.lemma_ not in ASSERTS or saying.i > clause.i:
        return
    subject = own_subject(clause)
    person = subject is not None and subject.lower_ in {"he", "she", "they", "it"}
    owned = any(t.dep_ in SUBJECTS or t.dep_ in AUXILIARY for t in verb.children)
    alone = not any(t.tag_ in FINITE for t in verb.doc[verb.sent.start : saying.i])
    person = person or (subject is not None and not (is_somebody(subject) or is_body(subject)))
    if person and not owned and saying.tag_ == "VBD" and alone:
        links = [t for t in clause.children if t.dep_ == "cc" and t.i < verb.i]
        for moved in (verb, *links[-1:]):
            moved.head = saying


def _holder_of_role(name: Token) -> None:
    """ "The mayor of Hull, Ann Lee, said": she is the mayor, and not the town."""
    place = name.head
    role = place.head.head
    if name.dep_ != "appos" or name.ent_type_ != "PERSON" or place.dep_ != "pobj":
        return
    bare = place.pos_ == "PROPN" and place.head.lower_ in {"of", "for", "at", "in"}
    around = (name.doc[name.left_edge.i - 1].text, name.doc[name.i + 1 : name.i + 2].text)
    if bare and role.pos_ == "NOUN" and role.dep_ in SUBJECTS and around == (",", ","):
        name.head = role


def _labelled(sentence: Span) -> None:
    """ "THE FACTS: Lee has not resigned": what stands behind a label is the sentence."""
    label = sentence.root
    if label.pos_ in VERBAL or label.i + 1 >= sentence.end or label.nbor().text != ":":
        return
    behind = (t for t in label.children if t.i > label.i + 1 and t.dep_ == "acl")
    verb = next((t for t in behind if any(c.dep_ in SUBJECTS for c in t.children)), None)
    if verb is None or not any(t.tag_ in FINITE for t in (verb, *verb.children)):
        return
    verb.head, verb.dep_ = verb, "ROOT"
    label.head, label.dep_ = verb, "dep"


def _told_too(that: Token) -> None:
    """ "She said P, that Q and that R": Q stands beside P, and is no circumstance of it."""
    verb = that.head
    if that.lower_ == "that" and that.dep_ == "mark" and verb.dep_ == "advcl":
        behind_comma = that.i > 0 and that.nbor(-1).text == ","
        judged = any(t.dep_ in {"acomp", "attr"} for t in verb.head.children)  # "is clear, that Q"
        if behind_comma and not judged and verb.head.i < that.i and verb.head.dep_ == "ccomp":
            verb.dep_ = "conj"


def _former_role(ex: Token) -> None:
    """ "The ex-governor": one word, and the governor is its head."""
    if ex.lower_ != "ex" or ex.i + 2 >= len(ex.doc) or ex.nbor().text != "-":
        return
    role = ex.nbor(2)
    if role.head.i == ex.head.i and role.dep_ == ex.dep_:
        for child in list(ex.children):
            child.head = role
        ex.nbor().head, ex.nbor().dep_ = role, "punct"
        ex.head, ex.dep_ = role, "compound"


def _past_root(sentence: Span) -> None:
    """ "Most reports involved fraud": a main verb with a subject and no auxiliary is in a tense."""
    verb = sentence.root
    subject = any(t.dep_ == "nsubj" and t.i < verb.i for t in verb.children)
    if verb.tag_ == "VBN" and subject and not any(t.tag_ in FINITE for t in sentence):
        verb.tag_ = "VBD"


def _participle_root(verb: Token) -> None:
    """ "Lee, again putting P, had said Q": what stands between commas is not the main verb."""
    subject = own_subject(verb)
    main = next((t for t in verb.children if t.dep_ == "conj" and is_finite(t)), None)
    if verb.tag_ != "VBG" or has_auxiliary(verb) or subject is None or main is None:
        return
    behind = max(t.i for t in subject.subtree if not t.is_punct) + 1
    set_off = behind < verb.i and verb.doc[behind].text == "," and subject.i < verb.i
    if not set_off or own_subject(main) is not None or any(t.dep_ == "cc" for t in verb.children):
        return
    for child in list(verb.children):
        if child.i <= behind or child.i > main.i:
            child.head = main
    main.head, main.dep_ = main, "ROOT"
    verb.head, verb.dep_ = main, "advcl"


def _said_at_once(sentence: Span) -> None:
    """ "Trump tweeted Monday that P": read as a trump of a Monday that was tweeted."""
    if len(sentence) < 5 or sentence[0] != sentence.root or sentence[0].tag_ in FINITE:
        return
    name, verb = sentence[0], sentence[1]
    that = next((t for t in sentence[2:9] if t.lower_ == "that" and t.dep_ == "mark"), None)
    says = verb.lemma_ in ASSERTS - THINKS and verb.tag_ in {"VBD", "VBN"} and name.is_title
    if that is None or not says or that.head.i < that.i:
        return
    clause = that.head
    for child in list(name.children):
        if child.i > name.i:
            child.head = verb
    verb.head, verb.dep_, verb.tag_ = verb, "ROOT", "VBD"
    name.head, name.dep_, name.pos_, name.tag_ = verb, "nsubj", "PROPN", "NNP"
    clause.head, clause.dep_ = verb, "ccomp"
    for token in sentence[2 : that.i]:
        if token.dep_ == "appos":
            token.head, token.dep_ = verb, "npadvmod"


def _thought_between(verb: Token) -> None:
    """ "She said P were, I suppose, Q": "I suppose" is not what the sentence says."""
    subject = next((t for t in verb.children if t.dep_ == "nsubj"), None)
    clause = next((t for t in verb.children if t.dep_ == "ccomp" and t.i < verb.i), None)
    if subject is None or clause is None or subject.lower_ != "i" or clause.tag_ not in FINITE:
        return
    around = verb.doc[subject.i - 1 : verb.i + 2]
    if subject.i + 1 == verb.i and around[0].text == around[-1].text == ",":
        for child in list(verb.children):
            if child.i != subject.i:
                child.head = clause
        clause.head, clause.dep_ = clause, "ROOT"
        verb.head, verb.dep_ = clause, "parataxis"


def _moved_by(sentence: Span) -> None:
    """ "In May, deaths from drugs spiked by 386%.": where no verb stands, that is the verb."""
    verb = next((t for t in sentence if t.dep_ == "acl" and t.lemma_ in _MOVES), None)
    if verb is None or verb.tag_ != "VBN" or any(t.tag_ in FINITE for t in sentence):
        return
    noun, root = verb.head, sentence.root
    far = (t for t in verb.children if t.dep_ == "prep" and t.lower_ in {"by", "to", "from"})
    figure = any(t.like_num for prep in far for t in prep.subtree)
    if not figure or noun.pos_ != "NOUN" or root not in {noun, noun.head}:
        return
    around = [t for t in (*noun.children, *root.children) if t.i != verb.i]
    for child in around:
        leads = child.i < noun.i and child.pos_ == "ADP"
        if child.i > verb.i or (child.dep_ == "punct" and child.head == root) or leads:
            child.head = verb
    verb.tag_ = "VBD"
    root.head, root.dep_ = verb, "prep"
    verb.head, verb.dep_ = verb, "ROOT"
    noun.head, noun.dep_ = verb, "nsubj"


def _verbless_root(sentence: Span) -> None:
    """ "The report, published May 1, surveyed 71 firms": the verb behind the aside is the main one.

    Only when nothing else in the sentence can be its verb.
    """
    noun = sentence.root
    if noun.pos_ not in {"NOUN", "PROPN"}:
        return
    verb = next(
        (
            t
            for t in noun.children
            if t.dep_ == "acl"
            and t.tag_ in {"VBN", "VBD"}
            and t.i > noun.i + 3
            and t.nbor(-1).text == ","
        ),
        None,
    )
    if verb is None or sentence.doc[noun.i + 1].text != ",":
        return
    if any(t.pos_ in VERBAL and t.dep_ == "ROOT" for t in sentence):
        return
    for child in list(noun.children):
        if child.i > verb.i:
            child.head = verb
    verb.head, verb.dep_, verb.tag_ = verb, "ROOT", "VBD"
    noun.head, noun.dep_ = verb, "nsubj"
