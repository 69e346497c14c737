"""The workers' part, done at once: what was handed in becomes claims."""

from claims.models import ArticleVersion, Submission
from claims.tasks import split, take_in


def work() -> None:
    """Read and split everything that is due."""
    for submission in Submission.objects.due():
        take_in(submission.pk)
    for version in ArticleVersion.objects.due():
        split(version.pk)
