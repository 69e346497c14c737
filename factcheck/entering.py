"""Who comes in: people who log in and have a role. Everybody else sees nothing of the work."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from factcheck.roles import EVERY_ROLE

View = TypeVar("View", bound=Callable[..., Any])


def role_not_required(view: View) -> View:
    """Open a view to whoever is logged in, also to people whose roles were taken away."""
    view.role_required = False  # type: ignore[attr-defined]
    return view


class RoleRequired:
    """Middleware. Refuse people without a role each view that does not say otherwise.

    It stands behind LoginRequiredMiddleware, which has sent strangers to log in,
    and leaves open what that leaves open.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; whether the view is open is known once it is found."""
        return self._get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: object, kwargs: object
    ) -> None:
        """Raise PermissionDenied where a role is wanted and there is none."""
        open_to_all = not getattr(view, "login_required", True)
        if open_to_all or not getattr(view, "role_required", True):
            return
        if not request.user.has_perm(EVERY_ROLE):
            raise PermissionDenied
