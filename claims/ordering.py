"""The order of an article's claims: that of its text, unless a person gave another."""

from collections.abc import Sequence
from hashlib import sha256


def in_order(keys: Sequence[int], given: Sequence[int]) -> list[int]:
    """Return ``keys``, which are in the order of the text, in the order a person gave.

    ``given`` may name other keys, and fail to name some: a claim it does not
    name follows the one before it in the text, wherever that stands now.

    >>> in_order([1, 2, 3, 4], [])
    [1, 2, 3, 4]
    >>> in_order([1, 2, 3, 4, 5], [4, 9, 1, 2])
    [4, 5, 1, 2, 3]
    """
    if not given:
        return list(keys)
    known = set(keys)
    order = [key for key in dict.fromkeys(given) if key in known]
    named = set(order)
    before = None
    for key in keys:
        if key not in named:
            order.insert(order.index(before) + 1 if before is not None else 0, key)
        before = key
    return order


def moved(order: Sequence[int], key: int, place: int) -> list[int]:
    """Return ``order`` with ``key`` at ``place``, counted from 1.

    >>> moved([7, 8, 9], 9, 1)
    [9, 7, 8]
    """
    rest = [other for other in order if other != key]
    return [*rest[: place - 1], key, *rest[place - 1 :]]


def seen(given: Sequence[int]) -> str:
    """A mark of an order that was given, to tell whether it is still the one a person saw."""
    return sha256(",".join(map(str, given)).encode()).hexdigest()[:16]
