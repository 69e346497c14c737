"""The door for people: name and password, not too many tries, and who is at it."""

import logging
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView, LogoutView
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.decorators import method_decorator

from factcheck.kept import FIELD, Kept, offer_again
from factcheck.models.login import WINDOW, LoginTries

log = logging.getLogger(__name__)

MINUTES = int(WINDOW.total_seconds() // 60)
TOO_MANY = "too_many"
UNKNOWN = "unknown"


class LoginForm(AuthenticationForm):
    """Name and password; refuses to look at the password after too many wrong ones."""

    error_messages = {
        "invalid_login": "That name and password do not go together. Capital letters count.",
        "inactive": "That name and password do not go together. Capital letters count.",
        TOO_MANY: (
            f"Too many tries from where you are. Wait {MINUTES} minutes and try again, "
            "or ask a moderator to let you in."
        ),
    }

    def clean(self) -> dict[str, Any]:
        """Count the try, then see whether name and password go together."""
        name, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if name is None or not password:
            return self.cleaned_data
        address = client_address(self.request)
        if not LoginTries.objects.take(name, address):
            log.warning("too many tries to log in from %s", address)
            raise ValidationError(self.error_messages[TOO_MANY], code=TOO_MANY)
        cleaned = super().clean()
        LoginTries.objects.succeeded(name, address)
        return cleaned


class Door(LoginView):
    """Log in."""

    form_class = LoginForm
    redirect_authenticated_user = True

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        """With what was written before one was logged out, until it can be sent again."""
        kept = Kept.unpacked(self.request.POST.get(FIELD, ""))
        return super().get_context_data(kept=kept, **context)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        """Go where somebody wanted to be, or show what they wrote before they were logged out."""
        answer = super().form_valid(form)
        kept = Kept.unpacked(self.request.POST.get(FIELD, ""))
        return (
            answer if kept is None else offer_again(self.request, kept, why="You were logged out.")
        )

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        """Say what is wrong; to programs, too many tries say so by their status."""
        answer = super().form_invalid(form)
        if form.has_error("__all__", TOO_MANY):
            answer.status_code = 429
            answer.headers["Retry-After"] = str(MINUTES * 60)
        return answer


@method_decorator(login_not_required, name="dispatch")
class WayOut(LogoutView):
    """Log out; who opens the address is asked first."""

    http_method_names = ["get", "head", "post", "options"]
    template_name = "registration/log_out.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask; whoever is out already is led to the door."""
        if not request.user.is_authenticated:
            return redirect("login")
        return super().get(request, *args, **kwargs)


def client_address(request: HttpRequest | None) -> str:
    """Where a request comes from: an IPv4 address, or the /64 network of an IPv6 one.

    Proxies append whom they were asked by to X-Forwarded-For. Only as many of
    its last entries are believed as settings.PROXIES says; the others may be
    anybody's invention.
    """
    if request is None:
        return UNKNOWN
    told = request.META.get("REMOTE_ADDR", "")
    if settings.PROXIES:
        entries = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        if len(entries) >= settings.PROXIES:
            told = entries[-settings.PROXIES]
    try:
        address = ip_address(told.strip())
    except ValueError:
        return UNKNOWN
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        # A household has all of a /64: each address in it would be a fresh start.
        return str(ip_network((int(address), 64), strict=False))
    return str(address)
