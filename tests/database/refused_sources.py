"""What the database refuses of imports, feeds, pages and archives."""

from sources.models import EncodingState, Import, PageState, Recalibration
from tests.database.refusals import rows
from tests.factories import (
    LONG_AGO,
    ArchivingFactory,
    EncodingFactory,
    FeedFactory,
    OutletFactory,
    PageFactory,
    SourceFactory,
)

DIGEST = "a" * 64
SIDES = ("supports", "contradicts")


def importing(**columns):
    return Import.objects.create(**{"name": "news.csv", "digest": DIGEST} | columns)


rows("import_one_open_per_file", lambda: (importing(), importing()))
rows("import_counts_every_row", lambda: importing(rows=3, stored=1, rejected=1))
rows("import_given_up_has_end", lambda: importing(given_up=True))
rows("import_digest_is_sha256", lambda: importing(digest="md5"))
rows("feed_kind_known", lambda: FeedFactory(kind="podcast"))
rows("feed_url_is_http", lambda: FeedFactory(url="file:///etc/passwd"))
rows("feed_rests_five_minutes", lambda: FeedFactory(minutes=4))
rows("feed_stopped_is_not_due", lambda: FeedFactory(active=False))
rows(
    "feed_that_waits_for_its_whole_is_stopped",
    lambda: FeedFactory(waits_for_whole=True, active=False, due_at=None),
    lambda: FeedFactory(waits_for_whole=True, whole=FeedFactory()),
)
rows("page_state_known", lambda: PageFactory(state="lost"))
rows("page_url_is_http", lambda: PageFactory(url="javascript:alert(1)"))
rows(
    "page_kept_has_source",
    lambda: PageFactory(state=PageState.KEPT),
    lambda: PageFactory(state=PageState.GONE, problem="404"),
)
rows(
    "page_not_there_says_why",
    lambda: PageFactory(state=PageState.FAILED),
    lambda: PageFactory(kept=True, state=PageState.GONE),
)
rows(
    "archiving_saved_has_link",
    lambda: ArchivingFactory(archive_url="https://archive.example/1"),
    lambda: ArchivingFactory(saved_at=LONG_AGO, due_at=None),
    lambda: ArchivingFactory(archive_url="data:,x", saved_at=LONG_AGO, due_at=None),
)
rows(
    "outlet_blocked_says_why",
    lambda: OutletFactory(blocked=True, block_reason=""),
    lambda: OutletFactory(blocked=True, blocked_at=None),
    lambda: OutletFactory(blocked_at=LONG_AGO),
)
rows("source_proposed_access_known", lambda: SourceFactory(proposed_access="shut"))
rows("source_proposed_access_says_why", lambda: SourceFactory(proposed_access="paywall"))
rows(
    "source_gone_says_why",
    lambda: SourceFactory(gone_at=LONG_AGO),
    lambda: SourceFactory(gone="Status 404."),
)
rows("encoding_state_known", lambda: EncodingFactory(state="asleep"))
rows(
    "encoding_one_answers_and_one_fills",
    lambda: (EncodingFactory(), EncodingFactory(encoder="other/1")),
    lambda: [EncodingFactory(encoder=name, state=EncodingState.FILLING) for name in "ab"],
)
rows(
    "encoding_retired_has_time",
    lambda: EncodingFactory(state=EncodingState.RETIRED),
    lambda: EncodingFactory(retired_at=LONG_AGO),
)


def recalibrated(**columns):
    line = {"slope": 1.0, "offset": 0.0, "decisions": 40, "agreed": 30}
    valid = {f"{stance}_{name}": value for stance in SIDES for name, value in line.items()}
    return Recalibration.objects.create(**{"model": "test/1"} | valid | columns)


rows(
    "recalibration_keeps_order",
    lambda: recalibrated(supports_slope=0.0),
    lambda: recalibrated(contradicts_slope=-1.0),
)
rows(
    "recalibration_agreed_at_most_all",
    lambda: recalibrated(supports_agreed=41),
    lambda: recalibrated(contradicts_agreed=41),
)
