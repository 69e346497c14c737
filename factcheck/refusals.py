"""Why an act did not happen, in words for the person who asked."""

from django.core.exceptions import ValidationError
from django.db.models import Model


class Refused(ValueError):
    """The act is not possible; the message says what is missing, ``field`` where, if it has one."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


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
