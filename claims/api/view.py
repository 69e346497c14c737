"""What all views of the API share."""

from typing import Any, ClassVar, cast

from django.utils.cache import patch_vary_headers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from claims.api.problems import ParameterInvalid, Problem
from claims.api.throttling import headers
from claims.scopes import Scope
from factcheck.models import ApiKey


class KeyView(APIView):
    """A view for holders of a key. ``scopes`` names the one each method needs.

    ``parameters`` are those of the address that GET knows.
    """

    scopes: ClassVar[dict[str, Scope]]
    parameters: ClassVar[tuple[str, ...]] = ()
    # Without OPTIONS: pages of other sites, which ask that first, hold no key.
    http_method_names = ["get", "head", "post"]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Let the key in; refuse what would be passed over in silence.

        That is a parameter nobody knows, and a body in pieces, which the
        framework takes for none.
        """
        super().initial(request, *args, **kwargs)
        known = () if request.method == "POST" else self.parameters
        for unknown in sorted(set(request.query_params) - set(known)):
            raise ParameterInvalid(unknown, _unknown(unknown, known))
        if "Transfer-Encoding" in request.headers:
            raise Problem("length_required", "Send the body in one piece, with Content-Length.")

    def finalize_response(
        self, request: Request, response: Any, *args: object, **kwargs: object
    ) -> Response:
        """Say how much of the rate limit is left, and that nobody may keep the answer."""
        final = super().finalize_response(request, response, *args, **kwargs)
        for name, value in headers(request).items():
            final[name] = value
        final.headers.setdefault("Cache-Control", "private, no-store")
        patch_vary_headers(final, ["Authorization"])
        return final


def _unknown(parameter: str, known: tuple[str, ...]) -> str:
    there_are = f"there are {', '.join(known)}" if known else "there is none here"
    return f"There is no parameter {parameter}: {there_are}."


def key_of(request: Request) -> ApiKey:
    """The key that asks, with its publisher loaded."""
    return cast(ApiKey, request.auth)


def has_scope(request: Request, scope: Scope) -> bool:
    """Whether the key that asks may do this too."""
    return scope in key_of(request).scopes
