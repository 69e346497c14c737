"""What a key may do."""

from typing import TYPE_CHECKING

from rest_framework.exceptions import NotAuthenticated, PermissionDenied
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from factcheck.models import ApiKey

if TYPE_CHECKING:  # what the settings name is imported by rest_framework.views itself
    from rest_framework.views import APIView


class HasScope(BasePermission):
    """The key holds the scope the view names for the method; without a name nothing is allowed."""

    def has_permission(self, request: Request, view: "APIView") -> bool:
        """Raise, with words, unless it is allowed."""
        if not isinstance(request.auth, ApiKey):
            raise NotAuthenticated("Send your key: Authorization: Bearer <key>.", "key_missing")
        if not hasattr(view, (request.method or "").lower()):
            return True  # the answer is 405, whatever the scope
        method = "GET" if request.method == "HEAD" else request.method
        scopes = getattr(view, "scopes", {})
        if method not in scopes:
            raise PermissionDenied("No key opens this.", "scope_missing")
        if scopes[method] not in request.auth.scopes:
            raise PermissionDenied(f"This key lacks the scope {scopes[method]}.", "scope_missing")
        return True
