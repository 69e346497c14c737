"""What moderators and the library's workers do, ready to be performed once."""

from functools import partial

from claims.actions import (
    checks,
    endpoints,
    handing_over,
    keys,
    linking,
    providers,
    publishers,
    recalibrating,
    retrying,
    telling,
    withholding,
)
from claims.kinds import Likeness
from claims.models import Delivery
from claims.notices import Notice
from claims.scopes import Scope
from sources import archiving, indexing, moderating, subscribing, watching
from sources.models import EncodingState, Import, OutletKind
from sources.ports import Stance
from tests.acts.registry import Act, act
from tests.factories import (
    LONG_AGO,
    ApiKeyFactory,
    ArchivingFactory,
    CheckFeedFactory,
    CheckLinkFactory,
    ClaimFactory,
    ClaimLinkFactory,
    DeliveryFactory,
    EncodingFactory,
    EndpointFactory,
    EvidenceFactory,
    FeedFactory,
    OutletFactory,
    OutsideProviderFactory,
    PageFactory,
    PriorCheckFactory,
    PublisherFactory,
    SearchFactory,
    SourceFactory,
    UserFactory,
)


@act
def issue_key() -> Act:
    return partial(
        keys.issue_key,
        PublisherFactory().pk,
        label="Newsroom",
        scopes=[Scope.SUBMISSIONS_WRITE],
        by=UserFactory(),
    )


@act
def revoke_key() -> Act:
    return partial(keys.revoke_key, ApiKeyFactory().pk, by=UserFactory())


@act
def add_endpoint() -> Act:
    return partial(
        endpoints.add_endpoint,
        PublisherFactory().pk,
        url="https://customer.example/told",
        notices=[Notice.VERDICT_PUBLISHED],
        by=UserFactory(),
    )


@act
def pause_endpoint() -> Act:
    told = DeliveryFactory()
    return partial(endpoints.pause_endpoint, told.endpoint_id, by=UserFactory())


@act
def resume_endpoint() -> Act:
    paused = EndpointFactory(paused=True)
    return partial(endpoints.resume_endpoint, paused.pk, by=UserFactory())


@act
def change_secret() -> Act:
    endpoint = EndpointFactory()
    name = endpoints.name_of_secret(endpoint)
    return partial(endpoints.change_secret, endpoint.pk, instead_of=name, by=UserFactory())


@act
def remove_endpoint() -> Act:
    told = DeliveryFactory()
    return partial(endpoints.remove_endpoint, told.endpoint_id, by=UserFactory())


@act
def ping_endpoint() -> Act:
    return partial(endpoints.ping_endpoint, EndpointFactory().pk, by=UserFactory())


@act
def send_again() -> Act:
    return partial(telling.send_again, DeliveryFactory(failed=True).pk, by=UserFactory())


@act
def store_failure() -> Act:
    delivery = DeliveryFactory(failures=len(telling.WAITS))
    lease = Delivery.objects.lease(delivery.pk)
    return partial(telling.store_failure, delivery, lease, "Closed.", status=500, by="teller")


@act
def store_gone() -> Act:
    delivery = DeliveryFactory()
    lease = Delivery.objects.lease(delivery.pk)
    return partial(telling.store_gone, delivery, lease, by="teller")


@act
def recalibrate() -> Act:
    for _ in range(recalibrating.LEAST):
        EvidenceFactory(
            rejected=True,
            machine_stance=Stance.SUPPORTS,
            confidence=0.9,
            why={"model": "test/1"},
        )
    return partial(recalibrating.recalibrate, "test/1", by="terminal")


@act
def retry_search() -> Act:
    search = SearchFactory(last_error="wikipedia: ConnectTimeout")
    return partial(retrying.retry_search, search.pk, by=UserFactory())


@act
def give_up_import() -> Act:
    begun = Import.objects.create(name="news.csv", digest="a" * 64, moved_at=LONG_AGO)
    return partial(moderating.give_up_import, begun.pk, by=UserFactory())


@act
def put_back_claim() -> Act:
    return partial(handing_over.put_back_claim, ClaimFactory(in_review=True).pk, by=UserFactory())


@act
def add_publisher() -> Act:
    return partial(publishers.add_publisher, name="The Harbour Times", by=UserFactory())


@act
def suspend_publisher() -> Act:
    return partial(publishers.suspend_publisher, PublisherFactory().pk, by=UserFactory())


@act
def resume_publisher() -> Act:
    suspended = PublisherFactory(active=False)
    return partial(publishers.resume_publisher, suspended.pk, by=UserFactory())


@act
def describe_outlet() -> Act:
    return partial(
        moderating.describe_outlet,
        OutletFactory().pk,
        name="Harbour office",
        kind=OutletKind.GOVERNMENT,
        by=UserFactory(),
    )


@act
def block_outlet() -> Act:
    return partial(
        moderating.block_outlet, OutletFactory().pk, reason="It invents.", by=UserFactory()
    )


@act
def unblock_outlet() -> Act:
    return partial(moderating.unblock_outlet, OutletFactory(blocked=True).pk, by=UserFactory())


@act
def retract_source() -> Act:
    return partial(
        moderating.retract_source, SourceFactory().pk, reason="Made up.", by=UserFactory()
    )


@act
def reinstate_source() -> Act:
    retracted = SourceFactory(retracted=True)
    return partial(moderating.reinstate_source, retracted.pk, by=UserFactory())


@act
def confirm_link() -> Act:
    link = ClaimLinkFactory()
    return partial(linking.confirm_link, link.pk, Likeness.SAME, by=UserFactory())


@act
def refuse_link() -> Act:
    return partial(linking.refuse_link, ClaimLinkFactory().pk, by=UserFactory())


@act
def reconsider_link() -> Act:
    link = ClaimLinkFactory(refused=True)
    return partial(linking.reconsider_link, link.pk, by=UserFactory())


@act
def confirm_check() -> Act:
    claim, prior = ClaimFactory(), PriorCheckFactory()
    return partial(checks.confirm_check, claim.pk, prior.pk, by=UserFactory())


@act
def refuse_check() -> Act:
    claim, prior = ClaimFactory(), PriorCheckFactory()
    return partial(checks.refuse_check, claim.pk, prior.pk, by=UserFactory())


@act
def reconsider_check() -> Act:
    link = CheckLinkFactory()
    return partial(checks.reconsider_check, link.claim_id, link.prior_id, by=UserFactory())


@act
def switch_off_provider() -> Act:
    return partial(moderating.switch_off_provider, OutsideProviderFactory().pk, by=UserFactory())


@act
def switch_on_provider() -> Act:
    off = OutsideProviderFactory(off=True)
    return partial(moderating.switch_on_provider, off.pk, by=UserFactory())


@act
def try_provider() -> Act:
    down = OutsideProviderFactory(down=True)
    SearchFactory(only=down.name, due_at="2100-01-01T00:00Z")
    return partial(providers.try_provider, down.pk, by=UserFactory())


@act
def record_access() -> Act:
    return partial(moderating.record_access, SourceFactory().pk, access="private", by=UserFactory())


@act
def say_who_can_read() -> Act:
    return partial(
        withholding.say_who_can_read, SourceFactory().pk, access="private", by=UserFactory()
    )


@act
def examine_source() -> Act:
    gone = SourceFactory(gone_at=LONG_AGO, gone="Status 404.")
    return partial(moderating.examine_source, gone.pk, by=UserFactory())


@act
def add_feed() -> Act:
    return partial(
        subscribing.add_feed, url="https://paper.example/rss", outlet="Paper", by=UserFactory()
    )


@act
def change_feed() -> Act:
    return partial(subscribing.change_feed, FeedFactory().pk, minutes=30, by=UserFactory())


@act
def stop_feed() -> Act:
    return partial(subscribing.stop_feed, FeedFactory().pk, by=UserFactory())


@act
def start_feed() -> Act:
    stopped = FeedFactory(active=False, due_at=None)
    return partial(subscribing.start_feed, stopped.pk, by=UserFactory())


@act
def retry_feed() -> Act:
    failed = FeedFactory(due_at=None, last_error="Status 404.")
    return partial(subscribing.retry_feed, failed.pk, by=UserFactory())


@act
def retry_page() -> Act:
    return partial(watching.retry_page, PageFactory(kept=True).pk, by=UserFactory())


@act
def retry_archiving() -> Act:
    failed = ArchivingFactory(due_at=None, last_error="Blocked.")
    return partial(archiving.retry_archiving, failed.pk, by=UserFactory())


@act
def add_check_feed() -> Act:
    return partial(moderating.add_check_feed, url="https://checks.example/feed", by=UserFactory())


@act
def stop_check_feed() -> Act:
    return partial(moderating.stop_check_feed, CheckFeedFactory().pk, by=UserFactory())


@act
def read_check_feed() -> Act:
    stopped = CheckFeedFactory(stopped=True, due_at=None)
    return partial(moderating.read_check_feed, stopped.pk, by=UserFactory())


@act
def begin_encoding() -> Act:
    return partial(indexing.begin_encoding, "all-MiniLM-L6-v2-int8/2", by="embedder")


@act
def switch_encoding() -> Act:
    EncodingFactory(encoder="older/1")
    newer = EncodingFactory(state=EncodingState.FILLING)
    return partial(indexing.switch_encoding, newer, by="embedder")
