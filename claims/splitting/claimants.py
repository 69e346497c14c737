"""Tell whether a claimant that an article names is a person or a body."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from claims.kinds import ClaimantKind
from claims.splitting.cast import Cast, bare_name
from claims.splitting.gender import gender_of
from claims.splitting.pointing import people_words
from claims.splitting.results import Attribution
from claims.splitting.spans import entities
from claims.splitting.speakers import Spoken

_BODIES = frozenset(
    "academy administration agency airline airlines airways army assembly association "
    "authority bank board broadcaster bureau cabinet campaign carmaker center centre chamber "
    "charity church club co coalition college commission committee company congress corp "
    "corporation council court department electric embassy federation firm force forum "
    "foundation fund gazette government group herald holdings hospital house inc institute "
    "institution journal laboratory league llc llp ltd magazine manufacturer media ministry "
    "motors museum network news newspaper office organisation organization paper parliament "
    "party plc police post press project retailer school senate service services society "
    "station team times treasury tribune trust union united university".split()
)
"""What the name of a body ends with, or what it is called: "the charity Shelter"."""
_JOINING = frozenset("of for at in on to and &".split())
_OF_PEOPLE = ("ian", "ist")
"""How roles end that only people have: "librarian"."""


class Claimants:
    """What those whom an article lets speak are, by their names and what it says of them."""

    def __init__(self, spoken: Sequence[Spoken], cast: Cast) -> None:
        self._cast = cast
        self._labels: dict[str, Counter[str]] = {}
        self._with_roles: set[str] = set()
        self._called_bodies: set[str] = set()
        for each in spoken:
            for _, told in each.sayings:
                if _has_a_role(told.described_as):
                    self._with_roles.add(told.name)
                elif _ends_like_a_body(told.described_as.split()):
                    self._called_bodies.add(told.name)
            for name in entities(each.sentence.tokens):
                key = _key(name.text)
                self._labels.setdefault(key, Counter())[name.label_] += 1

    def with_kind(self, attribution: Attribution | None) -> Attribution | None:
        """Return the attribution with what its claimant is, where the article names one."""
        if attribution is None or not attribution.named:
            return attribution
        return replace(attribution, kind=self._kind(attribution.name))

    def _kind(self, printed: str) -> ClaimantKind:
        words = printed.removeprefix("the ").removeprefix("The ").split()
        name = bare_name(" ".join(words))
        if _ends_like_a_body(words):
            return ClaimantKind.BODY
        if "and" in words:  # "Muro and Whiton"
            return ClaimantKind.UNKNOWN
        if printed in self._with_roles or self._is_person(name, words):
            return ClaimantKind.PERSON
        is_body = printed in self._called_bodies or self._is_body(name)
        return ClaimantKind.BODY if is_body else ClaimantKind.UNKNOWN

    def _is_person(self, name: str, words: Sequence[str]) -> bool:
        bare = name.split()
        first_and_last = " ".join(bare[-2:])
        introduced = len(bare) < len(words) or any(_is_role(word) for word in words[:-1])
        known = self._cast.is_person(name) or self._cast.is_person(first_and_last)
        called = len(bare) > 1 and bool(gender_of(name) or gender_of(first_and_last))
        read = len(bare) > 1 and self._are_mostly(name, "PERSON")
        return introduced or known or called or read or bool(self._cast.gender_of(name))

    def _is_body(self, name: str) -> bool:
        surname = self._cast.is_shared(name)  # "Phillips", of whom there are two
        return not surname and (name.isupper() or self._are_mostly(name, "ORG", "GPE"))

    def _are_mostly(self, name: str, *labels: str) -> bool:
        """Whether the parser takes most places where the name stands for one of these."""
        read = self._labels.get(_key(name), Counter())
        return sum(read[label] for label in labels) > read.total() / 2


def _ends_like_a_body(words: Sequence[str]) -> bool:
    """Whether it is "Town Council" or "Ministry of Defence"."""
    joined = next((n for n, word in enumerate(words) if n and word in _JOINING), len(words))
    return bool(words) and words[joined - 1].casefold().rstrip(".,") in _BODIES


def _has_a_role(described_as: str) -> bool:
    return any(_is_role(word) for word in described_as.split())


def _is_role(word: str) -> bool:
    bare = word.casefold().strip(",.")
    return bare in people_words() or (bare.endswith(_OF_PEOPLE) and word.islower())


def _key(name: str) -> str:
    return bare_name(name).casefold().removeprefix("the ")
