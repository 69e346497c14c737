"""Which stretches of a passage are read: sentences of prose, records whole."""

import pytest

from sources.stance.reading import stretches


def read(claim: str, passage: str) -> list[str]:
    return [passage[start:end] for start, end in stretches(claim, passage)]


PROSE = "It rained. The bridge fell. Nobody was hurt. The mayor wept."
ENTRIES = {
    "Hounds of Love. Released: 16 September 1985. Recorded: at home. Producer: Kate Bush.",
    "Hounds of Love\n\nReleased | 16 September 1985\n\nRecorded | at home\n\nProducer | Kate Bush",
}


def test_of_prose_sentences_are_read_and_the_nearest_beside_its_neighbours():
    assert read("The bridge fell.", PROSE)[0] == "The bridge fell."
    assert "It rained. The bridge fell." in read("The bridge fell.", PROSE)


@pytest.mark.parametrize("record", sorted(ENTRIES))
def test_a_record_is_read_whole(record):
    assert read("Kate Bush produced Hounds of Love.", record) == [record]


def test_a_long_record_is_read_in_parts_of_whole_entries():
    entries = [
        f"Season {number}: {number} wins and {number} losses in all." for number in range(50)
    ]
    parts = read("They won in season 7.", " ".join(entries))
    assert len(parts) > 2
    assert " ".join(parts) == " ".join(entries)
    assert all(len(part) <= 500 for part in parts)


@pytest.mark.parametrize(
    "prose",
    [
        f"Results: {PROSE}",
        "He said: no. She said: yes. They went home. It was late. Nobody asked.",
    ],
)
def test_a_colon_here_and_there_makes_no_record(prose):
    assert read("The bridge fell.", prose) != [prose]
