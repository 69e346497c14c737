"""The demo shows finished work, told by the product's own acts on the machine's own findings."""

import pytest
from django.core.management import CommandError, call_command

from claims.models import Claim, Search, Verdict
from claims.states import ClaimState, VerdictState
from claims.tasks import gather_evidence
from factcheck.management.commands.finish_demo import KOREA, PHOSPHATE, RUBBISH, TANK
from tests.e2e.pipeline import work


@pytest.mark.django_db(transaction=True)
def test_the_demo_shows_a_corrected_verdict_one_to_approve_and_work_in_hand(capsys):
    call_command("load_demo")
    with pytest.raises(CommandError, match="wait until the articles are split"):
        call_command("finish_demo")
    work()
    with pytest.raises(CommandError, match="still being searched"):
        call_command("finish_demo")
    told = "|".join((RUBBISH, PHOSPHATE, TANK, KOREA))
    for search in Search.objects.due().filter(claim__appearances__quote__iregex=told):
        gather_evidence(search.pk)
    call_command("finish_demo")
    call_command("finish_demo")
    states = sorted(Verdict.objects.values_list("state", flat=True))
    assert states == [VerdictState.PROPOSED, VerdictState.PUBLISHED, VerdictState.SUPERSEDED]
    assert Claim.objects.filter(state=ClaimState.CLOSED).count() == 2
    assert Claim.objects.filter(state=ClaimState.IN_REVIEW).count() == 2
