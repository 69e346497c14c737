"""What finds words that somebody typed: in any order, however their figures are written."""

import re
from functools import reduce
from operator import or_

from django.contrib.postgres.search import CombinedSearchQuery, SearchQuery

from claims.figures import readings
from claims.models.words import PARTED, SIGNS

_TYPED = str.maketrans(
    dict.fromkeys(SIGNS, " ") | dict.fromkeys("’‘‚‛", "'") | dict.fromkeys("“”„‟«»", '"')
)
"""The signs of what is typed as what a search knows: straight quotation marks keep words together,
and an apostrophe the two parts of a word."""
_DASH = re.compile(r"(?<!\S)-(?!\S)")
"""A dash between words: it would leave out the one behind it."""


def in_full_text(words: str, config: str) -> SearchQuery | CombinedSearchQuery:
    """A query for what is searched by its ``plain`` words, in a text search configuration."""
    typed = _DASH.sub(" ", re.sub(PARTED, r"\1", words).translate(_TYPED))
    queries = [
        SearchQuery(each, config=config, search_type="websearch") for each in readings(typed)
    ]
    return reduce(or_, queries)
