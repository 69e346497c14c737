"""Trying again what no worker could do, or sooner than the workers would."""

from django.db import transaction

from claims.actions.bringing import retry_bringing
from claims.actions.evidence import search_again
from claims.actions.intake import retry_split, retry_submission
from claims.actions.telling import send_again
from claims.models import ArticleVersion, Bringing, Delivery, Search, Submission
from claims.states import IllegalMove
from factcheck.models import Event, User
from sources.archiving import retry_archiving
from sources.models import Archiving, CheckFeed, Feed, Page
from sources.moderating import read_check_feed
from sources.subscribing import retry_feed
from sources.watching import retry_page


@transaction.atomic
def retry_search(search_id: int, *, by: User) -> Search:
    """Ask for another try at a search, now; instead of one that was given up, a new one is made."""
    search = (
        Search.objects.select_for_update(of=["self"], no_key=True)
        .select_related("claim")
        .get(pk=search_id)
    )
    if search.finished_at is not None:
        raise IllegalMove("This search has been finished meanwhile.")
    if search.due_at is None:
        return search_again(search.claim_id, by=by)
    if not search.waits_for_another_try():
        raise IllegalMove("A worker has this search in hand, or will have at once.")
    search.make_due()
    search.save(update_fields=Search.WORK_FIELDS)
    search.hint()
    Event.objects.record("search.asked", search, by=by, thread=search.claim, wording=search.wording)
    return search


RETRIES = {
    Submission: retry_submission,
    ArticleVersion: retry_split,
    Search: retry_search,
    Bringing: retry_bringing,
    Feed: retry_feed,
    Page: retry_page,
    Archiving: retry_archiving,
    CheckFeed: read_check_feed,
    Delivery: send_again,
}
"""How each kind of work is tried again."""
