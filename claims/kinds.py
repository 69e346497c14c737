"""The words a claim is described with, shared by splitter, tables and screens."""

from enum import StrEnum


class Kind(StrEnum):
    """What sort of statement a claim is."""

    EVENT = "event"
    QUANTITY = "quantity"
    COMPARISON = "comparison"
    QUOTE = "quote"
    CAUSAL = "causal"
    LEGAL = "legal"
    BACKGROUND = "background"
    IMAGE = "image"
    PREDICTION = "prediction"
    OPINION = "opinion"
    UNKNOWN = "unknown"  # in a language that only people sort


OFF_DESK = frozenset({Kind.OPINION, Kind.PREDICTION, Kind.IMAGE})
"""Kinds that are kept and anchored, but shown on the desk only when asked for."""


QUESTION, NO_STATEMENT = "question", "no statement"
"""Why a sentence of the text gives no claim, beside what is no part of the text."""
NOT_IN_BODY = "the body does not say what the headline says"
"""The reason given with a claim of a headline that its article does not bear out."""


class Target(StrEnum):
    """What there is to check: that it was said, what was said, or both."""

    SAID = "said"  # a promise, an insult, an opinion
    CONTENT = "content"
    BOTH = "both"


class Role(StrEnum):
    """What a party does with a claim."""

    ASSERTS = "asserts"
    RELAYS = "relays"
    DENIES = "denies"


class ClaimantKind(StrEnum):
    """What a claimant is that an article names."""

    PERSON = "person"
    BODY = "body"
    UNKNOWN = "unknown"


class Anchor(StrEnum):
    """How surely a claim's words were found in a version of the article."""

    EXACT = "exact"  # same words between the same words
    MOVED = "moved"  # same words elsewhere, or lightly edited in their old context
    AMBIGUOUS = "ambiguous"  # something else looks like it: a person decides
    ORPHANED = "orphaned"  # no longer in the text


SAME_WORDS = "same-words/1"
"""The method of links between a copy's claims and those of its original."""


OWN_VOICE = "article"
"""What kind of claimant a verdict names where it is the article itself that says it."""


class Placement(StrEnum):
    """Where in an article a block stands."""

    HEADLINE = "headline"
    STANDFIRST = "standfirst"
    BODY = "body"
    QUOTATION = "quotation"  # set apart on the page: somebody else's words
    CAPTION = "caption"
    LINK_BLOCK = "link_block"


class Likeness(StrEnum):
    """What a claim is to an older one that is like it."""

    SAME = "same"  # says the same
    REPEATS = "repeats"  # the same claimant says the same again
    STRONGER = "stronger"  # says that, and more
    WEAKER = "weaker"  # says less than that
    RELATED = "related"  # is about the same thing
