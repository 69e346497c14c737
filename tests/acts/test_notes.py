"""Notes to colleagues: written, answered, reworded, taken back, and read by whom they are for."""

import pytest

from claims.actions.merging import merge_claims
from claims.actions.notes import mark_read, nobodys_names, reword_note, take_back_note, write_note
from claims.actions.refusals import Overtaken, Refused
from claims.models import Addressee, Note
from claims.states import IllegalMove
from factcheck.models import Event
from factcheck.people import give_roles, shut_out
from tests.factories import AppearanceFactory, ClaimFactory, NoteFactory
from tests.stories import placed_beside, split_in_two
from tests.ui.conftest import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return person("ada", "Reviewers")


@pytest.fixture
def ben():
    return person("ben", "Editors")


@pytest.fixture
def claim():
    return AppearanceFactory().claim


def waiting_for(someone):
    return list(Addressee.objects.unread_by(someone).values_list("note__text", flat=True))


def test_whoever_is_named_has_a_note_to_read_until_they_say_so(ada, ben, claim):
    note = write_note(claim.pk, "@Ben, who counted?", by=ada)
    assert waiting_for(ben) == ["@Ben, who counted?"]
    mark_read(note.pk, reader=ada)
    assert waiting_for(ben) != []
    mark_read(note.pk, reader=ben)
    assert waiting_for(ben) == []


def test_whoever_answers_on_the_claim_has_read_what_was_written_to_them_there(ada, ben, claim):
    write_note(claim.pk, "@ben, who counted?", by=ada)
    elsewhere = write_note(ClaimFactory().pk, "@ben, and here?", by=ada)
    write_note(claim.pk, "The port.", by=ben)
    assert waiting_for(ben) == [elsewhere.text]
    assert waiting_for(ada) == []


def test_whoever_has_the_claim_in_hand_is_told_of_all_notes_but_their_own(ada, ben):
    claim = ClaimFactory(in_review=True, reviewer=ada)
    write_note(claim.pk, "The port has a log.", by=ben)
    write_note(claim.pk, "I read it. @ada", by=ada)
    write_note(ClaimFactory(reviewer=ada).pk, "Nobody has this one.", by=ben)
    assert waiting_for(ada) == []
    assert waiting_for(ben) == []
    write_note(claim.pk, "Which day?", by=ben)
    assert waiting_for(ada) == ["Which day?"]


def test_only_colleagues_who_may_work_here_are_named(ada, ben, claim):
    mona = person("mona", "Moderators")
    eve, cy, dan = (person(name, "Reviewers") for name in ("eve", "cy", "dan"))
    shut_out(eve.pk, by=mona)
    give_roles(cy.pk, roles=[], by=mona)
    note = write_note(claim.pk, "@eve @cy @dan @nobody me@ben", by=ada)
    assert nobodys_names(note) == ["eve", "cy", "nobody"]
    assert [row.person for row in note.addressees.all()] == [dan]


def test_who_logs_in_with_an_address_is_named_by_its_beginning(ada, claim):
    long = person("grace@desk.example", "Reviewers")
    write_note(claim.pk, "@grace, or @grace@desk.example.", by=ada)
    assert waiting_for(long) == ["@grace, or @grace@desk.example."]
    person("grace@other.example", "Reviewers")
    assert nobodys_names(write_note(claim.pk, "@grace again", by=ada)) == ["grace"]


def test_lines_are_kept_however_a_browser_ends_them(ada, claim):
    note = write_note(claim.pk, "  One.\r\n\r\nTwo.\r\n", by=ada)
    assert note.text == "One.\n\nTwo."


@pytest.mark.parametrize(
    ("text", "why"),
    [
        (" \r\n", "should know"),
        ("a" * 4001, "4,000 characters at most, and this one has 4,001"),
        ("a\0b", "not text"),
    ],
)
def test_what_no_note_can_say_is_refused(text, why, ada, claim):
    with pytest.raises(Refused, match=why):
        write_note(claim.pk, text, by=ada)
    with pytest.raises(Refused, match=why):
        reword_note(NoteFactory(author=ada).pk, text, wording=1, by=ada)


def test_a_button_pressed_twice_leaves_one_note(ada, ben, claim):
    assert write_note(claim.pk, "Who?", by=ada) == write_note(claim.pk, "Who?", by=ada)
    assert Note.objects.count() == 1
    write_note(claim.pk, "Who?", by=ben)
    write_note(claim.pk, "Who?", by=ada)
    assert Note.objects.count() == 3


def test_a_reworded_note_keeps_what_it_said_and_is_for_whom_it_names_now(ada, ben, claim):
    cy, dan = (person(name, "Reviewers") for name in ("cy", "dan"))
    note = write_note(claim.pk, "@ben @cy: the log.", by=ada)
    mark_read(note.pk, reader=cy)
    note = reword_note(note.pk, "@dan: the log of May.", wording=1, by=ada)
    assert [was["text"] for was in note.earlier] == ["@ben @cy: the log."]
    assert (waiting_for(ben), waiting_for(cy)) == ([], [])
    assert waiting_for(dan) == ["@dan: the log of May."]
    assert {row.person for row in note.addressees.all()} == {cy, dan}


def test_a_note_is_its_authors_alone(ada, ben, claim):
    note = write_note(claim.pk, "The log.", by=ada)
    with pytest.raises(Refused, match="its author's"):
        reword_note(note.pk, "No log.", wording=1, by=ben)
    with pytest.raises(Refused, match="its author's"):
        take_back_note(note.pk, by=ben)


def test_a_note_reworded_in_another_tab_is_read_first(ada, claim):
    note = write_note(claim.pk, "The log.", by=ada)
    reword_note(note.pk, "The log of May.", wording=1, by=ada)
    with pytest.raises(Overtaken):
        reword_note(note.pk, "The log of June.", wording=1, by=ada)
    with pytest.raises(Refused, match="the words the note has"):
        reword_note(note.pk, "The log of May.", wording=2, by=ada)


def test_what_is_taken_back_waits_for_nobody_and_is_not_reworded(ada, ben, claim):
    note = write_note(claim.pk, "@ben, who counted?", by=ada)
    take_back_note(note.pk, by=ada)
    assert waiting_for(ben) == []
    with pytest.raises(IllegalMove, match="taken back"):
        reword_note(note.pk, "Who?", wording=1, by=ada)
    with pytest.raises(IllegalMove, match="taken back"):
        take_back_note(note.pk, by=ada)
    assert write_note(claim.pk, note.text, by=ada) != note


def test_no_words_of_a_note_are_in_the_history(ada, claim):
    note = write_note(claim.pk, "Secretly counted.", by=ada)
    reword_note(note.pk, "Secretly counted twice.", wording=1, by=ada)
    take_back_note(note.pk, by=ada)
    told = list(Event.objects.about(claim.public_id).filter(verb__startswith="note."))
    assert len(told) == 3
    assert "ecret" not in str([event.data for event in told])
    assert not any(hasattr(event, "reason") for event in told)


def test_notes_go_with_a_claim_that_is_merged_or_split(ada, ben, claim):
    other = placed_beside(claim, "officials said")
    theirs = write_note(other.pk, "@ben, who said so?", by=ada)
    merge_claims(claim.pk, {other.pk: 1}, wording=1, by=ada)
    assert list(Note.objects.of(claim)) == [theirs]
    with pytest.raises(IllegalMove, match="Another claim stands for it"):
        write_note(other.pk, "And now?", by=ada)
    answer = write_note(claim.pk, "They did.", by=ben)
    assert waiting_for(ben) == []
    take_back_note(answer.pk, by=ben)
    whole = AppearanceFactory().claim
    of_whole = write_note(whole.pk, "The whole.", by=ada)
    one, part = split_in_two(whole)
    of_part = write_note(part.pk, "The part.", by=ada)
    assert list(Note.objects.of(part)) == [of_whole, of_part]
    assert list(Note.objects.of(one)) == [of_whole]


def test_a_claim_that_is_closed_or_with_the_approver_is_still_talked_about(ada):
    for state in ({"closed": True}, {"dismissed": True}):
        assert write_note(ClaimFactory(**state).pk, "After all?", by=ada).pk
