"""Rows about providers that no table takes."""

from tests.database.refusals import rows
from tests.factories import (
    CheckFeedFactory,
    OutsideProviderFactory,
    PriorCheckFactory,
    ProviderAnswerFactory,
    ProviderHourFactory,
    digest_of,
)


def twice(made, **columns):
    return made(**columns), made(**columns)


rows("provider_once_per_name", lambda: twice(OutsideProviderFactory, name="wikipedia"))
rows("provider_failed_says_when_and_why", lambda: OutsideProviderFactory(failures=1))
rows(
    "provider_failed_says_when_and_why",
    lambda: OutsideProviderFactory(failures=1, last_error="It timed out."),
)
rows("provider_hour_once", lambda: twice(ProviderHourFactory, provider=OutsideProviderFactory()))
rows(
    "provider_answer_once",
    lambda: twice(ProviderAnswerFactory, provider=OutsideProviderFactory(), digest=digest_of("a")),
)
rows("provider_answer_digest_is_sha256", lambda: ProviderAnswerFactory(digest="forty boats"))
rows("check_feed_once_per_url", lambda: twice(CheckFeedFactory, url="https://a.example/"))
rows("check_feed_stopped_is_not_due", lambda: CheckFeedFactory(stopped=True))
rows(
    "prior_check_once_per_page_and_claim",
    lambda: twice(PriorCheckFactory, url="https://a.example/"),
)
rows("prior_check_url_is_http", lambda: PriorCheckFactory(url="javascript:alert(1)"))
rows("prior_check_has_claim_and_rating", lambda: PriorCheckFactory(rating=""))
rows("prior_check_has_claim_and_rating", lambda: PriorCheckFactory(claim=""))
