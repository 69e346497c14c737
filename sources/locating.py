"""Find words that somebody claims to have copied, at their exact place in a text."""

import unicodedata

_SAME = {
    **dict.fromkeys("“”„‟«»″", '"'),
    **dict.fromkeys("‘’‚‛′`", "'"),
    **dict.fromkeys("‐‑‒–—―−", "-"),
}
_UNSPACED = ("CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR")
"""Scripts, as Unicode names begin, that put no blanks between words."""
_AROUND = " \t\n\r\"'“”‘’«»…."


class Words:
    """A text in which copied words are looked for."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._plain, self._places = _plain(text)

    def find(self, copied: str) -> tuple[int, int] | None:
        """Return the half-open range of the text that prints ``copied``, or None.

        Looked for as it is; then whatever the dashes, quotation marks, blanks
        and composed letters are; then without marks around it. Never inside a
        word, and the first place of several.

        >>> text = "He said “the price  rose – twice”."
        >>> start, end = Words(text).find('the price rose - twice')
        >>> text[start:end]
        'the price  rose – twice'
        >>> Words(text).find("rice") is None
        True
        """
        start = self.text.find(copied) if copied.strip() else -1
        if start >= 0 and _stands_alone(self.text, start, start + len(copied)):
            return _trimmed(self.text, start, start + len(copied))
        for words in (copied, copied.strip(_AROUND)):
            if (found := self._find_plain(_plain(words)[0].strip())) is not None:
                return found
        return None

    def _find_plain(self, words: str) -> tuple[int, int] | None:
        start = self._plain.find(words) if words else -1
        while start >= 0:
            end = start + len(words)
            # Letters of one character of the text belong together: half of "½" is not there.
            whole = (start == 0 or self._places[start - 1] != self._places[start]) and (
                end == len(self._plain) or self._places[end - 1] != self._places[end]
            )
            if whole and _stands_alone(self._plain, start, end):
                return self._places[start], self._places[end - 1] + 1
            start = self._plain.find(words, start + 1)
        return None


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a range begins and ends with whole words, their accents included."""
    cut_before = start > 0 and _is_letter(text[start - 1]) and _is_letter(text[start])
    cut_after = end < len(text) and _is_letter(text[end]) and _is_letter(text[end - 1])
    return not cut_before and not cut_after and not (end < len(text) and _is_mark(text[end]))


def _is_letter(character: str) -> bool:
    if character.isascii():
        return character.isalnum()
    spaced = not unicodedata.name(character, "").startswith(_UNSPACED)
    return (character.isalnum() and spaced) or _is_mark(character)


def _is_mark(character: str) -> bool:
    return unicodedata.category(character).startswith("M")


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    words = text[start:end]
    return start + len(words) - len(words.lstrip()), start + len(words.rstrip())


def _plain(text: str) -> tuple[str, list[int]]:
    """Return ``text`` with one kind of each mark, and where in it each character comes from."""
    plain: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        if character.isspace():
            written = "" if plain and plain[-1] == " " else " "
        elif unicodedata.category(character) == "Cf":  # joiners, soft hyphens: seen by nobody
            written = ""
        else:
            written = _SAME.get(character) or unicodedata.normalize("NFKD", character)
        plain.extend(written)
        places.extend([place] * len(written))
    return "".join(plain), places
