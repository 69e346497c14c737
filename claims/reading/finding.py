"""What finds words that somebody typed, however their figures are written."""

from functools import reduce
from operator import or_

from django.contrib.postgres.search import CombinedSearchQuery, SearchQuery
from django.db.models import Q

from claims.figures import pattern, readings


def in_full_text(words: str, config: str) -> SearchQuery | CombinedSearchQuery:
    """A query for what is searched by its words, in a text search configuration."""
    queries = [
        SearchQuery(each, config=config, search_type="websearch") for each in readings(words)
    ]
    return reduce(or_, queries)


def within(column: str, words: str) -> Q:
    """A condition on a column that the words stand in it, in capitals or not."""
    written = pattern(words)
    return Q(**{f"{column}__iregex": written} if written else {f"{column}__icontains": words})
