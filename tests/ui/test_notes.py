"""Notes to colleagues on a claim's page and in My work: for people of the desk alone."""

import re

import pytest
from django.utils.html import escape

from claims.actions.notes import reword_note, take_back_note, write_note
from claims.actions.review import take_claim
from claims.models import Note
from tests.factories import AppearanceFactory, ClaimFactory
from tests.stories import merged_claim, published
from tests.ui.conftest import ALERT, logged_in, path, person

MINE = "/desk/mine/"


@pytest.fixture
def claim(db):
    return AppearanceFactory().claim


def page_of(browser, claim):
    return browser.get(path("claim", claim)).text


def section(html):
    return html.split('id="notes"')[1].split("</section>")[0]


def waits(browser):
    found = re.search(r'class="waits"[^>]*>(\d+)<span class="hidden"> ([^<]+)', page_top(browser))
    return found and (int(found[1]), found[2])


def page_top(browser):
    return browser.get(MINE).text.split("</header>")[0]


def test_a_note_is_left_where_it_has_a_link_of_its_own(browser, reviewer, claim):
    answer = browser.post(path("write_note", claim), {"note": "The <b>log</b>.\r\nOf May."})
    note = Note.objects.get()
    assert answer.url == f"{path('claim', claim)}#note-{note.public_id}"
    html = browser.get(answer.url).text
    assert "The note is kept." in html
    assert f'id="note-{note.public_id}"' in html
    assert f'href="#note-{note.public_id}"' in html
    assert "The &lt;b&gt;log&lt;/b&gt;.<br>Of May." in html
    assert '<a href="#notes">1 note</a>' in html
    assert "Ada wrote a note." in html


def test_notes_stand_in_the_order_they_were_written(browser, reviewer, editor, claim):
    for text, author in (("First.", reviewer), ("Second.", editor), ("Third.", reviewer)):
        write_note(claim.pk, text, by=author)
    html = section(page_of(browser, claim))
    assert html.index("First.") < html.index("Second.") < html.index("Third.")


def test_a_name_that_is_nobodys_stays_plain_and_is_told(browser, editor, claim):
    sent = {"note": "@ben or @eve?"}
    html = browser.post(path("write_note", claim), sent, follow=True).text
    told = "@eve: no colleague is called that, so nobody was told."
    assert f"The note is kept. {told}" in html
    assert told in section(html)
    assert '<strong class="addressed">@ben</strong> or @eve?' in section(html)
    assert told not in page_of(logged_in(editor), claim)


def test_whoever_is_named_finds_it_in_my_work_until_they_mark_it_as_read(
    browser, editors_browser, reviewer, claim
):
    note = write_note(claim.pk, "@ben, who counted?", by=reviewer)
    assert waits(editors_browser) == (1, "waiting: 1 note for you")
    assert waits(browser) is None
    html = editors_browser.get(MINE).text
    assert "<h2>Notes for you</h2>" in html
    assert f"{path('claim', claim)}#note-{note.public_id}" in html
    assert "for you to read" in page_of(editors_browser, claim)
    assert editors_browser.post(path("read_note", note), {"back": MINE}).url == MINE
    assert waits(editors_browser) is None
    assert "Notes for you" not in editors_browser.get(MINE).text
    assert "for you to read" not in page_of(editors_browser, claim)


def test_somebody_else_marks_nothing_as_read_for_me(browser, editors_browser, reviewer, claim):
    note = write_note(claim.pk, "@ben, who counted?", by=reviewer)
    browser.post(path("read_note", note))
    assert waits(editors_browser) == (1, "waiting: 1 note for you")


def test_whoever_has_the_claim_in_hand_finds_the_notes_of_others(browser, reviewer, editor):
    claim = take_claim(AppearanceFactory().claim.pk, by=reviewer)
    for number in (1, 2):
        write_note(claim.pk, f"Look at log {number}.", by=editor)
    write_note(ClaimFactory().pk, "Elsewhere.", by=editor)
    assert waits(browser) == (2, "waiting: 2 notes for you")
    assert "Elsewhere." not in browser.get(MINE).text
    browser.post(path("write_note", claim), {"note": "I did."})
    assert waits(browser) is None


def test_what_a_note_said_before_stays_beside_it(browser, editors_browser, reviewer, claim):
    note = write_note(claim.pk, "The log of May.", by=reviewer)
    sent = {"text": "The log of June.", "wording": "1"}
    assert browser.post(path("reword_note", note), sent).url.endswith(f"#note-{note.public_id}")
    html = section(page_of(editors_browser, claim))
    assert "The log of June." in html
    assert "what it said before" in html
    assert "The log of May." in html


def test_what_was_taken_back_is_read_by_its_author_alone(browser, editors_browser, reviewer, claim):
    note = write_note(claim.pk, "@ben: the log of May.", by=reviewer)
    reword_note(note.pk, "@ben: the log of June.", wording=1, by=reviewer)
    browser.post(path("take_back_note", note))
    for html in (page_of(editors_browser, claim), editors_browser.get(MINE).text):
        assert "the log of" not in html
    html = page_of(editors_browser, claim)
    assert "Taken back on" in section(html)
    assert "Ada took back a note." in html
    assert waits(editors_browser) is None
    assert "You alone still read what it said:" in section(page_of(browser, claim))
    assert "the log of June." in section(page_of(browser, claim))


def test_only_its_author_finds_the_buttons(browser, editors_browser, reviewer, claim):
    note = write_note(claim.pk, "The log.", by=reviewer)
    assert path("reword_note", note) in page_of(browser, claim)
    html = page_of(editors_browser, claim)
    for act in ("reword_note", "take_back_note"):
        assert f'action="{path(act, note)}"' not in html
        answer = editors_browser.post(path(act, note), {"text": "No log.", "wording": "1"})
        assert answer.status_code == 422
        assert "A note is its author" in answer.text
    note.refresh_from_db()
    assert (note.text, note.taken_back_at) == ("The log.", None)


def test_what_is_missing_is_said_at_the_form_and_nothing_is_lost(browser, reviewer, claim):
    long = "Which log? " * 400
    for name, thing, field, box in (
        ("write_note", claim, "note", "Not kept."),
        ("reword_note", write_note(claim.pk, "The log.", by=reviewer), "text", "Not reworded."),
    ):
        answer = browser.post(path(name, thing), {field: long, "wording": "1"})
        assert answer.status_code == 422
        assert f"{ALERT}{box} A note has 4,000 characters at most" in answer.text
        assert f">{long}</textarea>" in answer.text


def test_a_note_reworded_in_another_tab_is_shown_beside_what_was_typed(browser, reviewer, claim):
    note = write_note(claim.pk, "The log.", by=reviewer)
    reword_note(note.pk, "The log of May.", wording=1, by=reviewer)
    answer = browser.post(path("reword_note", note), {"text": "No log.", "wording": "1"})
    assert answer.status_code == 409
    assert "The log of May." in answer.text
    assert ">No log.</textarea>" in answer.text
    assert 'name="wording" value="2"' in answer.text


def test_notes_of_merged_claims_say_where_they_were_left(browser, editor):
    kept = AppearanceFactory().claim
    merged = merged_claim(kept)
    Note.objects.create(claim=merged, author=editor, text="Said twice.")
    html = section(page_of(browser, kept))
    assert "Said twice." in html
    assert path("claim", merged) in html
    on_merged = section(page_of(browser, merged))
    assert "leave notes there" in on_merged
    assert f'action="{path("write_note", merged)}"' not in on_merged


def test_the_box_has_a_key_and_names_whom_it_tells(browser, editor):
    claim = ClaimFactory(in_review=True, reviewer=editor)
    eve = person("eve")
    person("cy@desk.example", "Reviewers")
    html = section(page_of(browser, claim))
    assert re.search(r'<textarea id="note-text"[^>]* data-key="l"', html)
    assert "Ben is told in any case" in html
    assert '<li data-name="ben" data-called="Ben">Ben <span class="muted">@ben</span></li>' in html
    assert 'data-name="cy@desk' not in html
    assert 'data-name="cy"' in html
    assert f"@{eve.username}" not in html


def test_nobody_outside_reads_a_note(world, browser, reviewer):
    verdict = published()
    claim = verdict.claim
    write_note(claim.pk, "Whisper one.", by=reviewer)
    note = write_note(claim.pk, "Whisper two.", by=reviewer)
    take_back_note(note.pk, by=reviewer)
    eve = logged_in(person("eve"))
    for address in (
        path("public", claim),
        path("claimreview", claim),
        path("embed", claim),
        "/c/",
        "/c/feed.atom",
        "/c/feed.json",
        "/sitemap.xml",
    ):
        assert "Whisper" not in world.get(address).content.decode(), address
    assert eve.get(path("claim", claim)).status_code == 403
    assert eve.post(path("write_note", claim), {"note": "Me too."}).status_code == 403
    assert Note.objects.count() == 2


def test_hostile_words_stay_words(browser, editors_browser, reviewer, claim):
    hostile = '<script>alert(1)</script> @ben"><img src=x>'
    note = write_note(claim.pk, hostile, by=reviewer)
    reword_note(note.pk, f"{hostile} again", wording=1, by=reviewer)
    for html in (page_of(browser, claim), editors_browser.get(MINE).text):
        assert "<script>alert" not in html
        assert "<img src=x>" not in html
        assert escape("<script>alert(1)</script>") in html


@pytest.mark.parametrize("many", [1, 6])
def test_many_notes_ask_no_more_questions_than_one(
    many, editors_browser, reviewer, claim, django_assert_num_queries
):
    for number in range(many):
        note = write_note(claim.pk, f"@ben: log {number}.", by=reviewer)
        reword_note(note.pk, f"@ben: log {number}, again.", wording=1, by=reviewer)
    with django_assert_num_queries(20):
        assert page_of(editors_browser, claim).count("for you to read") == many
    with django_assert_num_queries(14):
        assert editors_browser.get(MINE).text.count("Mark as read") == many
