"""Searches follow their article: once it is confidential, what waits asks nobody outside."""

from django.db.models.functions import Now

from claims.models import Article, Search
from factcheck.models import Hints


def keep_searches_inside(article: Article) -> None:
    """Let no search that waits ask outside about a locked article, which becomes confidential.

    One of a single provider outside has nobody left to ask: it is due at once, so that its
    worker says so and ends it.
    """
    waiting = Search.objects.filter(claim__article=article, due_at__isnull=False, outside=True)
    of_one = list(waiting.exclude(only="").order_by("pk").values_list("pk", flat=True))
    waiting.update(outside=False)
    Search.objects.filter(pk__in=of_one, due_at__isnull=False).update(due_at=Now())
    Hints(Search.task, of_one).after_commit()
