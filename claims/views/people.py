"""Who asks: a person who is logged in, with the role an act wants."""

from django.contrib.auth.decorators import permission_required
from django.http import HttpRequest

from factcheck.models import User


class PersonRequest(HttpRequest):
    """A request of somebody logged in; the middleware LoginRequired lets no other through."""

    user: User


reviewers_only = permission_required("claims.review_claim", raise_exception=True)
approvers_only = permission_required("claims.approve_verdict", raise_exception=True)
