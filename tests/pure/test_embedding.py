"""The encoder: real weights, real vectors."""

import multiprocessing
import subprocess
import sys

import numpy as np
import pytest

from sources import bert
from sources.embedding import MiniLM

FERRY = "The night ferry to the island sank in heavy seas."
FERRY_AGAIN = "An island-bound ferry went down in a storm after dark."
BUDGET = "Parliament passed next year's budget by three votes."


@pytest.fixture(scope="module")
def encoder():
    return MiniLM()


def test_sentences_alike_in_meaning_are_closer_than_strangers(encoder):
    ferry, again, budget = encoder.encode([FERRY, FERRY_AGAIN, BUDGET])
    assert ferry @ again > 0.6
    assert ferry @ budget < 0.2


def test_each_row_has_unit_length_and_the_width_it_declares(encoder):
    vectors = encoder.encode([FERRY, BUDGET, "Rain."])
    assert vectors.shape == (3, encoder.dimensions)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_a_vector_hardly_depends_on_its_neighbours_or_its_place(encoder):
    """Only by rounding: int8 activations are scaled for a batch at a time."""
    texts = [f"{FERRY} {BUDGET} " * (number % 5 + 1) for number in range(30)]
    together = encoder.encode(texts)
    for place in (0, 7, 29):
        alone = encoder.encode([texts[place]])[0]
        assert together[place] @ alone > 0.98


def test_no_texts_make_no_rows(encoder):
    assert encoder.encode([]).shape == (0, 384)


def test_an_empty_text_has_a_vector_too(encoder):
    assert np.isfinite(encoder.encode([""])).all()


def test_what_lies_beyond_128_tokens_is_not_read(encoder):
    start = "ferry " * 200
    ours, longer = encoder.encode([start, start + BUDGET])
    np.testing.assert_allclose(ours, longer, atol=1e-5)


def test_a_text_that_spells_a_special_token_is_read_as_characters(encoder):
    separator, lowercase = encoder.encode([f"{FERRY} [SEP] {BUDGET}", f"{FERRY} [sep] {BUDGET}"])
    np.testing.assert_allclose(separator, lowercase, atol=1e-5)


def sessions_loaded_to_encode(texts):
    """How many networks this process loads to encode ``texts`` twice, and the vectors."""
    before = bert._session.cache_info().misses
    encoder = MiniLM()
    encoder.encode(texts)
    return bert._session.cache_info().misses - before, encoder.encode(texts)


def test_a_process_forked_after_the_first_use_loads_its_own_network_once(encoder):
    expected = encoder.encode([FERRY])
    with multiprocessing.get_context("fork").Pool(1) as pool:
        loaded, got = pool.apply_async(sessions_loaded_to_encode, ([FERRY],)).get(timeout=20)
    assert loaded == 1
    np.testing.assert_allclose(got, expected, atol=1e-5)


def test_building_an_encoder_loads_no_network():
    code = (
        "from sources.embedding import MiniLM\n"
        "from sources import bert\n"
        "MiniLM(); assert bert._session.cache_info().currsize == 0"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
