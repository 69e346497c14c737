"""The body of a request: JSON of a size that was told and is not too large."""

from typing import IO, Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

from claims.api.problems import LARGEST_BODY, Problem


class LimitedJSON(JSONParser):
    """Refuses a body before reading it when it is too large."""

    def parse(
        self, stream: IO[Any], media_type: str | None = None, parser_context: Any = None
    ) -> Any:
        """Return what the body says."""
        told = parser_context["request"].META.get("CONTENT_LENGTH") or "0"
        if int(told) > LARGEST_BODY:
            raise Problem("too_large", f"A body may have {LARGEST_BODY:,} bytes.")
        try:
            return super().parse(stream, media_type, parser_context)
        except ParseError as error:
            if "int_max_str_digits" in str(error):
                raise ParseError("A number in the body has too many digits.") from None
            raise
