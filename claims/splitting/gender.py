"""Tell from a name or its title whether "he" or "she" can stand for it."""

from functools import lru_cache
from importlib.resources import files

TITLED = {
    "mr": "he", "mr.": "he", "sir": "he", "lord": "he", "king": "he", "congressman": "he",
    "chairman": "he", "spokesman": "he", "mrs": "she", "mrs.": "she", "ms": "she", "ms.": "she",
    "lady": "she", "queen": "she", "congresswoman": "she", "chairwoman": "she",
    "spokeswoman": "she",
}  # fmt: skip


def gender_of(name: str, title: str = "") -> str:
    """Return "he", "she", or "" when neither name nor title tells.

    >>> gender_of("Nancy Smith"), gender_of("Smith", "Mr."), gender_of("Kim Jong-un")
    ('she', 'he', '')
    """
    return TITLED.get(title.lower()) or _first_names().get(
        name.split(" ", maxsplit=1)[0].casefold(), ""
    )


@lru_cache(maxsize=1)
def _first_names() -> dict[str, str]:
    lines = files(__package__).joinpath("first_names.txt").read_text("utf-8").splitlines()
    return {
        name.casefold(): gender
        for gender, _, names in (line.partition(": ") for line in lines)
        if not gender.startswith("#")
        for name in names.split()
    }
