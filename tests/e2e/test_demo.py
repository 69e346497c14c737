"""The demo shows finished work, told by the product's own acts on the machine's own findings."""

import pytest
from django.core.management import CommandError, call_command

from claims.models import Claim, Handover, Search, Verdict
from claims.reading.notes import notes_for
from claims.states import ClaimState, VerdictState
from claims.tasks import gather_evidence
from factcheck.management.commands.finish_demo import KOREA, PHOSPHATE, RUBBISH, TANK
from factcheck.models import User
from tests.e2e.pipeline import work
from tests.ui.conftest import logged_in


@pytest.mark.django_db(transaction=True)
def test_the_demo_shows_a_corrected_verdict_one_to_approve_and_work_in_hand(tmp_path):
    call_command("load_demo")
    with pytest.raises(CommandError, match="wait until the articles are split"):
        call_command("finish_demo")
    work()
    with pytest.raises(CommandError, match="still being searched"):
        call_command("finish_demo")
    told = "|".join((RUBBISH, PHOSPHATE, TANK, KOREA))
    for search in Search.objects.due().filter(claim__appearances__quote__iregex=told):
        gather_evidence(search.pk)
    call_command("create_logins", tmp_path / "logins")
    call_command("finish_demo")
    call_command("finish_demo")
    states = sorted(Verdict.objects.values_list("state", flat=True))
    assert states == [VerdictState.PROPOSED, VerdictState.PUBLISHED, VerdictState.SUPERSEDED]
    assert Claim.objects.filter(state=ClaimState.CLOSED).count() == 2
    assert Claim.objects.filter(state=ClaimState.IN_REVIEW).count() == 2
    reviewer = User.objects.get(username="reviewer")
    handed = Handover.objects.waiting_for(reviewer).get()
    assert KOREA in handed.claim.appearances.get().quote
    for name in ("administrator", "editor", "reviewer"):
        note = notes_for(User.objects.get(username=name), 2)
        assert [shown.note.author.name for shown in note] == ["Ada (demo)"]
    for page in ("/desk/mine/", f"/claims/{handed.claim.public_id}/"):
        assert "Handed over by Ada (demo):" in logged_in(reviewer).get(page).text
