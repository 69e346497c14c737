"""Everything the database refuses, by the name it gives for it."""

from collections.abc import Callable

Attempt = Callable[[], object]
REFUSED: list[tuple[str, Attempt]] = []


def refused(name: str) -> Callable[[Attempt], Attempt]:
    """Register an attempt that the constraint or trigger ``name`` must refuse."""

    def register(attempt: Attempt) -> Attempt:
        REFUSED.append((name, attempt))
        return attempt

    return register


def rows(name: str, *attempts: Attempt) -> None:
    """Register attempts so short that they need no name of their own."""
    REFUSED.extend((name, attempt) for attempt in attempts)


def twice(made: Callable[..., object], /, **columns: object) -> tuple[object, object]:
    """Two rows with the same columns."""
    return made(**columns), made(**columns)
