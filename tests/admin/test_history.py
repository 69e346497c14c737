"""The history as moderators read it: who did what, to whom or to what."""

from importlib import import_module

from django.db import connection

from claims.actions.replies import ask_nobody
from claims.states import VerdictState
from factcheck.admin.subjects import FOUND
from factcheck.models import Event, Reason
from factcheck.people import give_roles
from sources.models import Access, Source
from sources.moderating import (
    block_outlet,
    examine_source,
    reinstate_source,
    retract_source,
    unblock_outlet,
)
from tests.factories import ClaimFactory, OutletFactory, SourceFactory, UserFactory
from tests.stories import verdict_in
from tests.ui.conftest import person

EVENTS = "/admin/factcheck/event/"


def test_it_says_to_whom_and_to_what_it_was_done(office, moderator):
    ada = person("ada")
    source = SourceFactory(title="The harbour's log", retracted=True)
    give_roles(ada.pk, roles=["Reviewers"], by=moderator)
    block_outlet(source.outlet_id, reason="Invents.", by=moderator)
    office.post(f"/admin/sources/source/{source.pk}/act/reinstate/")
    html = office.get(EVENTS).text
    for table, row, called in (
        ("factcheck/user", ada, ada.name),
        ("sources/outlet", source.outlet, source.outlet.name),
        ("sources/source", source, "The harbour&#x27;s log"),
    ):
        assert f'<a href="/admin/{table}/{row.pk}/change/">{called}</a>' in html
    event = Event.objects.latest("position")
    assert "harbour&#x27;s log" in office.get(f"{EVENTS}{event.pk}/change/").text
    for term, verb in ((ada.name, "which roles"), (source.outlet.name, "blocked an outlet")):
        assert verb in office.get(EVENTS, {"q": term}).text
    Source.objects.update(access=Access.PRIVATE)
    assert "log</a>" not in office.get(EVENTS).text  # a private document has no name here


def test_a_request_for_an_answer_leads_to_its_claim(office):
    claim = ClaimFactory(in_review=True)
    ask_nobody(claim.pk, "He died in 1990.", by=claim.reviewer)
    shown = f'<a href="/claims/{claim.public_id}/">Request for an answer</a>'
    assert shown in office.get(EVENTS).text


def test_a_title_is_sought_among_what_was_done_and_not_in_the_library(office, moderator):
    SourceFactory.create_batch(FOUND, title="A report on boats")
    retract_source(SourceFactory(title="A report").pk, reason="Made up.", by=moderator)
    SourceFactory.create_batch(FOUND, title="A report on boats")
    assert "marked a source as retracted" in office.get(EVENTS, {"q": "report"}).text


def test_its_names_are_looked_up_together(office, django_assert_max_num_queries):
    verdict_in(VerdictState.PUBLISHED)
    for outlet in OutletFactory.create_batch(20):
        block_outlet(outlet.pk, reason="Invents.", by=UserFactory())
    with django_assert_max_num_queries(14):
        assert office.get(EVENTS).text.count("blocked an outlet") == 20


def test_the_history_is_read_in_sentences_and_filtered(office, moderator):
    source = SourceFactory(title="A report on boats")
    office.post(f"/admin/sources/source/{source.pk}/act/retract/", {"reason": "Made up."})
    block_outlet(source.outlet_id, reason="Invents.", by=UserFactory(username="nia"))
    html = office.get("/admin/factcheck/event/").text
    assert "marked a source as retracted" in html
    assert "blocked an outlet" in html
    for asked_for, shown in (
        ("?about=source", True),
        ("?about=outlet", False),
        (f"?q={source.public_id}", True),
        (f"?q={source.outlet.public_id}", False),
        ("?q=mona", True),
        ("?q=nia", False),
        ("?q=report", True),
        ("?q=1", True),
        ("?q=2", False),
        ("?by=machine", False),
    ):
        found = (
            "marked a source as retracted" in office.get(f"/admin/factcheck/event/{asked_for}").text
        )
        assert found == shown, asked_for


def test_a_rows_history_leads_to_the_one_history(office):
    source = SourceFactory()
    answer = office.get(f"/admin/sources/source/{source.pk}/history/")
    assert answer.url == f"/admin/factcheck/event/?q={source.public_id}"


def test_the_history_is_checked_on_the_page(office):
    outlets = [SourceFactory().outlet for _ in range(3)]
    for outlet in outlets:
        block_outlet(outlet.pk, reason="Invents.", by=UserFactory())
    whole = office.post("/admin/history/check/").text
    assert "The history is whole" in whole
    assert Event.objects.latest("position").digest in whole
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE factcheck_event SET verb = 'claim.taken' WHERE position = 2")
    broken = office.post("/admin/history/check/").text
    assert "The history was changed after it was written" in broken
    assert "Event 2 was changed" in broken


def test_the_newest_part_of_the_history_can_be_checked_alone(db):
    for _ in range(3):
        block_outlet(SourceFactory().outlet_id, reason="Invents.", by=UserFactory())
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE factcheck_event SET verb = 'claim.taken' WHERE position = 1")
    assert list(Event.objects.verify()) == ["Event 1 was changed after it was written."]
    assert list(Event.objects.verify(since=2)) == []
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM factcheck_reason")
        cursor.execute("DELETE FROM factcheck_event WHERE position = 2")
    assert list(Event.objects.verify(since=3)) == ["Event 3 does not follow the one before it."]
    assert list(Event.objects.verify(since=2)) == ["Events 2 to 2 are missing."]


def test_why_an_outlet_was_blocked_or_a_source_retracted_stays_when_that_is_undone(
    office, moderator
):
    source = SourceFactory()
    for why in ("Made <up>.", "Made up again."):
        retract_source(source.pk, reason=why, by=moderator)
        examine_source(source.pk, note=f"Looked at: {why}", by=moderator)
        reinstate_source(source.pk, by=moderator)
        block_outlet(source.outlet_id, reason=f"Invents. {why}", by=moderator)
        unblock_outlet(source.outlet_id, by=moderator)
    html = office.get(EVENTS).text
    for why in ("Made &lt;up&gt;.", "Made up again."):
        for words in (why, f"Looked at: {why}", f"Invents. {why}"):
            assert f">{words}</td>" in html
    blocked = Event.objects.filter(verb="outlet.blocked").earliest("position")
    assert "Invents. Made &lt;up&gt;." in office.get(f"{EVENTS}{blocked.pk}/change/").text
    assert list(Event.objects.verify()) == []


def test_reasons_given_before_they_were_kept_beside_the_acts_are_kept_there_now(moderator):
    outlet, source = OutletFactory(), SourceFactory()
    block_outlet(outlet.pk, reason="Invents.", by=moderator)
    retract_source(source.pk, reason="Made up.", by=moderator)
    Reason.objects.all().delete()
    with connection.cursor() as cursor:
        for _ in range(2):
            cursor.execute(import_module("sources.migrations.0021_reasons_of_moderators").FILL)
    told = Reason.objects.order_by("event__position").values_list("event__verb", "words")
    assert list(told) == [("outlet.blocked", "Invents."), ("source.retracted", "Made up.")]
