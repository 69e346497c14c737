"""Rest, pace and kept answers, shared by all workers through the database."""

from datetime import date

import pytest
from django.db import connections

from sources import health
from sources.guarded import Guarded, Requests
from sources.models import OutsideProvider, ProviderAnswer, ProviderHour
from sources.ports import Checked, Found, NotAsked, ProviderDown, Query
from sources.warc import opened
from sources.web import Fetcher
from tests.at_once import at_once
from tests.loopback import PUBLIC, page, serving

pytestmark = pytest.mark.django_db
QUERY = Query("The Lund dam cost 4.2 million crowns.", said_at=date(2020, 5, 21))
FOUND = Found(
    "https://a.example/",
    "Dam",
    "The Lund dam cost 4.2 million.",
    outlet="A",
    published_at=date(2020, 6, 1),
    document="The Lund dam cost 4.2 million. It is high.",
    check=Checked("The dam cost 4.2 million", "False", "The mayor", date(2020, 5, 20)),
)


class Known:
    """A provider that knows these, or is down."""

    outside, every = True, 0.0

    def __init__(self, *found, down=None, name="known"):
        self.name = name
        self.found = list(found)
        self.down = down
        self.asked = 0

    def questions(self, query):
        return (query.text,) if query.text else ()

    def search(self, query, limit):
        self.asked += 1
        if self.down:
            raise self.down
        return self.found


def guarded(known, fetcher=None, deadline=float("inf")):
    return Guarded(known, Requests(known.name), lambda: fetcher, deadline=deadline)


def ask(known, query=QUERY, **options):
    return guarded(known, **options).search(query, 20)


def row(name="known"):
    return OutsideProvider.objects.get(name=name)


def let_time_pass(**columns):
    OutsideProvider.objects.update(
        **dict.fromkeys(columns or ["rests_until"], "2020-06-24T00:00:00Z")
    )


def fail(known, times, **query):
    for number in range(times):
        with pytest.raises(ProviderDown):
            ask(known, Query(f"The dam {number} of {times}"))


# Kept answers.
def test_the_same_is_asked_once_and_answered_twice_alike():
    known = Known(FOUND, Found("https://b.example/", "B", "Other words.", document="Other words."))
    assert ask(known) == ask(known) == known.found
    assert known.asked == 1


def test_another_language_day_or_claim_is_asked_anew():
    known = Known(FOUND)
    for query in (
        QUERY,
        Query(QUERY.text),
        Query(QUERY.text, QUERY.said_at, "sv"),
        Query("Boats."),
    ):
        ask(known, query)
    assert known.asked == 4


def test_an_empty_answer_is_kept_too_and_one_that_failed_is_not():
    known = Known()
    assert ask(known) == ask(known) == []
    assert known.asked == 1
    down = Known(down=ProviderDown("down: gone"), name="down")
    for _ in range(2):
        with pytest.raises(ProviderDown):
            ask(down)
    assert down.asked == 2


def test_an_answer_is_kept_for_a_day_and_then_forgotten():
    known = Known(FOUND)
    ask(known)
    ProviderAnswer.objects.update(expires_at="2020-06-24T00:00:00Z")
    ProviderHour.objects.update(began_at="2020-06-24T00:00:00Z")
    ask(known)
    assert known.asked == 2
    ProviderAnswer.objects.update(expires_at="2020-06-24T00:00:00Z")
    health.forget()
    assert not ProviderAnswer.objects.exists()
    assert ProviderHour.objects.count() == 1


def test_the_question_itself_is_not_kept():
    ask(Known(Found("https://b.example/", "B", "Words.")))
    kept = str(ProviderAnswer.objects.values().get())
    assert "Lund" not in kept
    assert "crowns" not in kept


def test_a_claim_that_nothing_can_be_asked_about_is_not_asked_about():
    known = Known(FOUND)
    assert ask(known, Query("")) == []
    assert known.asked == 0
    assert not OutsideProvider.objects.exists()


# Rest.
def test_a_provider_that_fails_again_and_again_is_spared():
    known = Known(down=ProviderDown("known: ReadTimeout"))
    fail(known, health.OPENS_AFTER)
    with pytest.raises(NotAsked) as spared:
        ask(known)
    assert known.asked == health.OPENS_AFTER
    assert "ReadTimeout" in str(spared.value)
    assert 0 < spared.value.again_in <= health.REST


def test_one_worker_tries_it_after_its_rest_and_the_others_wait_for_what_it_finds():
    known = Known(down=ProviderDown("known: ReadTimeout"))
    fail(known, health.OPENS_AFTER)
    let_time_pass()
    health.admit("known")
    with pytest.raises(NotAsked) as spared:
        health.admit("known")
    assert spared.value.again_in <= health.PROBE
    let_time_pass()  # the worker that tried died
    health.admit("known")


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_that_come_at_once_one_tries_it():
    fail(Known(down=ProviderDown("known: ReadTimeout")), health.OPENS_AFTER)
    let_time_pass()

    def come():
        try:
            health.admit("known")
        except NotAsked:
            return False
        finally:
            connections.close_all()
        return True

    assert sorted(at_once(*[come] * 6)) == [False] * 5 + [True]


def test_an_answer_ends_the_rest_and_another_failure_doubles_it():
    known = Known(down=ProviderDown("known: ReadTimeout"))
    fail(known, health.OPENS_AFTER)
    rests = []
    for number in range(4):
        let_time_pass()
        with pytest.raises(ProviderDown) as down:
            ask(known, Query(f"again {number}"))
        rests.append(round(down.value.again_in))
    assert rests == [120, 240, 480, 960]
    OutsideProvider.objects.update(failures=30_000)
    let_time_pass()
    with pytest.raises(ProviderDown) as down:
        ask(known, Query("again"))
    assert down.value.again_in == pytest.approx(health.LONGEST_REST, abs=1)
    let_time_pass()
    known.down = None
    ask(known)
    assert (row().failures, row().rests_until) == (0, None)
    assert row().last_error  # what was wrong last stays known


def test_a_provider_that_asks_to_be_left_alone_is_at_once():
    known = Known(down=ProviderDown("known: status 429", again_in=3000))
    with pytest.raises(ProviderDown) as down:
        ask(known)
    assert 2990 < down.value.again_in <= 3000
    with pytest.raises(NotAsked):
        ask(known)
    assert known.asked == 1


def test_kept_answers_are_given_while_the_provider_rests():
    known = Known(FOUND)
    ask(known)
    known.down = ProviderDown("known: ReadTimeout")
    fail(known, health.OPENS_AFTER)
    assert ask(known) == [FOUND]


def test_one_that_is_switched_off_is_asked_nothing():
    known = Known(FOUND)
    ask(known)
    OutsideProvider.objects.update(off=True)
    with pytest.raises(NotAsked):
        ask(known)
    assert known.asked == 1


def test_when_the_time_of_a_search_is_over_nothing_more_is_asked():
    known = Known(FOUND)
    with pytest.raises(NotAsked) as spared:
        ask(known, deadline=0.0)
    assert known.asked == 0
    assert spared.value.again_in < 5


# Pace.
def test_requests_of_all_workers_are_kept_apart():
    health.admit("known")
    waits = [health.turn("known", 2.0) for _ in range(4)]
    assert [round(wait) for wait in waits] == [0, 2, 4, 6]
    with pytest.raises(NotAsked) as busy:
        health.turn("known", 2.0)
    assert busy.value.again_in > health.WORTH_WAITING


def test_a_full_queue_is_no_failure():
    known = Known(down=NotAsked("known: as much is asked as its limit allows", again_in=20))
    for _ in range(health.OPENS_AFTER + 1):
        with pytest.raises(NotAsked):
            ask(known)
    assert known.asked == health.OPENS_AFTER + 1
    assert row().failures == 0


# What moderators see.
def test_each_hour_tells_how_many_were_answered_and_failed():
    known = Known(FOUND)
    ask(known)
    known.down = ProviderDown("known: status 500")
    fail(known, 2)
    hour = ProviderHour.objects.get()
    assert (hour.answered, hour.failed) == (1, 2)
    assert (row().failures, row().last_error) == (2, "known: status 500")
    assert row().answered_at < row().failed_at


# Pages that a provider only names.
def test_pages_that_are_named_are_read_from_their_own_servers():
    words = "The Lund dam cost 4.2 million crowns and opened in May."
    html = f"<html><body><article><h1>Dam</h1><p>{words}</p><p>{'It is high. ' * 40}</p>"

    with serving(lambda path: [page(html.encode())]) as backend:
        fetcher = Fetcher(resolver=lambda host, port: [PUBLIC], backend=backend)
        found = ask(Known(Found("https://gazette.example/dam", "Dam", "")), fetcher=fetcher)
    assert words in found[0].text
    assert found[0].text in found[0].document
    assert opened(found[0].original.record or b"").body == html.encode()
    assert found[0].original.content_type == "text/html"


def test_a_page_that_cannot_be_had_or_is_private_is_left_out_and_nobody_is_to_blame():
    named = [
        Found("https://gone.example/", "Gone", ""),
        Found("https://inside.example/", "Inside", ""),
    ]
    with serving(lambda path: [b"HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n"]) as backend:
        fetcher = Fetcher(
            resolver=lambda host, port: ["10.0.0.7" if "inside" in host else PUBLIC],
            backend=backend,
        )
        assert ask(Known(*named), fetcher=fetcher) == []
    assert [host for host, _ in backend.asked] == [PUBLIC]
    assert row().failures == 0
