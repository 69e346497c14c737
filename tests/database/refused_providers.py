"""Rows about providers that no table takes."""

from tests.database.refusals import rows
from tests.factories import (
    OutsideProviderFactory,
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
