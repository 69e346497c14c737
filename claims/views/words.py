"""Words of a text that a person selected in it, or copied into a form."""

from claims.actions.refusals import Refused
from claims.highlighting import found_in, is_printed

LONGEST_QUOTE = 5_000
"""Characters of a quote that are looked for in a text; nobody means more."""


def place_of(
    text: str,
    quote: str,
    start: str,
    end: str,
    *,
    what: str = "These words",
    within: str = "text",
) -> tuple[int, int]:
    """Where the words stand; raise Refused if they do not, or if several places are meant.

    ``what`` they are called, ``within`` what they should stand.
    """
    check_length(quote)
    found = found_in(text, quote, start, end)
    if found is None:
        if is_printed(text, quote):
            raise Refused(
                f"{what} stand in the {within} several times. Copy a few more before or after, so"
                " that one place is meant."
            )
        raise Refused(f"{what} do not stand in the {within}. Copy them as they are printed there.")
    return found


def check_length(quote: str) -> None:
    """Raise Refused if a quote is too long to be looked for."""
    if len(quote) > LONGEST_QUOTE:
        raise Refused(
            f"These words have {len(quote):,} characters, and {LONGEST_QUOTE:,} at most are taken. "
            "Choose only the sentence or two that matter."
        )
