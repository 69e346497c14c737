"""The words of a text, cut down so that inflected forms meet."""

import re

_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
_DOTTED = re.compile(r"\b(?:[A-Z]\.){2,}")
_POSSESSIVE = re.compile(r"[’']s?$")
_STOP = frozenset(
    """
    a about after again all almost also although am among an and any approximately are around as
    at be because been before being between both but by can could did do does doing during each
    either for from further had has have having he her here hers herself him himself his how
    however i if in into is it its itself just least may me might more most must my nearly no
    nor not of off on once one only or other our out over own roughly said same say says shall
    she should since so some still such than that the their them themselves then there these
    they this those though through to too under until up upon very was we were what when where
    whether which while who whom whose why will with would yet you your
    """.split()
)


_COUNTRIES = """
    america: american us usa washington pentagon; britain: british uk london westminster;
    korea: korean koreas dprk pyongyang seoul; china: chinese beijing; russia: russian moscow
    kremlin;
    japan: japanese tokyo; germany: german berlin; france: french paris; spain: spanish madrid;
    italy: italian rome; poland: polish warsaw; turkey: turkish ankara; iran: iranian tehran;
    iraq: iraqi baghdad; israel: israeli; syria: syrian damascus; ukraine: ukrainian kyiv kiev;
    mexico: mexican; canada: canadian ottawa; brazil: brazilian brasilia; india: indian delhi;
    pakistan: pakistani islamabad; afghanistan: afghan kabul; egypt: egyptian cairo;
    greece: greek athens; sweden: swedish stockholm; australia: australian canberra;
    netherland: dutch hague; switzerland: swiss bern; europe: european brussels eu
"""
_COUNTRY_OF = {
    name: country.strip()
    for country, names in (entry.split(":") for entry in _COUNTRIES.split(";"))
    for name in names.split()
}


def stem(word: str) -> str:
    """Drop the commonest English endings.

    Much cruder than Porter's algorithm, and enough to let a claim and a
    passage in another tense or number meet.

    >>> stem("suspended") == stem("suspends") == stem("suspending")
    True
    >>> stem("Korea’s"), stem("stopped"), stem("policies")
    ('korea', 'stop', 'policy')

    People and capitals go by the country's name, as they do in the news:

    >>> stem("Pyongyang"), stem("Korean")
    ('korea', 'korea')
    """
    word = _POSSESSIVE.sub("", word.lower())
    if word in _COUNTRY_OF:
        return _COUNTRY_OF[word]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    for ending in ("ing", "ed", "es", "s", "e"):
        root = word.removesuffix(ending)
        if root != word and len(root) >= 3 and not word.endswith(("ss", "us")):
            if ending in ("ing", "ed") and root[-1] == root[-2] and root[-1] not in "lsz":
                root = root[:-1]
            return root.removesuffix("e") if ending in ("es", "s") else root
    return word


def words(text: str) -> list[str]:
    """Return the words as they are written; numbers are not words."""
    return _WORD.findall(_DOTTED.sub(lambda letters: letters[0].replace(".", ""), text))


def content_stems(text: str) -> set[str]:
    """Return the stems of the words that carry meaning.

    >>> sorted(content_stems("The committee has suspended its plans."))
    ['committe', 'plan', 'suspend']
    """
    return {stem(word) for word in words(text) if word.lower() not in _STOP and word != "us"}
