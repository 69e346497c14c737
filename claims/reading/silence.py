"""Why a source of evidence outside did not answer, in words for people."""

import re

_REASONS = [
    (re.compile(pattern), words)
    for pattern, words in (
        (r"switched off by a moderator", "it was switched off by a moderator"),
        (r": rests\b", "it failed lately and is left alone for a while"),
        (r"no time was left", "no time was left to ask it"),
        (r"as much is asked|asks for fewer|status 429", "it is asked as often as it allows"),
        (r"refuses|status 4\d\d", "it refused the question"),
        (r"status 5\d\d", "something is wrong on its side"),
        (r"not JSON|unexpected shape", "its answer could not be understood"),
        (r"Timeout|in time", "it took too long"),
        (r"Connect|Network|Read|Write|Protocol|Proxy", "it could not be reached"),
        (r"no answer from", "the search engines behind it did not answer"),
    )
]


def why_silent(error: str) -> str:
    """What stopped a source from answering.

    >>> why_silent("wikipedia: rests, wikipedia: ConnectError")
    'it failed lately and is left alone for a while'
    >>> why_silent("wikipedia: ConnectError"), why_silent("gdelt: something new")
    ('it could not be reached', 'it gave no answer')
    """
    told = (words for pattern, words in _REASONS if pattern.search(error))
    return next(told, "it gave no answer")
