"""Vectors are made behind the scenes; a newer encoder takes over when it has read everything."""

import hashlib
import os
import signal
import subprocess
import sys
import time
from datetime import timedelta

import numpy as np
import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.models import Q
from django.utils import timezone
from pgvector.django import HalfVectorField, HnswIndex

from claims.models import ClaimEntry
from factcheck.locks import Lock, alone
from factcheck.models import Event
from sources import indexing, registry, tasks
from sources.actions import cite_passages, read_snapshots
from sources.indexing import begin_encoding, embed_waiting
from sources.library import Library
from sources.models import (
    Access,
    Collection,
    Encoding,
    EncodingState,
    Lexeme,
    MiniLMEmbedding,
    Passage,
    PassageEmbedding,
    PriorCheck,
    Unembedded,
)
from sources.passages import Span
from sources.ports import Query
from sources.ranking import configuration
from sources.storing import Document, store_documents

pytestmark = pytest.mark.django_db

FERRY = "The ferry to Inverhallow sank in the storm on 3 March and nobody was hurt."
BREAD = "Rye bread is baked in the north with honey and caraway."


class Tiny:
    """An encoder that sees nothing but which letters a text begins with."""

    name = "tiny/1"
    dimensions = 4

    def encode(self, texts):
        rows = [np.frombuffer(hashlib.sha256(t[:3].encode()).digest()[:4], "u1") for t in texts]
        vectors = np.array(rows, dtype=np.float32).reshape(len(rows), 4) + 1
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@pytest.fixture(scope="module")
def tiny_table(django_db_setup, django_db_blocker):
    """The table of an encoder that only these tests have, for as long as they run."""

    class TinyEmbedding(PassageEmbedding):
        encoder = Tiny.name
        vector = HalfVectorField(dimensions=4)

        class Meta:
            app_label = "sources"

    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        editor.create_model(TinyEmbedding)
    yield TinyEmbedding
    with django_db_blocker.unblock(), connection.schema_editor() as editor:
        editor.delete_model(TinyEmbedding)
    # Django deletes from every table that refers to a passage: this one is no more.
    del apps.all_models["sources"]["tinyembedding"]
    apps.clear_cache()


@pytest.fixture
def newer_encoder(monkeypatch, tiny_table):
    """The product comes with another encoder, from the next round on."""
    tasks.embed()  # the one there was answers
    monkeypatch.setitem(registry.ENCODERS, Tiny.name, Tiny)
    yield tiny_table
    registry._encoder.cache_clear()


def stored(*texts: str, **about) -> list[Passage]:
    documents = [Document(title=t[:20], text=t, outlet="The Gazette", **about) for t in texts]
    snapshots = store_documents(documents)
    read_snapshots(snapshots)
    return list(Passage.objects.filter(snapshot__in=snapshots).order_by("pk"))


def waiting(encoder: str = MiniLMEmbedding.encoder) -> int:
    return Unembedded.objects.filter(encoding__encoder=encoder).count()


def states() -> dict[str, str]:
    return dict(Encoding.objects.values_list("encoder", "state"))


@pytest.mark.parametrize("name", registry.ENCODERS)
def test_every_encoder_of_the_product_has_a_table_and_indexes(name):
    assert indexing.embeddings_of(name) is not None
    for model in (ClaimEntry, PriorCheck):
        indexes = [index for index in model._meta.indexes if isinstance(index, HnswIndex)]
        assert Q(encoder=name) in [index.condition for index in indexes]


def test_a_passage_without_a_vector_is_found_by_its_words():
    stored(FERRY, BREAD)

    (first,) = Library(registry.encoder()).search(Query("A ferry sank off Inverhallow."), 5)

    assert first.text == FERRY
    assert first.ranks == {"lexical": 1}


def test_the_first_round_embeds_everything_that_is_there():
    stored(FERRY, BREAD)
    assert not MiniLMEmbedding.objects.exists()

    tasks.embed()

    assert MiniLMEmbedding.objects.count() == 2
    assert waiting() == 0
    assert states() == {MiniLMEmbedding.encoder: "answering"}
    assert Event.objects.latest("position").verb == "encoding.began"


def test_what_comes_later_waits_for_the_next_round():
    tasks.embed()
    stored(FERRY)
    assert waiting() == 1

    tasks.embed()

    assert waiting() == 0
    found = Library(registry.encoder()).search(Query("A vessel went down in a gale."), 5)
    assert [item.ranks for item in found] == [{"vector": 1}]


def test_a_private_document_gets_no_vector():
    (snapshot,) = store_documents(
        [Document(title="Memo", text=FERRY, outlet="Us", access=Access.PRIVATE)],
        read_at=timezone.now(),
    )
    cite_passages(snapshot, [Span(0, 9)])

    tasks.embed()

    assert Passage.objects.count() == 1
    assert not MiniLMEmbedding.objects.exists()
    assert waiting() == 0


def test_a_round_ends_when_its_time_is_over_and_the_next_goes_on(monkeypatch):
    tasks.embed()
    stored(*(f"{number} boats left the harbour." for number in range(5)))
    monkeypatch.setattr(tasks, "EMBEDDED_TOGETHER", 2)
    monkeypatch.setattr(tasks, "EMBED_SECONDS", 0.0)
    tasks.embed()
    assert waiting() == 5
    monkeypatch.setattr(tasks, "EMBED_SECONDS", 60.0)

    tasks.embed()

    assert waiting() == 0
    assert MiniLMEmbedding.objects.count() == 5


def test_of_two_who_embed_the_same_passages_one_writes():
    tasks.embed()
    passages = stored(FERRY, BREAD)
    encoding, encoder = Encoding.objects.get(), registry.encoder()
    slow = embed_waiting(encoding, encoder, limit=1)

    assert next(slow) == 1  # and has begun to read the other one
    assert list(embed_waiting(encoding, encoder, limit=10)) == [1]
    assert list(slow) == [1]
    assert {made.passage_id for made in MiniLMEmbedding.objects.all()} == {p.pk for p in passages}


def test_while_a_newer_encoder_reads_the_older_one_answers(newer_encoder, monkeypatch):
    stored(FERRY, BREAD)
    monkeypatch.setattr(tasks, "EMBED_SECONDS", 0.0)

    tasks.embed()  # begins, and has no time to read

    assert states() == {MiniLMEmbedding.encoder: "answering", "tiny/1": "filling"}
    assert (waiting(), waiting("tiny/1")) == (2, 2)
    assert registry.encoder().name == MiniLMEmbedding.encoder
    stored("Later words.")
    assert (waiting(), waiting("tiny/1")) == (3, 3)


def test_the_newer_encoder_answers_once_it_has_read_everything(newer_encoder):
    stored(FERRY, BREAD)

    tasks.embed()

    assert states() == {MiniLMEmbedding.encoder: "retired", "tiny/1": "answering"}
    assert registry.encoder().name == "tiny/1"
    assert newer_encoder.objects.count() == 2
    assert Event.objects.latest("position").verb == "encoding.switched"
    found = Library(registry.encoder()).search(Query("Rye is not mentioned."), 1)
    assert found[0].text == BREAD
    assert found[0].ranks["vector"] == 1
    stored("Later words.")
    assert (waiting(), waiting("tiny/1")) == (0, 1)


@pytest.mark.django_db(transaction=True)
def test_the_vectors_of_the_older_encoder_go_when_no_search_reads_them_any_more(newer_encoder):
    stored(FERRY)
    tasks.embed()
    assert MiniLMEmbedding.objects.exists()
    late = timezone.now() - indexing.KEPT_AFTER_RETIREMENT - timedelta(seconds=1)
    Encoding.objects.filter(state=EncodingState.RETIRED).update(retired_at=late)

    tasks.embed()

    assert not MiniLMEmbedding.objects.exists()
    assert states() == {MiniLMEmbedding.encoder: "retired", "tiny/1": "answering"}


def test_an_encoding_with_passages_waiting_does_not_answer(newer_encoder, monkeypatch):
    stored(FERRY)
    monkeypatch.setattr(tasks, "EMBED_SECONDS", 0.0)
    tasks.embed()
    encoding = Encoding.objects.get(encoder="tiny/1")

    assert not indexing.switch_encoding(encoding, by="embedder")
    assert encoding.waiting.exists()


def test_an_encoder_that_was_begun_again_keeps_what_it_has_made():
    stored(FERRY)
    tasks.embed()
    Encoding.objects.all().delete()
    stored(BREAD)

    begin_encoding(MiniLMEmbedding.encoder, by="embedder")

    assert waiting() == 1


def test_one_answers_and_one_is_filled():
    Encoding.objects.create(encoder="a", state=EncodingState.ANSWERING)
    Encoding.objects.create(encoder="b", state=EncodingState.FILLING)
    for state in (EncodingState.ANSWERING, EncodingState.FILLING):
        with (
            pytest.raises(IntegrityError, match="encoding_one_answers_and_one_fills"),
            transaction.atomic(),
        ):
            Encoding.objects.create(encoder="c", state=state)


@pytest.mark.django_db(transaction=True)
def test_a_killed_process_leaves_its_passages_waiting_and_its_lock_free():
    tasks.embed()
    stored(*(f"{number} boats left the harbour." for number in range(40)))
    code = """
import time
import django
django.setup()
from sources import registry, tasks
class Slow:
    name, dimensions = registry.newest_encoder().name, 384
    def encode(self, texts):
        made = registry.newest_encoder().encode(texts)
        print(len(texts), flush=True)
        time.sleep(0.0 if Slow.first else 60)
        Slow.first = False
        return made
    first = True
slow = Slow()
registry.encoder_named = lambda name: slow
tasks.EMBEDDED_TOGETHER = 10
tasks.embed()
"""
    name = connection.settings_dict["NAME"]
    address = os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{name}"
    with subprocess.Popen(
        [sys.executable, "-c", code],
        env=os.environ | {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "factcheck.settings"},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout.readline() == process.stdout.readline() == "10\n"
        with alone(Lock.EMBED) as mine:
            assert not mine
        for _ in range(100):  # the first ones are written while the second are read
            if waiting() == 30:
                break
            time.sleep(0.1)
        process.send_signal(signal.SIGKILL)
    assert waiting() == 30

    for _ in range(50):  # until PostgreSQL has noticed
        tasks.embed()
        if not waiting():
            break
        time.sleep(0.1)

    assert MiniLMEmbedding.objects.count() == 40


def test_words_are_counted_down_when_passages_go():
    ferry, _bread = stored(FERRY, BREAD)
    stored("Ein Boot sank im Sturm.", language="de-AT")
    sank = {("english", "sank"): 1, ("german", "sank"): 1}
    held = Lexeme.objects.filter(word="sank")
    assert {(one.language, one.word): one.passages for one in held} == sank

    ferry.delete()
    Passage.objects.filter(language="de-AT").delete()

    assert {one.passages for one in held.all()} == {0}
    sizes = {size.language: (size.passages, size.words) for size in Collection.objects.all()}
    assert sizes == {"english": (1, len(BREAD.split())), "german": (0, 0)}
    assert Library(registry.encoder()).search(Query("A boat sank."), 5) == []


def test_what_is_retracted_still_counts_as_words_and_does_not_hide_the_rest():
    ferry, again = stored(FERRY, FERRY.replace("3 March", "4 March"))
    before = Lexeme.objects.get(word="ferri").passages
    ferry.snapshot.source.retraction, ferry.snapshot.source.retracted_at = "No.", timezone.now()
    ferry.snapshot.source.save()

    found = Library(registry.encoder()).search(Query(FERRY), 5)

    assert [item.passage_id for item in found] == [again.pk]
    assert Lexeme.objects.get(word="ferri").passages == before == 2


def test_the_database_and_the_code_know_the_same_languages():
    codes = ["da", "de", "EN", "es", "fi", "fr", "hu", "it", "nl", "no", "pt-BR", "ro", "ru"]
    codes += ["sv", "tr", "xx", "", "zh-Hans"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT sources_configuration(code) FROM unnest(%s::text[]) code", [codes])
        assert [row[0] for row in cursor.fetchall()] == [configuration(code) for code in codes]


def test_the_command_says_how_far_each_encoder_is(capsys):
    tasks.embed()
    stored(FERRY, BREAD)

    call_command("show_encodings")

    said = capsys.readouterr().out
    assert MiniLMEmbedding.encoder in said
    assert "2 passages wait" in said
