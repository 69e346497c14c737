"""Notes to colleagues and reasons for handing over: no publisher and no stranger reads a word."""

import pytest
from django.test import Client
from django.urls import reverse

from claims.actions.handing_over import hand_over_claim
from claims.actions.notes import mark_read, reword_note, take_back_note, write_note
from claims.actions.verdicts import propose_verdict
from claims.api.urls import urlpatterns
from claims.models import Note
from claims.scopes import Scope
from claims.states import VerdictState
from factcheck.kept import WORDS
from factcheck.people import give_roles, shut_out
from tests.api.callers import caller, handed_in
from tests.factories import ClaimFactory, PublisherFactory
from tests.stories import claim_with_evidence, verdict_in
from tests.ui.conftest import logged_in, person

pytestmark = pytest.mark.django_db

SECRET = "Whisper"


def path(name, thing):
    return reverse(f"claims:{name}", args=[thing.public_id])


@pytest.fixture
def ada():
    return person("ada", "Reviewers")


@pytest.fixture
def mona():
    return person("mona", "Moderators")


def whispered(claim, ada, mona):
    """A claim that was talked about in every way."""
    note = write_note(claim.pk, f"{SECRET} one, @mona.", by=ada)
    mark_read(note.pk, reader=mona)
    reword_note(note.pk, f"{SECRET} two, @mona.", wording=1, by=ada)
    take_back_note(write_note(claim.pk, f"{SECRET} three.", by=ada).pk, by=ada)
    claim.refresh_from_db()
    held_by = claim.reviewer_id if claim.state == "in_review" else None
    hand_over_claim(claim.pk, ada.pk, held_by=held_by, by=mona, why=f"{SECRET} four.")


def test_a_key_of_a_publisher_opens_no_note_and_no_reason(ada, mona):
    handed = handed_in(PublisherFactory())
    whispered(handed.claim, ada, mona)
    asking, found = caller(handed.publisher, *Scope), 0
    keys = {
        "article_id": handed.article.public_id,
        "claim_id": handed.claim.public_id,
        "number": handed.version.number,
        "submission_id": handed.version.submissions.get().public_id,
    }
    for pattern in urlpatterns:
        if set(pattern.pattern.converters) <= keys.keys():
            named = {name: keys[name] for name in pattern.pattern.converters}
            answer = asking.get(reverse(f"api:{pattern.name}", kwargs=named))
            assert SECRET not in answer.content.decode(), pattern.name
            assert "note" not in answer.content.decode() or pattern.name in {"docs", "openapi"}
            found += answer.status_code == 200
    assert found >= 5
    note = handed.claim.notes.first()
    for address in (path("claim", handed.claim), path("reword_note", note), "/desk/mine/"):
        assert SECRET not in asking.get(address, follow=True).content.decode()
    assert asking.post(path("write_note", handed.claim), {"note": "Hello."}).status_code == 403
    assert Note.objects.count() == 2


def test_what_is_proposed_freezes_no_note(ada, mona):
    draft = verdict_in(VerdictState.DRAFT, claim_with_evidence(reviewer=mona))
    whispered(draft.claim, ada, mona)
    proposed = propose_verdict(draft.pk, by=ada)
    stored = {field.name: getattr(proposed, field.attname) for field in proposed._meta.fields}
    assert SECRET not in str(stored)


def test_whoever_is_shut_out_or_loses_their_roles_reads_and_writes_none(ada, mona):
    claim = ClaimFactory()
    note = write_note(claim.pk, f"{SECRET}, @ada.", by=mona)
    own = write_note(claim.pk, "My own.", by=ada)
    browser = logged_in(ada)
    acts = {
        path("write_note", claim): {"note": "Again."},
        path("reword_note", own): {"text": "Again.", "wording": "1"},
        path("take_back_note", own): {},
        path("read_note", note): {},
        path("hand_over", claim): {"to": str(mona.public_id), "held_by": ""},
    }
    give_roles(ada.pk, roles=[], by=mona)
    for address, sent in acts.items():
        assert browser.post(address, sent).status_code == 403
    assert SECRET not in browser.get(path("claim", claim)).text
    give_roles(ada.pk, roles=["Reviewers"], by=mona)
    shut_out(ada.pk, by=mona)
    for address, sent in acts.items():
        browser.post(address, sent)
    assert SECRET not in browser.get(path("claim", claim), follow=True).text
    assert Note.objects.count() == 2
    own.refresh_from_db()
    claim.refresh_from_db()
    assert (own.text, own.taken_back_at, claim.state) == ("My own.", None, "open")


def test_a_note_written_when_the_session_was_over_is_kept_to_be_sent_again(ada):
    browser = Client()
    answer = browser.post(path("write_note", ClaimFactory()), {"note": "Which\r\nharbour?"})
    assert answer.status_code == 403
    assert WORDS["write_note"]["note"] in answer.text
    assert "harbour?</textarea>" in answer.text
    assert Note.objects.count() == 0
