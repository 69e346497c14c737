"""Days that people type, and which of them are slips."""

from datetime import date, timedelta

from django.utils import timezone

from claims.actions.refusals import Refused
from sources.bringing import OLDEST, is_too_old


def check_day(day: date | None, what: str, field: str) -> None:
    """Raise Refused for a day that is to come, or older than anything printed as news.

    ``what`` says in words of which day that is, ``field`` where it was typed.
    """
    if day is None:
        return
    told = f"{what}, {day.day} {day:%B} {day.year},"
    if is_too_old(day):
        raise Refused(
            f"{told} is before {OLDEST.year}. Correct the year, or leave it empty.", field
        )
    if day > today_somewhere():
        raise Refused(f"{told} is in the future. Correct it, or leave it empty.", field)


def today_somewhere() -> date:
    """The date that some clock on Earth shows first: nobody's today is in the future."""
    return (timezone.now() + timedelta(hours=14)).date()
