"""Pages of a list: an opaque cursor that stays right while rows are added."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import TYPE_CHECKING, Any
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


class NewestFirst(BasePagination):
    """Rows by falling ``public_id``, which is by falling age; ``next`` leads to older ones."""

    def paginate_queryset(
        self, queryset: Any, request: Request, view: "APIView | None" = None
    ) -> list[Any]:
        """Return one page of the rows of a query set."""
        limit = _limit(request.query_params.get("limit", str(PAGE)))
        rows = queryset.order_by("-public_id")
        if "cursor" in request.query_params:
            rows = rows.filter(public_id__lt=_read(request.query_params["cursor"]))
        page = list(rows[: limit + 1])
        self._next = None
        if len(page) > limit:
            page.pop()
            asked = {**request.query_params.dict(), "cursor": _written(page[-1].public_id)}
            self._next = f"{settings.SITE_URL}{request.path}?{urlencode(asked)}"
        return page

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
                "schema": {"type": "string", "pattern": "^[A-Za-z0-9_-]{22}$"},
            },
        ]


def _limit(given: str) -> int:
    if not (given.isascii() and given.isdecimal() and 1 <= int(given[:9]) <= LARGEST_PAGE):
        raise ParameterInvalid("limit", f"limit is a whole number from 1 to {LARGEST_PAGE}.")
    return int(given)


def _written(last: UUID) -> str:
    return urlsafe_b64encode(last.bytes).decode().rstrip("=")


def _read(cursor: str) -> UUID:
    try:
        return UUID(bytes=urlsafe_b64decode(f"{cursor}=="))
    except ValueError:
        raise ParameterInvalid("cursor", "Take the cursor from next, as it is.") from None
