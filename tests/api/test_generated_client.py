"""A client that a tool made from the description does what the guide does."""

import importlib
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest

from claims.api.schema import FILE
from tests.api.asking import asking
from tests.api.live import accept_some_evidence, fill_library, working

TEXT = """North Korea shelves military plans

North Korea cut all communication lines with the South on 9 June 2020, state media said."""
PROGRAM = Path(sys.executable).parent / "openapi-python-client"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The package the tool writes, importable."""
    folder = tmp_path_factory.mktemp("generated")
    configuration = folder / "configuration.yml"
    configuration.write_text("post_hooks: []\n")
    command = [PROGRAM, "generate", "--path", FILE, "--config", configuration, "--meta", "none"]
    command += ["--output-path", folder / "factcheck_client", "--fail-on-warning"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(folder)
        yield importlib.import_module


@pytest.mark.django_db(transaction=True)
def test_a_generated_client_submits_follows_and_reads_accepted_evidence(
    made, live_server, settings
):
    settings.SITE_URL = live_server.url
    fill_library()

    def call(group, name, *args, **options):
        sync = made(f"factcheck_client.api.{group}.{name}").sync
        return sync(*args, client=client, **options)

    client = made("factcheck_client").AuthenticatedClient(live_server.url, asking().raw)
    body = made("factcheck_client.models").HandIn(
        text=TEXT, external_id="story-1", published_at=date(2020, 6, 24)
    )
    taken = call("submissions", "submit", body=body, idempotency_key="first")
    with working():
        while not (followed := call("submissions", "follow_submission", taken.id)).done:
            time.sleep(0.2)
    assert followed.changes.new
    accepted = accept_some_evidence()
    version = followed.version
    read = call("articles", "list_claims", version.article, version.number)
    pieces = [piece for claim in read.claims for piece in claim.evidence if piece.reviewed]
    assert [piece.passage for piece in pieces] == [accepted.passage.text]
