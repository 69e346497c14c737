"""Text as it is searched: figures in one piece, no signs that PostgreSQL may take for letters."""

from django.db.models import F, Func, TextField, Value

SIGNS = "’‘‚‛“”„‟«»‹›–—―…·•£€¥\u00a0\u2007\u2009\u200a\u202f\u3000"
"""Printers' quotation marks, dashes, signs of money, and blanks.

Where the database knows the letters of ASCII alone, each is a letter of the word it touches.
"""
PARTED = "([0-9])[,\u00a0\u2009\u202f](?=[0-9]{3}(?![0-9]))"
"""A comma between thousands, or a blank of those that do not break a line, for PostgreSQL and for
Python. Whole, a figure is one word, found without reading again what an index names."""


def plain(text: str | Func) -> Func:
    """An expression for a column, or for what is made of one, as it is searched."""
    column = F(text) if isinstance(text, str) else text
    whole = Func(
        *(column, Value(PARTED), Value(r"\1"), Value("g")),
        function="regexp_replace",
        output_field=TextField(),
    )
    blanks = Value(" " * len(SIGNS))
    return Func(whole, Value(SIGNS), blanks, function="translate", output_field=TextField())
