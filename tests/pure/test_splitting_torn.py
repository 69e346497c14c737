"""Text that breaks off anywhere, as pages cut by a script do, is split all the same."""

import pytest

from claims.splitting.splitter import split_article

BEFORE = "The mayor resigned on Monday.\n\n"
SENTENCES = [
    "“The bridge is safe for everybody,” Ann Lee said again, plainly.",
    "However, the board said that the bridge, built in 1931, would close; it did not.",
    "Ann Lee, one of the largest donors, told the Herald, “We paid,” adding that she was tired.",
    "Asked why, Holm, who’ve been there, said: The harbour — the oldest — was sold and then let.",
    "According to the ex-mayor (D-Arn), 45 percent say the more they pay, the fewer they have.",
    "While the bank lost, its rivals, saying little, hired staff where others fired them.",
]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_text_that_breaks_off_is_split(sentence: str) -> None:
    words = sentence.split(" ")
    for count in range(1, len(words) + 1):
        torn = " ".join(words[:count])
        for ending in (torn, torn.rstrip(".,;:"), " ".join(words[-count:])):
            found = split_article(BEFORE + ending)
            assert found.claims[0].text == "The mayor resigned on Monday."
