"""Why an act did not happen, in words for the person who asked."""

from django.core.exceptions import ValidationError
from django.db.models import Model

from claims.models import Claim
from claims.states import ClaimState, IllegalMove
from factcheck.models import User


class Refused(ValueError):
    """The act is not possible; the message says what is missing, ``field`` where, if it has one."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class HeldByAnother(IllegalMove):
    """Somebody else has the claim in hand."""


class Overtaken(IllegalMove):
    """Somebody changed it since the person looked; nobody overwrites what they have not read."""


def check_fields(row: Model, names: list[str]) -> None:
    """Raise Refused unless the columns ``names`` of a new or changed row can hold what they do.

    Storing NUL or half a surrogate pair would fail in the database, without
    a word that helps.
    """
    for name in names:
        value = getattr(row, name)
        if isinstance(value, str) and ("\0" in value or not _encodes(value)):
            raise Refused(f"{_label(name)} holds characters that are not text.", name)
    others = [field.name for field in row._meta.fields if field.name not in names]
    try:
        row.clean_fields(exclude=others)
    except ValidationError as error:
        raise Refused(
            " ".join(
                f"{_label(name)}: {' '.join(messages)}"
                for name, messages in error.message_dict.items()
            ),
            next(iter(error.message_dict)),
        ) from None


def _label(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _encodes(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def check_not_held_by_another(claim: Claim, by: User) -> None:
    """Raise HeldByAnother if the claim is in review by somebody else."""
    holder = claim.reviewer if claim.reviewer_id != by.pk else None
    if claim.state == ClaimState.IN_REVIEW and holder:
        raise HeldByAnother(f"{holder.name} has this claim in hand.")


def check_held_by(claim: Claim, by: User) -> None:
    """Raise unless ``by`` has the claim in hand."""
    check_not_held_by_another(claim, by)
    if claim.state != ClaimState.IN_REVIEW:
        raise IllegalMove("Take the claim first.")


def check_in_work(claim: Claim) -> None:
    """Raise unless the claim is open or in review."""
    if claim.state not in (ClaimState.OPEN, ClaimState.IN_REVIEW):
        raise IllegalMove("The claim is closed or dismissed; bring it back first.")
