"""Asking a public archive to keep what public verdicts cite."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from factcheck.attempts import NotYet, Unreadable
from factcheck.models import Actor, Event, User
from factcheck.refusals import Refused
from sources.models import Access, Archiving, Snapshot, Source
from sources.wayback import ArchiveDown, ArchiveRefused, Saved, Wayback

ASKED_AT_ONCE = 3
"""Jobs the archive works on for us; its own limit for an account is higher."""
ASK_AGAIN = 20.0  # seconds until a job is asked about
TOGETHER = 500


@transaction.atomic
def archive_cited(cited: "QuerySet[Any, Any]") -> int:
    """Have the pages of these snapshots saved that are not yet; return how many.

    ``cited`` gives keys of snapshots that may be spoken of outside. A private
    source is none of them, nor one that says something else by now.
    """
    later = Snapshot.objects.filter(source=OuterRef("source"), seen_at__gt=OuterRef("seen_at"))
    missing = (
        Snapshot.objects.filter(
            pk__in=cited,
            archiving__isnull=True,
            source__url__isnull=False,
            source__gone_at__isnull=True,
        )
        .exclude(source__access=Access.PRIVATE)
        .filter(~Exists(later))
        .order_by("pk")
    )
    made = Archiving.objects.bulk_create(
        [Archiving(snapshot_id=key) for key in missing.values_list("pk", flat=True)[:TOGETHER]],
        ignore_conflicts=True,
    )
    return len(made)


def save_cited(
    archiving: Archiving,
    lease: UUID,
    archive: Wayback | None,
    cited: "QuerySet[Any, Any]",
    *,
    by: Actor,
) -> None:
    """Order the copy of a page, or ask how far it is.

    No page is ordered whose snapshot is not among the keys that ``cited`` gives
    now: whoever asks a public archive for a copy tells that somebody cites the
    page. It is ordered once it may be spoken of again. Raise Unreadable where
    no other try helps.
    """
    source = archiving.snapshot.source
    if archive is None or source.access == Access.PRIVATE or not source.url:
        raise Unreadable("There is no WAYBACK_KEY, or the source is private.")
    try:
        if archiving.job:
            if (saved := archive.saved(archiving.job)) is not None:
                store_copy(archiving, lease, saved, by=by)
                return
            Archiving.objects.come_back(archiving.pk, lease, seconds=ASK_AGAIN)
        elif not Snapshot.objects.filter(pk__in=cited).filter(pk=archiving.snapshot_id).exists():
            Archiving.objects.held(archiving.pk, lease).delete()
        elif jobs_running(archiving) >= ASKED_AT_ONCE:
            raise NotYet(ASK_AGAIN)
        else:
            job = archive.save(source.url)
            Archiving.objects.come_back(archiving.pk, lease, seconds=ASK_AGAIN, job=job)
    except ArchiveDown:
        Archiving.objects.held(archiving.pk, lease).update(job="")  # the next try asks anew
        raise
    except ArchiveRefused as refused:
        raise Unreadable(str(refused)) from None


@transaction.atomic
def store_copy(archiving: Archiving, lease: UUID, saved: Saved, *, by: Actor) -> None:
    """Note where the copy of a snapshot is."""
    Archiving.objects.fence(archiving.pk, lease)
    Archiving.objects.finish(archiving.pk, lease, archive_url=saved.url, saved_at=saved.at, job="")
    source = Source.objects.select_for_update(no_key=True).get(snapshots=archiving.snapshot_id)
    source.archive_url = saved.url[:2000]
    source.save(update_fields=["archive_url"])
    Event.objects.record("source.archived", source, by=by)


@transaction.atomic
def retry_archiving(archiving_id: int, *, by: User) -> Archiving:
    """Ask the archive again, now."""
    archiving = (
        Archiving.objects.select_for_update(of=["self"], no_key=True)
        .select_related("snapshot__source")
        .defer("snapshot__record", "snapshot__text")
        .get(pk=archiving_id)
    )
    if archiving.archive_url:
        raise Refused("The copy is there already.")
    archiving.job = ""
    archiving.make_due()
    archiving.save(update_fields=["job", *Archiving.WORK_FIELDS])
    archiving.hint()
    Event.objects.record("archiving.retried", archiving, by=by, thread=archiving.snapshot.source)
    return archiving


def jobs_running(archiving: Archiving) -> int:
    """How many other pages the archive is at for us."""
    others = Archiving.objects.filter(due_at__isnull=False).exclude(pk=archiving.pk)
    return others.exclude(job="").count()
