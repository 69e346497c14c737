"""From an article to single claims, each at its exact words: no database, no network.

``splitter.split_article`` goes through these stages; each module names what it knows.

1. ``reading``: paragraphs (``paragraphs``), what is the page's and not the article's
   (``blocks``, ``noise``), sentences (``sentences``), parsed (``language``, ``mending``).
2. Who says what: ``sayings`` within a sentence, ``quotations`` and ``introducing`` over
   sentences, ``speakers`` for each quotation; ``attribution`` puts them together.
3. ``propositions``: one statement each (``clauses``, ``asides``, ``lists``), uncut where the
   parse cannot be right (``doubts``).
4. Standing alone: ``reference`` and ``bodies`` say whom a pronoun means, ``leaning`` and
   ``pointing`` what is left open, ``surroundings`` what it is read with, ``dates`` which day.
5. ``wording`` words it; ``kinds`` and ``worthiness`` say what it is and whether it is for the
   desk.

Not English: ``whole_sentences``. With a language model: ``llm``.

What stands here needs no parser: whoever only keeps what was found does not load one.
"""

from claims.kinds import Kind, Placement, Role, Target
from claims.splitting.results import (
    Attribution,
    Block,
    Dropped,
    FoundClaim,
    NothingToSplit,
    Splitting,
)

__all__ = [
    "Attribution",
    "Block",
    "Dropped",
    "FoundClaim",
    "Kind",
    "NothingToSplit",
    "Placement",
    "Role",
    "Splitting",
    "Target",
]
