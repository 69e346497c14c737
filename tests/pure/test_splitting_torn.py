"""Text that breaks off anywhere, as pages cut by a script or a scanner do, is split all the same."""

import pytest

from claims.splitting import split_article

BEFORE = "The mayor resigned on Monday.\n\n"
SENTENCES = [
    "“The bridge is safe for everybody,” Ann Lee said again, plainly.",
    "However, the board said that the bridge, which was built in 1931, would close; it did not.",
    "Ann Lee, one of the largest donors, told the Herald, “We paid, and then left,” adding that "
    "she was tired.",
    "Asked why, Holm, who’ve been there, said: The harbour — the oldest in Arn — was sold and "
    "then, as before, leased.",
    "According to the ex-mayor (D-Arn), 45 percent of voters say the more they pay, the fewer "
    "they have.",
    "While the bank lost money, its rivals, saying little, earned 3 million and, in May, hired "
    "staff where others fired them.",
]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_text_that_breaks_off_is_split(sentence: str) -> None:
    words = sentence.split(" ")
    for count in range(1, len(words) + 1):
        torn = " ".join(words[:count])
        for ending in (torn, torn.rstrip(".,;:"), " ".join(words[-count:])):
            found = split_article(BEFORE + ending)
            assert found.claims[0].text == "The mayor resigned on Monday."
