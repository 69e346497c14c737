import zlib

import numpy as np
import pytest

from claims.splitting import features, worthiness
from claims.splitting.language import parsed

_NOWHERE = features.setting(quoted=0, said=False, speaker=False, direct=False, named=False)


def _worth(text):
    return worthiness.check_worthiness(next(parsed([text]))[:], _NOWHERE)


def test_the_stored_coefficients_fit_the_features():
    weights = worthiness._weights()

    assert {name: len(np.atleast_1d(values)) for name, values in weights.items()} == {
        "bias": 1,
        "signs": len(features.NAMES),
        "meaning": 96,
        "setting": len(features.SETTING),
        "grams": features.GRAM_BUCKETS,
        "letters": features.LETTER_BUCKETS,
    }


@pytest.mark.parametrize(
    ("checkable", "talk"),
    [
        (
            "Unemployment fell from 9.1 percent in 2010 to 4.7 percent in 2016.",
            "I hope we can all come together and have a good evening.",
        ),
        ("The court ruled on Monday that the ban was illegal.", "We must do better than this."),
        ("Anna Berg resigned as mayor of Tarn in May 2019.", "Thank you so much for coming."),
    ],
)
def test_facts_are_worth_more_than_talk(checkable, talk):
    assert _worth(checkable) > worthiness.DESK_THRESHOLD > _worth(talk)


def test_hashing_is_the_same_in_every_process():
    sentence = next(parsed(["Two ferries sank."]))[:]

    # Python's own hash() differs from process to process.
    assert zlib.crc32(b"w ferry") % features.GRAM_BUCKETS in features.grams(sentence)


def test_reasons_are_words_a_reader_understands():
    sentence = next(parsed(["Anna Berg paid 40 percent more in May."]))[:]

    assert set(worthiness.reasons(sentence, attributed=False, direct=False)) >= {
        "number",
        "date",
        "comparison",
    }
    assert "quotation" in worthiness.reasons(sentence, attributed=True, direct=True)
