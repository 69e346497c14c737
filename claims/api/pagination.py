"""Pages of a list: an opaque cursor that stays right while rows are added."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from rest_framework.pagination import BasePagination
from rest_framework.request import Request

from claims.api.problems import ParameterInvalid

if TYPE_CHECKING:  # what the settings name is imported by rest_framework.views itself
    from rest_framework.views import APIView

PARAMETERS = ("limit", "cursor")
PAGE = 50
LARGEST_PAGE = 200
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
TIME_BYTES = 8
LATEST = (datetime.max.replace(tzinfo=UTC) - EPOCH) // timedelta(microseconds=1)
"""Microseconds since EPOCH of the last moment there is."""


class NewestFirst(BasePagination):
    """Rows by falling ``public_id``, which is by falling age; ``next`` leads to older ones."""

    order: ClassVar[list[str]] = ["-public_id"]
    cursor_characters: ClassVar[int] = 22

    def paginate_queryset(
        self, queryset: Any, request: Request, view: "APIView | None" = None
    ) -> list[Any]:
        """Return one page of the rows of a query set."""
        limit = _limit(request.query_params.get("limit", str(PAGE)))
        rows = queryset.order_by(*self.order)
        if "cursor" in request.query_params:
            try:
                rows = self.after(rows, _decoded(request.query_params["cursor"]))
            except ValueError:
                raise ParameterInvalid("cursor", "Take the cursor from next, as it is.") from None
        page = list(rows[: limit + 1])
        self._next = None
        if len(page) > limit:
            page.pop()
            asked = {**request.query_params.dict(), "cursor": _encoded(self.place_of(page[-1]))}
            self._next = f"{settings.SITE_URL}{request.path}?{urlencode(asked)}"
        return page

    def after(self, rows: Any, place: bytes) -> Any:
        """The rows that come after a place; ValueError if there is no such place."""
        return rows.filter(public_id__lt=UUID(bytes=place))

    def place_of(self, row: Any) -> bytes:
        """Where a row stands."""
        return bytes(row.public_id.bytes)

    def page_of(self, data: Any) -> dict[str, Any]:
        """The page as it is told, with the address of the one after it."""
        return {"results": data, "next": self._next}

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """What the schema says of a page."""
        return {
            "type": "object",
            "required": ["results", "next"],
            "properties": {
                "results": schema,
                "next": {
                    "type": ["string", "null"],
                    "format": "uri",
                    "example": None,
                    "description": "The address of the next page; null on the last one.",
                },
            },
        }

    def get_schema_operation_parameters(self, view: "APIView") -> list[dict[str, Any]]:
        """What the schema says of the parameters."""
        return [
            {
                "name": "limit",
                "in": "query",
                "required": False,
                "description": f"Rows on a page: {PAGE} if not told, at most {LARGEST_PAGE}.",
                "schema": {
                    "type": "integer",
                    "minimum": 1,
                    "maximum": LARGEST_PAGE,
                    "default": PAGE,
                },
            },
            {
                "name": "cursor",
                "in": "query",
                "required": False,
                "description": "Where the page begins; taken from `next`, never made by hand.",
                "schema": {
                    "type": "string",
                    "pattern": f"^[A-Za-z0-9_-]{{{self.cursor_characters}}}$",
                },
            },
        ]


class LastPublishedFirst(NewestFirst):
    """Rows by falling ``published_at``, whenever they were begun."""

    order = ["-published_at", "-public_id"]
    cursor_characters = 32

    def after(self, rows: Any, place: bytes) -> Any:
        """The rows published before, and of those published at that moment the later ones."""
        microseconds = min(int.from_bytes(place[:TIME_BYTES]), LATEST)
        moment = EPOCH + timedelta(microseconds=microseconds)
        begun = UUID(bytes=place[TIME_BYTES:])
        # Two conditions and not one OR another: the index is entered at the moment.
        return rows.filter(published_at__lte=moment).exclude(
            published_at=moment, public_id__gte=begun
        )

    def place_of(self, row: Any) -> bytes:
        """When a row was published, and which of that moment it is."""
        microseconds = (row.published_at - EPOCH) // timedelta(microseconds=1)
        return microseconds.to_bytes(TIME_BYTES) + super().place_of(row)


def _limit(given: str) -> int:
    number = given.lstrip("0") if given.isascii() and given.isdecimal() else ""
    # Counted before it is read: a number may be as long as an address.
    if 1 <= len(number) <= len(str(LARGEST_PAGE)) and int(number) <= LARGEST_PAGE:
        return int(number)
    raise ParameterInvalid("limit", f"limit is a whole number from 1 to {LARGEST_PAGE}.")


def _encoded(place: bytes) -> str:
    return urlsafe_b64encode(place).decode().rstrip("=")


def _decoded(cursor: str) -> bytes:
    return urlsafe_b64decode(f"{cursor}==")
