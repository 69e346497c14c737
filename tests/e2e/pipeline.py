"""The workers' part, done at once: what was handed in becomes claims."""

from claims.models import ArticleVersion, Bringing, Submission
from claims.tasks import bring_document, split, take_in


def work() -> None:
    """Read and split everything that is due, and read what was brought."""
    for submission in Submission.objects.due():
        take_in(submission.pk)
    for version in ArticleVersion.objects.due():
        split(version.pk)
    for bringing in Bringing.objects.due():
        bring_document(bringing.pk)
