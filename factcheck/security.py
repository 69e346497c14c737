"""Whom to tell of a weakness in this workspace."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

GOOD_FOR = timedelta(days=90)
"""RFC 9116 wants an end, of less than a year; what is asked for anew is as good as its setting."""


@login_not_required
@require_safe
def security_txt(request: HttpRequest) -> HttpResponse:
    """Name whoever is to be told of a weakness (RFC 9116); not found where nobody is named."""
    if not settings.SECURITY_CONTACT:
        raise Http404
    lines = {
        "Contact": settings.SECURITY_CONTACT,
        "Expires": (timezone.now() + GOOD_FOR).isoformat(timespec="seconds"),
        "Canonical": f"{settings.SITE_URL}{request.path}",
    }
    text = "".join(f"{name}: {value}\n" for name, value in lines.items())
    return HttpResponse(text, content_type="text/plain; charset=utf-8")
