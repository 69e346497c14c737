"""What the trial of repeated requests makes beforehand and counts afterwards."""

from collections import Counter

from claims.actions.keys import issue_key
from claims.models import Article, ArticleVersion, Submission
from factcheck.models import Event, Publisher, User


def make_keys(publishers: int, clients: int) -> list[str]:
    """Make publishers, and a key of its own for each client, in turn; return the raw keys."""
    boss = User.objects.create(username="boss")
    papers = [Publisher.objects.create(name=f"Paper {n}") for n in range(publishers)]
    return [
        issue_key(
            papers[n % publishers].pk, label=f"Client {n}", scopes=["submissions:write"], by=boss
        )[1]
        for n in range(clients)
    ]


def unread() -> bool:
    """Whether anything handed in still waits for its reader."""
    return Submission.objects.filter(state="received").exists()


def texts() -> Counter[tuple[int, str]]:
    """How often each text is stored for each publisher, counted from 0."""
    first = Publisher.objects.earliest("pk").pk
    return Counter(
        (owner - first, text)
        for owner, text in ArticleVersion.objects.values_list("article__publisher", "text")
    )


def counts() -> dict[str, int]:
    return {
        "articles": Article.objects.count(),
        "submissions": Submission.objects.count(),
        "events of handing in": Event.objects.filter(verb="submission.received").count(),
        "submissions read": Submission.objects.filter(state="ready").count(),
    }


def broken_history() -> list[str]:
    return list(Event.objects.verify())
