import pytest

from claims.splitting.language import parsed
from claims.splitting.paragraphs import cut
from claims.splitting.sentences import sentences


def _sentences(text):
    paragraph = cut(text, 0, len(text))
    return [s.text for s in sentences([(paragraph, next(parsed([text])))])]


@pytest.mark.parametrize(
    "parts",
    [
        ["Gov. Anna Berg voted no.", "Crime fell 4.5% in 2023."],
        ["The ship left at 5 p.m. on Monday.", "It sank."],
        ["“Why now?” former Mayor Anna Berg asked.", "Nobody knew."],
        ["“The days are over,” she said.", "“You will see.”"],
        ["According to the agency: The meeting also discussed the war."],
        ["HARBOUR NOTE: Senator Anna Berg opens the new pier in Tarn."],
        ["The treaty took effect last Wednesday…", "The pact includes new rules."],
        ["The mayor thanked Sec. Anna Berg for the pier.", "Nobody lives there."],
        ["The mayor lost the poll.", "“I would bet on that,” she said.", "Nobody lives there."],
        ["US President Donald Trump announced on December 19 his plans to withdraw US troops."],
        ["The swap led to the release of Army Pvt. Bo Berg in May.", "Nobody lives there."],
        ["The island [North Tarn] was sold in 1990.", "Nobody lives there."],
        ["The scheme in the hon. Member's constituency ended in May.", "MS. BERG said so."],
    ],
)
def test_a_sentence_ends_where_print_says_so(parts):
    assert _sentences(" ".join(parts)) == parts


def test_a_quotation_begins_a_sentence_where_print_lost_the_blank():
    assert _sentences("She told the U.N.“They are 40 youths.” It ended.“I won,” Ann Lee said.") == [
        "She told the U.N.",
        "“They are 40 youths.”",
        "It ended.",
        "“I won,” Ann Lee said.",
    ]
