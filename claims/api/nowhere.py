"""Addresses below the API that lead nowhere."""

from typing import NoReturn

from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.views import APIView


class Nowhere(APIView):
    """Any other address: a problem and not a page."""

    schema = None
    permission_classes = ()
    default_response_headers: dict[str, str] = {}  # nothing is allowed, and nothing is told to be

    def initial(self, request: Request, *args: object, **kwargs: object) -> NoReturn:
        """There is nothing here, for any method."""
        raise NotFound("There is no such address.")
