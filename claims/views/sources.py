"""Sources: what is frozen of them, what changed, and the bytes as they came."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from claims.reading import source as reading
from claims.views.people import reviewers_only
from sources.models import Snapshot, Source
from sources.warc import CONTENT_TYPE


@require_safe
def source(request: HttpRequest, source_id: UUID) -> HttpResponse:
    """A source, its copies, and the verdicts that cite it."""
    try:
        page = reading.source_page(source_id)
    except Source.DoesNotExist:
        raise Http404 from None
    return render(request, "claims/source.html", {"page": page, "source": page.source})


@require_safe
def changes(
    request: HttpRequest, source_id: UUID, earlier_id: UUID, later_id: UUID
) -> HttpResponse:
    """What one copy says and another does not."""
    try:
        compared = reading.comparison(source_id, earlier_id, later_id)
    except Snapshot.DoesNotExist:
        raise Http404 from None
    return render(request, "claims/source_changes.html", {"compared": compared})


@reviewers_only
@require_safe
def record(request: HttpRequest, source_id: UUID, snapshot_id: UUID) -> HttpResponse:
    """The WARC record of a copy, to keep and never to be shown by a browser."""
    snapshot = get_object_or_404(
        Snapshot.objects.filter(source__in=reading.shown(), source__public_id=source_id).defer(
            "text", "headers"
        ),
        public_id=snapshot_id,
        record__isnull=False,
    )
    return HttpResponse(
        bytes(snapshot.record or b""),
        headers={
            "Content-Type": CONTENT_TYPE,
            "Content-Disposition": f'attachment; filename="{snapshot.public_id}.warc.gz"',
            "X-Content-Type-Options": "nosniff",
        },
    )
