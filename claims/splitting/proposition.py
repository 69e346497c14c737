"""One statement of a sentence, as the tokens that make it."""

from dataclasses import dataclass, field

from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class Proposition:
    """``tokens`` are printed in their order; ``lead`` stands before them (a shared subject).

    ``head`` is the verb, ``replaced`` maps the position of a relative pronoun
    to the tokens of what it stands for, ``supplied`` the position of a token
    to what print left out before it: a form of "to be", or an "and" that went
    with another clause.
    """

    head: Token
    tokens: tuple[Token, ...]
    lead: tuple[Token, ...] = ()
    replaced: dict[int, tuple[Token, ...]] = field(default_factory=dict)
    supplied: dict[int, str] = field(default_factory=dict)
