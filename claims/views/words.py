"""Words of a text that a person selected in it, or copied into a form."""

from claims.actions.refusals import Refused
from claims.highlighting import found_in

LONGEST_QUOTE = 5_000
"""Characters of a quote that are looked for in a text; nobody means more."""


def place_of(text: str, quote: str, start: str, end: str, *, missing: str) -> tuple[int, int]:
    """Where the words stand; raise Refused, saying what is ``missing``, if that is not clear."""
    check_length(quote)
    found = found_in(text, quote, start, end)
    if found is None:
        raise Refused(missing)
    return found


def check_length(quote: str) -> None:
    """Raise Refused if a quote is too long to be looked for."""
    if len(quote) > LONGEST_QUOTE:
        raise Refused(
            f"These words have {len(quote):,} characters, and {LONGEST_QUOTE:,} at most are taken. "
            "Choose only the sentence or two that matter."
        )
