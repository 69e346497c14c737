"""The claims of the desk to take along: a table for spreadsheets, of all pages at once."""

from collections.abc import Iterator

from django.conf import settings
from django.http import HttpRequest, StreamingHttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from claims import spreadsheets
from claims.filters import DeskForm
from claims.reading.desk import claims
from claims.reading.table import TableRow, table
from claims.states import ClaimState

COLUMNS = (
    *("Claim", "Claimant", "Kind", "State", "Outcome", "Rating", "Article", "Outlet", "Due"),
    *("Held by", "Check-worthiness", "Accepted for", "Accepted against", "Address"),
)


@require_safe
def desk_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The claims that the desk lists under the same filters, in the same order."""
    wanted = DeskForm.of(request).wanted()
    lines: Iterator[str] = iter(())
    if request.method == "GET":
        rows = (_cells(row) for row in table(list(claims(wanted))))
        lines = spreadsheets.lines(COLUMNS, rows)
    answer = StreamingHttpResponse(lines, content_type=spreadsheets.CONTENT_TYPE)
    answer.headers["Content-Disposition"] = 'attachment; filename="claims.csv"'
    answer.headers["Cache-Control"] = "private, no-store"
    return answer


def _cells(row: TableRow) -> list[object]:
    claim = row.claim
    undecided = claim.state in (ClaimState.OPEN, ClaimState.IN_REVIEW)
    holder = claim.reviewer if claim.state == ClaimState.IN_REVIEW else None
    return [
        claim.text,
        _claimant(row),
        claim.get_kind_display(),
        claim.get_state_display(),
        claim.get_outcome_display() or claim.get_dismissal_display(),
        row.rating,
        row.version.title,
        row.version.outlet,
        f"{timezone.localtime(claim.deadline):%Y-%m-%d %H:%M}"
        if claim.deadline and undecided
        else "",
        holder.name if holder else "",
        None if claim.check_worthiness is None else f"{claim.check_worthiness:.2f}",
        row.supporting,
        row.contradicting,
        settings.SITE_URL + reverse("claims:claim", args=[claim.public_id]),
    ]


def _claimant(row: TableRow) -> str:
    if row.claim.claimant:
        return row.claim.claimant.name
    return "The article itself" if row.claim.claimant_is_known else "Not known"
