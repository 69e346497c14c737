"""A server with workers and a library, and people who decide: what a publisher's program meets."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from claims.actions.evidence import accept_evidence
from claims.models import ArticleVersion, Claim, Evidence, Search, Submission
from factcheck.management.commands.finish_demo import KOREA
from sources.ports import Stance
from tests.factories import UserFactory
from tests.workers import work_off

LIBRARY = settings.BASE_DIR / "factcheck" / "demo" / "documents.jsonl"


def fill_library() -> None:
    """Store the demo's documents."""
    call_command("add_documents", str(LIBRARY), verbosity=0)


@contextmanager
def working() -> Iterator[None]:
    """Read and split what is handed in while the block runs, as workers do."""
    over = threading.Event()

    def work() -> None:
        try:
            while not over.wait(0.2):
                work_off(Submission, ArticleVersion)
        finally:
            connection.close()

    worker = threading.Thread(target=work)
    worker.start()
    try:
        yield
    finally:
        over.set()
        worker.join()


def accept_some_evidence() -> Evidence:
    """Search for one claim as a worker does, and accept the best find as a person does."""
    claim = Claim.objects.filter(appearances__quote__contains=KOREA).distinct().get()
    Search.objects.exclude(claim=claim).update(due_at=None)
    work_off(Search)
    best = Evidence.objects.filter(claim=claim).order_by("pk").first()
    assert best is not None
    return accept_evidence(best.pk, Stance.SUPPORTS, by=UserFactory())
