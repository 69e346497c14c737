"""What one act of saying is."""

from dataclasses import dataclass

from spacy.tokens import Token

from claims.kinds import Role


@dataclass(frozen=True, slots=True)
class Saying:
    """One act of saying in a sentence.

    ``source`` is the head of the phrase that names who says it (None: "it is
    reported"), ``frame`` the tokens that only attribute, ``content`` the
    tokens of what is said; both are sets of token positions in the paragraph.
    ``detachable`` says that a whole sentence is left when the frame goes, ``verbal`` that
    the verb is one of saying: of "had an answer:" it is not.
    """

    verb: Token
    source: Token | None
    frame: frozenset[int]
    content: frozenset[int]
    role: Role = Role.ASSERTS
    hedged: bool = False
    detachable: bool = True
    verbal: bool = True
