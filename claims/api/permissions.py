"""What a key may do."""

from typing import TYPE_CHECKING

from rest_framework.exceptions import MethodNotAllowed, NotAuthenticated, PermissionDenied
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from factcheck.models import ApiKey

if TYPE_CHECKING:  # what the settings name is imported by rest_framework.views itself
    from rest_framework.views import APIView


class HasScope(BasePermission):
    """The key holds the scope the view names for the method; no other method is taken."""

    def has_permission(self, request: Request, view: "APIView") -> bool:
        """Raise, with words, unless it is allowed."""
        if not isinstance(request.auth, ApiKey):
            raise NotAuthenticated("Send your key: Authorization: Bearer <key>.", "key_missing")
        method = "GET" if request.method == "HEAD" else str(request.method)
        scopes = getattr(view, "scopes", {})
        if method not in scopes:
            raise MethodNotAllowed(method)
        if scopes[method] not in request.auth.scopes:
            raise PermissionDenied(f"This key lacks the scope {scopes[method]}.", "scope_missing")
        return True
