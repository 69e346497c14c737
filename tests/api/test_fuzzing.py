"""A minute of whatever Schemathesis makes of the description, against a server with rows."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from claims.api.schema import FILE
from claims.states import VerdictState
from tests.api.asking import asking
from tests.api.callers import handed_in
from tests.factories import EvidenceFactory
from tests.stories import verdict_in

PROGRAM = Path(sys.executable).parent / "schemathesis"
SECONDS = 60
CONFIGURATION = """\
[parameters]
article_id = "{article}"
number = 1
claim_id = "{claim}"
submission_id = "{submission}"
verdict_id = "{verdict}"

# Whether a text says anything, and which fields go together, is more than a description tells.
[[operations]]
include-operation-id = ["submit", "match_claims"]

[operations.checks]
positive_data_acceptance.expected-statuses = ["2xx", 409, 422]
"""


@pytest.mark.django_db(transaction=True)
def test_no_request_gets_an_answer_the_description_does_not_tell(live_server, settings, tmp_path):
    settings.API_REQUESTS_PER_MINUTE = 1_000_000
    settings.SITE_URL = live_server.url
    api = asking()
    handed = handed_in(api.publisher)
    EvidenceFactory(claim=handed.claim, accepted=True)
    EvidenceFactory(claim=handed.claim)
    configuration = tmp_path / "schemathesis.toml"
    configuration.write_text(
        CONFIGURATION.format(
            article=handed.article.public_id,
            claim=handed.claim.public_id,
            verdict=verdict_in(VerdictState.PUBLISHED).public_id,
            submission=handed.version.submissions.get().public_id,
        )
    )
    done = subprocess.run(
        [
            *(PROGRAM, "--config-file", configuration, "run", FILE, "--url", live_server.url),
            *("--header", f"Authorization: Bearer {api.raw}", "--max-time", str(SECONDS)),
            *("--continue-on-failure", "--no-color"),
        ],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
        env={**os.environ, "NO_PROXY": "localhost"},
    )
    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr[-2_000:]
