"""What moderators decide about sources and who publishes them."""

from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from factcheck.models import Event, User
from factcheck.refusals import Refused, check_fields
from sources.addresses import FetchRefused, canonical_url, check_url
from sources.models import CheckFeed, Import, Outlet, OutsideProvider, Source

DESCRIPTION = ["name", "kind", "reliability_note", "origin_group"]
BLOCK = ["blocked", "blocked_at", "block_reason"]


@transaction.atomic
def describe_outlet(
    outlet_id: int,
    *,
    name: str,
    kind: str,
    reliability_note: str = "",
    origin_group: str = "",
    by: User,
) -> Outlet:
    """Say what an outlet is, how far it can be relied on, and whose it is."""
    outlet = Outlet.objects.select_for_update(no_key=True).get(pk=outlet_id)
    if not outlet.is_known:
        raise Refused("This is no publisher: documents that do not name theirs stand here.")
    before = [getattr(outlet, field) for field in DESCRIPTION]
    outlet.name, outlet.kind = name.strip(), kind
    outlet.reliability_note, outlet.origin_group = reliability_note.strip(), origin_group.strip()
    check_fields(outlet, DESCRIPTION)
    after = [getattr(outlet, field) for field in DESCRIPTION]
    changed = [
        field for field, old, new in zip(DESCRIPTION, before, after, strict=True) if old != new
    ]
    try:
        with transaction.atomic():
            outlet.save(update_fields=DESCRIPTION)
    except IntegrityError as error:
        if "outlet_once_per_name" not in str(error):
            raise
        raise Refused(f"There is another outlet called {outlet.name}.") from None
    Event.objects.record("outlet.described", outlet, by=by, changed=changed)
    return outlet


@transaction.atomic
def block_outlet(outlet_id: int, *, reason: str, by: User) -> Outlet:
    """Let an outlet give no more evidence, and say why; what people decided already stays.

    What it gave before is marked, and is accepted and cited no more.
    """
    outlet = Outlet.objects.select_for_update(no_key=True).get(pk=outlet_id)
    if outlet.blocked:
        raise Refused(f"{outlet} is blocked already.")
    if not reason.strip():
        raise Refused("Say why the outlet gives no more evidence.")
    outlet.blocked, outlet.block_reason = True, reason.strip()
    check_fields(outlet, ["block_reason"])
    outlet.blocked_at = Now()
    outlet.save(update_fields=BLOCK)
    Event.objects.record("outlet.blocked", outlet, by=by, why=reason)
    return outlet


@transaction.atomic
def unblock_outlet(outlet_id: int, *, by: User) -> Outlet:
    """Let an outlet give evidence again, and what it gave before count again.

    Why it was blocked last stays with it.
    """
    outlet = Outlet.objects.select_for_update(no_key=True).get(pk=outlet_id)
    if not outlet.blocked:
        raise Refused(f"{outlet} is not blocked.")
    outlet.blocked, outlet.blocked_at = False, None
    outlet.save(update_fields=["blocked", "blocked_at"])
    Event.objects.record("outlet.unblocked", outlet, by=by)
    return outlet


@transaction.atomic
def retract_source(source_id: int, *, reason: str, by: User) -> Source:
    """Say that a source does not stand any more, and why.

    It is found no more; whatever cites it keeps its frozen words and is
    shown as resting on a retracted source.
    """
    source = Source.objects.select_for_update(no_key=True).get(pk=source_id)
    if source.retracted_at is not None:
        raise Refused("This source is retracted already.")
    if not reason.strip():
        raise Refused("Say why the source does not stand.")
    source.retraction = reason.strip()
    check_fields(source, ["retraction"])
    source.retracted_at = Now()
    source.save(update_fields=["retracted_at", "retraction"])
    Event.objects.record("source.retracted", source, by=by, why=reason)
    return source


@transaction.atomic
def reinstate_source(source_id: int, *, by: User) -> Source:
    """Take a retraction back: the source may be found and cited again."""
    source = Source.objects.select_for_update(no_key=True).get(pk=source_id)
    if source.retracted_at is None:
        raise Refused("This source is not retracted.")
    source.retracted_at, source.retraction = None, ""
    source.save(update_fields=["retracted_at", "retraction"])
    Event.objects.record("source.reinstated", source, by=by)
    return source


@transaction.atomic
def switch_off_provider(provider_id: int, *, by: User) -> OutsideProvider:
    """Ask a provider nothing more until it is switched on."""
    provider = OutsideProvider.objects.select_for_update(no_key=True).get(pk=provider_id)
    if provider.off:
        raise Refused("This provider is switched off already.")
    provider.off = True
    provider.save(update_fields=["off"])
    Event.objects.record("provider.switched_off", provider, by=by)
    return provider


@transaction.atomic
def switch_on_provider(provider_id: int, *, by: User) -> OutsideProvider:
    """Ask a provider again, at once and whatever it did before."""
    provider = OutsideProvider.objects.select_for_update(no_key=True).get(pk=provider_id)
    if not provider.off:
        raise Refused("This provider is not switched off.")
    provider.off, provider.failures, provider.rests_until = False, 0, None
    provider.save(update_fields=["off", "failures", "rests_until"])
    Event.objects.record("provider.switched_on", provider, by=by)
    return provider


@transaction.atomic
def record_access(source_id: int, *, access: str, by: User) -> Source:
    """Say who can read a source; machines propose nothing about it any more.

    A private one is never fetched again, nor spoken of to an archive.
    """
    source = Source.objects.select_for_update(no_key=True).get(pk=source_id)
    source.access = access
    check_fields(source, ["access"])
    source.proposed_access = source.access_reason = ""
    source.access_recorded_at = Now()
    source.save(update_fields=["access", "proposed_access", "access_reason", "access_recorded_at"])
    Event.objects.record("source.access_recorded", source, by=by, access=access)
    return source


@transaction.atomic
def examine_source(source_id: int, *, note: str = "", by: User) -> Source:
    """Say that a person looked at what became of a source: it needs nobody until more happens.

    Of a source that was retracted or whose outlet is blocked, the note says
    why what cites it may stand.
    """
    source = (
        Source.objects.select_for_update(of=["self"], no_key=True)
        .select_related("outlet")
        .get(pk=source_id)
    )
    if not source.wants_looking_at:
        raise Refused("Nothing happened to this source since somebody looked.")
    if source.objections and not note.strip():
        raise Refused("Say why the verdicts that cite it may stand.")
    source.examination = note.strip()
    check_fields(source, ["examination"])
    source.examined_at = Now()
    source.save(update_fields=["examined_at", "examination"])
    Event.objects.record("source.examined", source, by=by, why=note)
    return source


@transaction.atomic
def give_up_import(import_id: int, *, by: User) -> Import:
    """End an import that was interrupted: what it stored stays, and nobody is asked to resume it.

    The same file would be read from its beginning; what is stored is stored once.
    """
    begun = Import.objects.select_for_update(no_key=True).get(pk=import_id)
    if not begun.interrupted:
        raise Refused("It was not interrupted: it has ended, or goes on at this moment.")
    begun.given_up, begun.finished_at = True, Now()
    begun.save(update_fields=["given_up", "finished_at"])
    Event.objects.record("import.given_up", begun, by=by)
    return begun


@transaction.atomic
def add_check_feed(*, url: str, by: User) -> CheckFeed:
    """Read ClaimReview data at an address, now and each day from now on."""
    try:
        known_as = canonical_url(check_url(url))
    except FetchRefused as refused:
        raise Refused(str(refused)) from None
    feed, made = CheckFeed.objects.get_or_create(url=known_as)
    if not made:
        raise Refused("This feed is in the list already.")
    feed.hint()
    Event.objects.record("check_feed.added", feed, by=by)
    return feed


@transaction.atomic
def stop_check_feed(feed_id: int, *, by: User) -> CheckFeed:
    """Read a feed of fact-checks no more; what was read of it stays."""
    feed = CheckFeed.objects.select_for_update(no_key=True).get(pk=feed_id)
    if feed.stopped:
        raise Refused("This feed is stopped already.")
    feed.make_due()
    # A worker that has it in hand writes nothing any more.
    feed.stopped, feed.due_at = True, None
    feed.save(update_fields=["stopped", *CheckFeed.WORK_FIELDS])
    Event.objects.record("check_feed.stopped", feed, by=by)
    return feed


@transaction.atomic
def read_check_feed(feed_id: int, *, by: User) -> CheckFeed:
    """Read a feed of fact-checks at once, and each day again, whatever became of it before."""
    feed = CheckFeed.objects.select_for_update(no_key=True).get(pk=feed_id)
    feed.stopped = False
    feed.make_due()
    feed.save(update_fields=["stopped", *CheckFeed.WORK_FIELDS])
    feed.hint()
    Event.objects.record("check_feed.asked", feed, by=by)
    return feed
