"""The chain of events: whole under load, and broken wherever somebody tampers with it."""

import random
from functools import partial
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from claims.actions.review import release_claim, take_claim
from claims.history import SENTENCES
from factcheck.models import Event, EventChain
from tests.at_once import at_once
from tests.factories import ApiKeyFactory, ClaimFactory, UserFactory

LENGTH = 8


def record(claim, number, **data):
    verb = sorted(SENTENCES)[number % len(SENTENCES)]
    return Event.objects.record(verb, claim, by=f"test {number}", number=number, **data)


@pytest.fixture
def chain(db):
    """Events 1 to LENGTH, and the right to change them as only the database's owner can."""
    claim = ClaimFactory()
    for number in range(1, LENGTH + 1):
        record(claim, number, names=["wording", "text"])
    sql("SET LOCAL session_replication_role = replica")


def sql(statement, *parameters):
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.rowcount


def broken():
    return list(Event.objects.verify())


# What is recorded.
@pytest.mark.django_db
def test_an_event_has_the_one_who_acted():
    user, key, claim = UserFactory(first_name="Ada"), ApiKeyFactory(), ClaimFactory()
    actors = [
        Event.objects.record("claim.taken", claim, by=by).actor for by in (user, key, "sweep")
    ]
    assert actors == ["Ada", str(key), "sweep"]


@pytest.mark.django_db
@pytest.mark.parametrize("data", [{"text": "x" * 121}, {"of": {"a": 1}}, {"of": [["a"]]}])
def test_an_event_holds_no_prose(data):
    with pytest.raises(ValueError, match="not prose"):
        Event.objects.record("claim.taken", ClaimFactory(), by="test", **data)


@pytest.mark.django_db
def test_a_story_is_told_in_order_and_holds_no_other():
    claim, other = ClaimFactory(), ClaimFactory()
    for subject in (claim, other, claim):
        Event.objects.record("claim.taken", subject, by="test")
    Event.objects.record("search.asked", other, by="test", thread=claim)
    assert [event.position for event in Event.objects.about(claim.public_id)] == [1, 3, 4]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "value", [None, True, 0, -1, 0.1, 1e-7, 12345.678, "", "é🚢", [1, "a", None], 10**15]
)
def test_what_was_recorded_reads_back_to_the_same_digest(value):
    Event.objects.record("claim.taken", ClaimFactory(), by="test", value=value)
    assert broken() == []


@pytest.mark.django_db(transaction=True)
def test_acts_at_once_keep_the_chain_whole():
    claims = [ClaimFactory() for _ in range(8)]
    user = UserFactory()

    def take_and_release(claim):
        for _ in range(5):
            take_claim(claim.pk, by=user)
            release_claim(claim.pk, by=user)

    at_once(*(partial(take_and_release, claim) for claim in claims))
    positions = Event.objects.order_by("position").values_list("position", flat=True)
    assert list(positions) == list(range(1, 81))
    assert broken() == []


@pytest.mark.django_db(transaction=True)
def test_an_act_rolled_back_leaves_no_gap():
    claim = ClaimFactory()
    with transaction.atomic():
        record(claim, 1)
        transaction.set_rollback(True)
    with transaction.atomic():
        assert record(claim, 2).position == 1
    assert broken() == []


@pytest.mark.django_db(transaction=True)
def test_acts_may_go_on_while_the_chain_is_read():
    claim = ClaimFactory()
    with transaction.atomic():
        record(claim, 1)
    reading = Event.objects.verify()
    end = object()
    monitor = EventChain.objects.get(pk=1)
    with transaction.atomic():
        record(claim, 2)
    assert monitor.position == 1
    assert next(reading, end) is end


# Tampering.
def test_a_chain_nobody_touched_is_whole(chain):
    assert broken() == []


@pytest.mark.parametrize(
    "change",
    [
        "verb = 'verdict.published'",
        "at = at + interval '1 microsecond'",
        "component = 'somebody else'",
        "object_type = 'verdict'",
        "object_id = uuidv7()",
        "thread = uuidv7()",
        "data = '{}'",
        "data = data || '{\"number\": 7}'",
        'data = data || \'{"names": ["text", "wording"]}\'',
        "previous = repeat('0', 64)",
        "digest = repeat('0', 64)",
    ],
)
def test_an_edit_is_found(chain, change):
    sql(f"UPDATE factcheck_event SET {change} WHERE position = 4")
    assert broken()[0].startswith("Event 4 ")


def test_a_change_of_actor_is_found(chain):
    sql(
        "UPDATE factcheck_event SET component = '', user_id = %s WHERE position = 4",
        UserFactory().pk,
    )
    assert broken() == ["Event 4 was changed after it was written."]


def test_an_edit_with_a_digest_made_anew_is_found_at_the_next(chain):
    Event.objects.filter(position=4).update(verb="verdict.published")
    forged = Event.objects.get(position=4)
    Event.objects.filter(position=4).update(digest=forged.computed_digest())
    assert broken() == ["Event 5 does not follow the one before it."]


def test_the_last_event_with_a_digest_made_anew_is_found_at_the_head(chain):
    Event.objects.filter(position=LENGTH).update(verb="verdict.published")
    forged = Event.objects.get(position=LENGTH)
    Event.objects.filter(position=LENGTH).update(digest=forged.computed_digest())
    assert broken() == [f"Event {LENGTH} is not the one the head was left at."]


@pytest.mark.parametrize(
    ("deleted", "sentence"),
    [
        ("= 1", "Events 1 to 1 are missing."),
        ("<= 3", "Events 1 to 3 are missing."),
        ("= 4", "Events 4 to 4 are missing."),
        ("BETWEEN 4 AND 6", "Events 4 to 6 are missing."),
        ("= 8", "The chain ends at event 7; its head says 8."),
        (">= 6", "The chain ends at event 5; its head says 8."),
        (">= 1", "The chain ends at event 0; its head says 8."),
    ],
)
def test_a_deletion_is_found_wherever_it_is(chain, deleted, sentence):
    sql(f"DELETE FROM factcheck_event WHERE position {deleted}")
    assert broken() == [sentence]


def test_a_gap_closed_by_renumbering_is_found(chain):
    sql("DELETE FROM factcheck_event WHERE position = 4")
    for position in range(5, LENGTH + 1):
        sql("UPDATE factcheck_event SET position = %s WHERE position = %s", position - 1, position)
    assert broken()


def test_two_events_in_each_others_place_are_found(chain):
    for old, new in ((4, 99), (5, 4), (99, 5)):
        sql("UPDATE factcheck_event SET position = %s WHERE position = %s", new, old)
    assert broken()


@pytest.mark.parametrize("position", [LENGTH + 1, LENGTH + 2])
def test_an_event_put_in_at_the_end_is_found(chain, position):
    last = Event.objects.get(position=LENGTH)
    forged = Event(
        position=position,
        at=last.at,
        verb="claim.closed",
        component="test",
        object_type="claim",
        object_id=last.object_id,
        thread=last.thread,
        data={},
        previous=last.digest,
    )
    forged.digest = forged.computed_digest()
    forged.save()
    assert f"The chain ends at event {position}; its head says {LENGTH}." in broken()


TAMPERINGS = [
    "DELETE FROM factcheck_event WHERE position IN (%(one)s, %(other)s)",
    "DELETE FROM factcheck_event WHERE position >= %(one)s",
    "DELETE FROM factcheck_event WHERE position <= %(one)s",
    "UPDATE factcheck_event SET verb = 'verdict.published' WHERE position = %(one)s",
    "UPDATE factcheck_event SET component = component || 'x' WHERE position = %(one)s",
    "UPDATE factcheck_event SET object_id = uuidv7() WHERE position = %(one)s",
    "UPDATE factcheck_event SET digest = reverse(digest) WHERE position = %(one)s",
    "UPDATE factcheck_event SET previous = md5(previous) WHERE position = %(one)s",
    "UPDATE factcheck_event SET at = at - interval '1 day' WHERE position = %(one)s",
    "UPDATE factcheck_event SET data = data - 'number' WHERE position = %(one)s",
    "UPDATE factcheck_event SET position = position + 100 WHERE position = %(one)s",
    "UPDATE factcheck_eventchain SET position = position - %(one)s",
    "UPDATE factcheck_eventchain SET digest = md5(%(one)s::text)",
    """UPDATE factcheck_event mine SET data = yours.data FROM factcheck_event yours
       WHERE mine.position = %(one)s AND yours.position = %(other)s""",
]


def rewrite(first):
    """Give each event from ``first`` on, and the head, the digests they should have had."""
    previous = Event.objects.filter(position=first - 1).values_list("digest", flat=True).first()
    position, digest = first - 1, previous or "0" * 64
    for event in Event.objects.filter(position__gte=first).order_by("position"):
        event.previous = digest
        position, digest = event.position, event.computed_digest()
        values = {"previous": event.previous, "digest": digest}
        Event.objects.filter(pk=event.pk).update(**values)
    EventChain.objects.update(position=position, digest=digest)


def cut_off(one, other):
    Event.objects.filter(position__gte=one).delete()
    rewrite(one)


def edit_and_rewrite(one, other):
    Event.objects.filter(position=one).update(component="somebody else")
    rewrite(one)


def take_out_and_rewrite(one, other):
    Event.objects.filter(position=one).delete()
    for position in range(one + 1, LENGTH + 1):
        Event.objects.filter(position=position).update(position=position - 1)
    rewrite(one)


def put_in_and_rewrite(one, other):
    for position in range(LENGTH, one - 1, -1):
        Event.objects.filter(position=position).update(position=position + 1)
    forged = Event.objects.get(position=other + (other >= one))
    forged.pk, forged.position, forged.verb, forged.digest = None, one, "claim.closed", "f" * 64
    forged.save(force_insert=True)
    rewrite(one)


def swap(one, other):
    for old, new in ((one, 99), (other, one), (99, other)):
        Event.objects.filter(position=old).update(position=new)


def swap_and_rewrite(one, other):
    swap(one, other)
    rewrite(min(one, other))


CAREFUL = [cut_off, edit_and_rewrite, take_out_and_rewrite, put_in_and_rewrite, swap_and_rewrite]
"""Tamperings that leave a chain which is whole in itself: only a noted head tells."""


def test_a_thousand_tamperings_are_found(chain):
    noted = str(EventChain.objects.get())
    chance = random.Random(2026)
    by_the_chain = 0
    for _ in range(1_000):
        one, other = chance.sample(range(1, LENGTH + 1), 2)
        tampering = chance.choice([*TAMPERINGS, swap, *CAREFUL])
        with transaction.atomic(), connection.cursor() as cursor:
            if callable(tampering):
                tampering(one, other)
            else:
                cursor.execute(tampering, {"one": one, "other": other})
                assert cursor.rowcount > 0
            found = broken()
            by_the_chain += bool(found)
            assert found or Event.objects.differs_from(noted), (tampering, one, other)
            assert bool(found) != (tampering in CAREFUL), (tampering, one, other)
            transaction.set_rollback(True)
    assert broken() == []
    assert Event.objects.differs_from(noted) == ""
    assert 500 < by_the_chain < 900


def test_a_head_noted_long_ago_still_tells(chain):
    noted = str(EventChain.objects.get())
    record(ClaimFactory(), LENGTH + 1)
    assert Event.objects.differs_from(noted) == ""
    edit_and_rewrite(3, 0)
    assert broken() == []
    assert Event.objects.differs_from(noted) == (
        f"Event {LENGTH} is not the one that was noted: "
        "it, or something before it, was written anew."
    )
    cut_off(LENGTH, 0)
    assert Event.objects.differs_from(noted) == f"Event {LENGTH}, which was noted, is gone."


def test_a_history_without_events_has_a_head_too(db):
    assert Event.objects.differs_from(str(EventChain.objects.get())) == ""


# The command.
def test_the_command_says_that_the_history_is_whole(chain):
    out = StringIO()
    call_command("verify_audit", stdout=out)
    head = EventChain.objects.get()
    assert out.getvalue().splitlines() == [
        f"The history is whole: {LENGTH} events.",
        f"{LENGTH}:{head.digest}",
    ]


def test_the_command_compares_with_a_head_that_was_noted(chain):
    noted = str(EventChain.objects.get())
    out = StringIO()
    call_command("verify_audit", "--head", noted, stdout=out)
    assert "is whole" in out.getvalue()
    cut_off(5, 0)
    call_command("verify_audit", stdout=out)
    out = StringIO()
    with pytest.raises(CommandError):
        call_command("verify_audit", "--head", noted, stdout=out)
    assert out.getvalue() == f"Event {LENGTH}, which was noted, is gone.\n"


@pytest.mark.parametrize("head", ["", "7", "7:xyz", "x:" + "0" * 64, "7:" + "0" * 63])
def test_a_head_that_is_none_is_refused(chain, head):
    with pytest.raises(CommandError, match="POSITION:DIGEST"):
        call_command("verify_audit", "--head", head)


def test_the_command_says_where_it_is_broken_and_fails(chain):
    sql("DELETE FROM factcheck_event WHERE position IN (2, 8)")
    out = StringIO()
    with pytest.raises(CommandError) as failure:
        call_command("verify_audit", stdout=out)
    assert failure.value.returncode == 3
    assert out.getvalue().splitlines() == [
        "Events 2 to 2 are missing.",
        "The chain ends at event 7; its head says 8.",
    ]
