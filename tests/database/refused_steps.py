"""Changes that no stored row takes, whoever asks in whatever way."""

from django.db import connection
from django.db.models import F

from claims.models import Visibility
from claims.states import ClaimState, Dismissal
from factcheck.models import Event, EventChain
from tests.database.refusals import refused, rows
from tests.factories import (
    AppearanceFactory,
    ArticleFactory,
    ArticleVersionFactory,
    BringingFactory,
    ClaimFactory,
    EvidenceFactory,
    PassageFactory,
    SearchFactory,
    SnapshotFactory,
    SourceFactory,
    SubmissionFactory,
    UserFactory,
    digest_of,
)
from tests.stories import split_in_two


def sql(statement: str, *parameters: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)


def change(row, **columns):
    """An UPDATE of one row, past its save method."""
    type(row).objects.filter(pk=row.pk).update(**columns)


# Claims that people split and merge.
rows("claim_split_from_another", lambda: change(ClaimFactory(), split_from=F("id")))
rows(
    "claim_merged_into_another",
    lambda: change(
        ClaimFactory(dismissed=True, dismissal=Dismissal.DUPLICATE), merged_into=F("id")
    ),
)
rows(
    "evidence_relation_said_says_why",
    lambda: change(EvidenceFactory(), related_by=UserFactory()),
    lambda: change(EvidenceFactory(), relation_reason="Nobody says so."),
)
rows("evidence_carried_from_another", lambda: change(EvidenceFactory(), carried_from=F("id")))
rows(
    "claim_lineage_stays_in_its_article",
    lambda: change(split_in_two(AppearanceFactory().claim)[0], article=ArticleFactory()),
)


@refused("claim_comes_back_when_its_parts_are_put_back")
def open_a_claim_that_was_split():
    claim = AppearanceFactory().claim
    split_in_two(claim)
    change(claim, state=ClaimState.OPEN, dismissal="")


# The history.
def history():
    return Event.objects.record("submission.received", SubmissionFactory(), by="test")


@refused("event_is_append_only")
def edit_an_event():
    change(history(), verb="claim.taken")


@refused("event_is_append_only")
def edit_no_event_at_all():
    Event.objects.update(verb="claim.taken")


@refused("event_is_append_only")
def delete_an_event():
    history().delete()


@refused("event_is_append_only")
def truncate_the_history():
    sql("TRUNCATE factcheck_event CASCADE")


rows(
    "event_chain_is_never_removed",
    lambda: EventChain.objects.all().delete(),
    lambda: sql("TRUNCATE factcheck_eventchain"),
)


# What was read and fetched.
FROZEN_OF_VERSION = {
    "article_id": None,
    "number": 7,
    "title": "Fifty boats",
    "byline": "A. Writer",
    "outlet": "Another",
    "language": "de",
    "published_at": "2020-01-01",
    "text": "Fifty boats.",
    "digest": digest_of("Fifty boats."),
    "extractor": "another",
    "notes": ["Nothing was left out."],
    "public_id": "01890a5d-ac96-774b-bcce-b302099a8057",
}
rows(
    "version_never_changes",
    *(
        lambda column=column, value=value: change(ArticleVersionFactory(), **{column: value})
        for column, value in FROZEN_OF_VERSION.items()
    ),
)
FROZEN_ONCE_SPLIT = {
    "state": "received",
    "blocks": [[0, 1, "body"]],
    "dropped": [[0, 1, "caption"]],
    "splitter": "another",
}
rows(
    "version_never_changes",
    *(
        lambda column=column, value=value: change(
            ArticleVersionFactory(split=True), **{column: value}
        )
        for column, value in FROZEN_ONCE_SPLIT.items()
    ),
)


@refused("version_copies_an_older_one")
def copy_a_younger_version():
    change(ArticleVersionFactory(), copy_of=ArticleVersionFactory())


@refused("version_stays_the_copy_it_is")
def find_a_version_by_other_bands():
    change(ArticleVersionFactory(bands=[1, 2]), bands=[3, 4])


@refused("version_stays_the_copy_it_is")
def find_out_later_that_a_version_is_a_copy():
    older = ArticleVersionFactory(split=True)
    change(ArticleVersionFactory(split=True), copy_of=older)


FROZEN_OF_SNAPSHOT = {
    "source_id": None,
    "fetched_at": "2021-01-01T00:00Z",
    "digest": digest_of("x"),
    "content_type": "text/html",
    "headers": {"server": "x"},
    "record": b"x",
    "text": "Fifty boats.",
    "extractor": "another",
    "public_id": "01890a5d-ac96-774b-bcce-b302099a8057",
}
rows(
    "snapshot_never_changes",
    *(
        lambda column=column, value=value: change(SnapshotFactory(), **{column: value})
        for column, value in FROZEN_OF_SNAPSHOT.items()
    ),
)
ASTRAL = "🚢 Forty 🚢 boats. Cafe\u0301 owners saw 𝟒𝟎."
rows(
    "passage_is_verbatim",
    lambda: PassageFactory(text="The count was 41 boats."),
    lambda: PassageFactory(snapshot__text=ASTRAL, start=2, end=7, text="orty "),
    lambda: PassageFactory(snapshot__text=ASTRAL, start=0, end=9_999),
    lambda: change(PassageFactory(), start=F("start") + 1),
    lambda: change(PassageFactory(), text="The count was 41 boats."),
)
rows(
    "appearance_quote_is_printed",
    lambda: AppearanceFactory(quote="Fifty boats", start=0),
    lambda: AppearanceFactory(version__text=ASTRAL, quote="Forty", start=3),
    lambda: AppearanceFactory(version__text=ASTRAL, quote="Café", start=17, end=22),
    lambda: AppearanceFactory(quote="said.", end=9_999),
    lambda: change(AppearanceFactory(), start=F("start") - 1),
    lambda: change(AppearanceFactory(), quote="Fifty boats left the harbour."),
)
rows(
    "appearance_stays_in_its_article",
    lambda: AppearanceFactory(claim=ClaimFactory()),
    lambda: change(AppearanceFactory(), version=ArticleVersionFactory()),
)

# Evidence.
LENGTH = len("The count was 40 boats. Nobody was hurt.")
rows(
    "evidence_rationale_inside_passage",
    lambda: EvidenceFactory(rationale_start=0, rationale_end=LENGTH + 1),
    lambda: EvidenceFactory(
        passage=PassageFactory(snapshot__text=ASTRAL),
        rationale_start=0,
        rationale_end=len(ASTRAL) + 1,  # its UTF-8 is longer still
    ),
    lambda: EvidenceFactory(by_hand=True, rationale_start=0, rationale_end=1),
    lambda: change(EvidenceFactory(), rationale_start=0, rationale_end=LENGTH + 1),
)
rows(
    "evidence_passage_is_of_its_source",
    lambda: EvidenceFactory(source=SourceFactory()),
    lambda: change(EvidenceFactory(), source=SourceFactory()),
    lambda: change(EvidenceFactory(), passage=PassageFactory()),
)
rows(
    "bringing_fetched_is_public",
    lambda: BringingFactory(by_url=True, claim__article=ArticleFactory()),
    lambda: change(BringingFactory(by_url=True), claim=ClaimFactory()),
    lambda: change(BringingFactory(), url="https://port.example/log", file=None),
    lambda: change(BringingFactory(), public=True),
)

# Searches.
rows(
    "search_outside_is_of_public",
    lambda: SearchFactory(outside=True),
    lambda: change(SearchFactory(), outside=True),
    lambda: change(
        SearchFactory(outside=True, claim__article=ArticleFactory(public=True)),
        claim=ClaimFactory(),
    ),
)
rows(
    "article_confidential_is_searched_inside",
    lambda: change(
        SearchFactory(outside=True, claim__article=ArticleFactory(public=True)).claim.article,
        visibility=Visibility.CONFIDENTIAL,
    ),
)
