"""A text that a person says is the next version: its claims are carried as for any other."""

import pytest

from claims.actions.continuing import continue_article
from claims.actions.intake import Handed, submit
from claims.actions.review import take_claim
from claims.kinds import Anchor
from claims.models import Appearance, Article, ArticleVersion, Claim, Submission
from claims.states import VersionState
from tests.factories import UserFactory
from tests.work.conftest import HARBOUR
from tests.workers import work_off

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("library", "word_rules")]

CORRECTED = HARBOUR.replace("40", "60").replace("Forty", "Sixty")


def handed_in(text, owner, **named):
    submission = submit(Handed(text=text), by=owner, **named)
    work_off(Submission)
    work_off(ArticleVersion)
    submission.refresh_from_db()
    return submission.version


@pytest.mark.parametrize("said", ["at hand-in", "from the notice"])
def test_claims_are_carried_and_what_was_corrected_away_is_told(said):
    owner = UserFactory()
    first = handed_in(HARBOUR, owner)
    taken = take_claim(Claim.objects.earliest("pk").pk, by=owner)
    if said == "at hand-in":
        second = handed_in(CORRECTED, owner, follows=first.article_id)
    else:
        copy = handed_in(CORRECTED, owner)
        assert copy.article != first.article
        second = continue_article(copy.pk, first.article_id, by=owner)
        work_off(ArticleVersion)
        second.refresh_from_db()
    assert second.state == VersionState.SPLIT
    assert (second.article, second.number, second.copy_of) == (first.article, 2, None)
    there = Appearance.objects.filter(version=second)
    before = Appearance.objects.filter(version=first)
    assert set(before.values_list("claim", flat=True)) <= set(there.values_list("claim", flat=True))
    assert there.filter(anchor=Anchor.ORPHANED).exists()
    taken.refresh_from_db()
    assert taken.reviewer == owner
    assert Article.objects.filter(set_aside_at__isnull=True).get() == first.article
