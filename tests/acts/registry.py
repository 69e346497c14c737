"""Where the makers of acts are entered under their names."""

from collections.abc import Callable

Act = Callable[[], object]
ACTS: dict[str, Callable[[], Act]] = {}


def act(maker: Callable[[], Act]) -> Callable[[], Act]:
    ACTS[maker.__name__] = maker
    return maker
