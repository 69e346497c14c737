"""Tell which language a text is written in, offline."""

import re
from functools import lru_cache

from py3langid.langid import MODEL_FILE, LanguageIdentifier

ENOUGH = 4000  # characters; more of one text say nothing new
SURE = 0.5  # of news, 80 characters are less sure in 7 % of texts and wrong in one of 600
SHORT = 200  # letters; of a shorter text, what somebody states is believed first
UNDETERMINED = "und"  # as ISO 639 says it

_CODE = re.compile(r"[A-Za-z]{2,3}(?![A-Za-z])")
_ADDRESS = re.compile(r"\S*(://|@|www\.)\S*")


def language_of(text: str, stated: str = "") -> str:
    """Return the ISO 639-1 code of the language of ``text``.

    ``stated`` is what a document says of itself, such as "en-GB". It counts
    for what is short or unclear only, because templates state it, not writers.
    When neither tells, it is empty, or "und" in an alphabet that is not Latin.

    >>> language_of("Der Damm bei Lund wurde im Mai eröffnet, sagte der Bürgermeister.")
    'de'
    >>> language_of("4 000 000", "fr-CA")
    'fr'
    """
    code = _CODE.match(stated)
    believed = code[0].lower() if code else ""
    words = _ADDRESS.sub(" ", text[:ENOUGH])
    letters = sum(character.isalpha() for character in words)
    if not letters or (believed and letters < SHORT):
        return believed
    found, probability = _identifier().classify(words)
    if probability >= SURE:
        return str(found)
    latin = sum(character < "\u0250" and character.isalpha() for character in words)
    return believed or ("" if 2 * latin > letters else UNDETERMINED)


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
