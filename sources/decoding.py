"""From bytes to characters that a reader can see."""

import re

from charset_normalizer import from_bytes

_BYTE_ORDER_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")
_NEWLINE = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_CONTROL = re.compile("[\x01-\x08\x0e-\x1f\x7f-\x9f]")
NONCHARACTERS = "\ufdd0-\ufdef" + "".join(
    chr(plane + last) for plane in range(0, 0x110000, 0x10000) for last in (0xFFFE, 0xFFFF)
)
"""What Unicode sets aside and nobody prints, as a part of a regular expression."""
# What could hide words from a reader or from a search: control characters, soft
# hyphens, zero-width spaces, direction overrides, halves of characters, non-characters.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\xad\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff"
    f"{NONCHARACTERS}]"
)


def decoded(body: bytes, charset: str | None) -> str | None:
    """Return ``body`` as text, or None when it is no text in any encoding.

    ``charset`` is what the sender states. That is often wrong, so UTF-8 comes
    first: text in another encoding is hardly ever valid UTF-8 by accident. The
    last resort is a guess, which heeds what a web page declares inside.
    """
    charset = charset or ""
    wide = body.startswith(_BYTE_ORDER_MARKS) or re.match(r"(?i)utf-?(16|32)", charset)
    # Encodings that switch with escapes look like ASCII.
    guesses = [] if wide or b"\x1b" in body else ["utf-8-sig"]
    for encoding in [*guesses, charset]:
        try:
            return _text_only(body.decode(encoding))
        except (LookupError, ValueError):
            continue
    # One broken byte must not turn a whole page of UTF-8 into another encoding.
    text = body.decode("utf-8", "replace")
    if text.count("\ufffd") * 10 > sum(not character.isascii() for character in text):
        best = from_bytes(body).best()
        text = str(best) if best else "\x00"
    return _text_only(text)


def visible(text: str) -> str:
    """Return ``text`` with plain newlines and without invisible characters.

    >>> visible("a\\r\\nb\\u200bc\\u202e")
    'a\\nbc'
    """
    return _INVISIBLE.sub("", _NEWLINE.sub("\n", text))


def _text_only(text: str) -> str | None:
    controls = len(_CONTROL.findall(text))
    return None if "\x00" in text or controls > 3 + len(text) // 50 else text
