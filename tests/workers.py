"""Workers for tests: the tasks of due rows, called one after the other in this process."""

from claims import tasks
from claims.models import ArticleVersion, Bringing, Delivery, Search, Submission
from factcheck.models import Work
from sources import tasks as fetching
from sources.models import Archiving, CheckFeed, Feed, Page

TASKS = {
    Submission: tasks.take_in,
    ArticleVersion: tasks.split,
    Search: tasks.gather_evidence,
    Bringing: tasks.bring_document,
    Delivery: tasks.deliver,
    Feed: fetching.read_feed,
    Page: fetching.read_page,
    Archiving: tasks.save_to_archive,
    CheckFeed: fetching.read_check_feed,
}


def work_off(*models: type[Work]) -> int:
    """Run the task of each due row, also of rows that become due by it; return how many ran.

    Only rows of ``models``, if any are named.
    """
    ran = 0
    for model in models or TASKS:
        while (row := model.objects.due().first()) is not None:
            TASKS[model](row.pk)
            ran += 1
            assert ran < 200, "the same rows are due again and again"
    return ran


def make_due(row: Work) -> None:
    """Let the time pass until ``row`` is to be tried again."""
    type(row).objects.filter(pk=row.pk).update(due_at="2020-06-24T00:00:00Z")
