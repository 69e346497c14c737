"""Claims are carried to the next version of their article once, and never to a look-alike."""

from dataclasses import dataclass, replace

import pytest

from claims.anchoring import context
from claims.carrying import Carried, Earlier, carry, unclaimed
from claims.kinds import Anchor

FIRST = "Rents rose by 4%. Taxes fell. The mayor resigned on Monday. Nobody was hurt."


@dataclass(frozen=True)
class Found:
    start: int
    end: int
    dated_text: str


def was(claim_id: int, quote: str, text: str = "", *, article: str = FIRST) -> Earlier:
    start = article.index(quote)
    prefix, suffix = context(article, start, start + len(quote))
    return Earlier(claim_id, text or quote, quote, prefix, suffix, start)


def found(article: str, quote: str, text: str = "") -> Found:
    start = article.index(quote)
    return Found(start, start + len(quote), text or quote)


def places(carried: list[Carried]) -> list[tuple[int, Anchor, int | None]]:
    return [(one.claim_id, one.anchor, one.start) for one in carried]


def test_in_the_same_text_every_claim_stands_where_it_stood():
    earlier = [was(1, "Rents rose by 4%."), was(2, "Taxes fell.")]

    assert places(carry(earlier, FIRST)) == [(1, Anchor.EXACT, 0), (2, Anchor.EXACT, 18)]


def test_a_claim_behind_new_words_is_found_where_it_stands_now():
    second = "It is winter. " + FIRST

    (carried,) = carry([was(1, "Taxes fell.")], second)

    assert carried.anchor in (Anchor.EXACT, Anchor.MOVED)
    assert second[carried.start : carried.end] == carried.quote == "Taxes fell."
    assert (carried.prefix, carried.suffix) == context(second, carried.start, carried.end)


def test_a_claim_whose_words_are_gone_is_orphaned_and_keeps_the_words_it_had():
    (carried,) = carry([was(1, "The mayor resigned on Monday.")], "Rents rose by 4%. Taxes fell.")

    assert (carried.anchor, carried.start, carried.end) == (Anchor.ORPHANED, None, None)
    assert carried.quote == "The mayor resigned on Monday."


def test_an_orphaned_claim_is_found_again_when_its_words_come_back():
    gone = Earlier(1, "Taxes fell.", "Taxes fell.", "Rents rose by 4%. ", " The mayor", None)

    assert places(carry([gone], FIRST)) == [(1, Anchor.EXACT, 18)]


def test_a_claim_that_stood_twice_is_carried_to_both_places_and_orphaned_by_neither():
    article = "Taxes fell. Rents rose by 4% in the north. Taxes fell, the mayor said."
    twice = [
        was(1, "Taxes fell.", article=article),
        was(1, "Taxes fell, the mayor said.", article=article),
    ]

    both = carry(twice, article)
    one = carry(twice, "Taxes fell. Rents rose by 4% in the north.")

    assert [carried.start for carried in both] == [0, 43]
    assert [carried.claim_id for carried in one] == [1]
    assert one[0].anchor != Anchor.ORPHANED


def test_a_claim_that_lost_all_its_places_is_orphaned_once():
    article = "Taxes fell. Rents rose by 4% in the north. Taxes fell, the mayor said."
    twice = [
        was(1, "Taxes fell.", article=article),
        was(1, "Taxes fell, the mayor said.", article=article),
    ]

    assert places(carry(twice, "It is winter in the north.")) == [(1, Anchor.ORPHANED, None)]


def test_two_claims_of_one_sentence_are_both_carried():
    both = [was(1, "Taxes fell.", "Income tax fell."), was(2, "Taxes fell.", "Fuel tax fell.")]

    assert [carried.claim_id for carried in carry(both, FIRST)] == [1, 2]


def test_what_stands_where_a_carried_claim_stands_is_not_new():
    carried = carry([was(1, "Rents rose by 4%.")], FIRST)
    now = [found(FIRST, "Rents rose by 4%."), found(FIRST, "Taxes fell.")]

    assert unclaimed(now, carried) == [now[1]]


def test_a_place_the_splitter_cut_a_little_otherwise_is_the_same_place():
    carried = carry([was(1, "The mayor resigned on Monday.")], FIRST)

    assert unclaimed([found(FIRST, "The mayor resigned on Monday")], carried) == []
    assert unclaimed([found(FIRST, "The mayor")], carried) != []


def test_of_two_claims_in_one_sentence_only_the_one_that_is_carried_is_known():
    carried = carry([was(1, "Taxes fell.", "Fuel tax fell.")], FIRST)
    income, fuel = (found(FIRST, "Taxes fell.", f"{kind} tax fell.") for kind in ("Income", "Fuel"))

    assert unclaimed([income, fuel], carried) == [income]


def test_one_carried_claim_accounts_for_one_found_claim_whatever_its_wording():
    carried = carry([was(1, "Taxes fell.", "Reworded by a person.")], FIRST)
    one, two = (found(FIRST, "Taxes fell.", f"Wording {number}.") for number in (1, 2))

    assert unclaimed([one], carried) == []
    assert len(unclaimed([one, two], carried)) == 1


def test_an_ambiguous_place_hides_only_the_same_wording_at_that_place():
    second = "Taxes fell. It rained all week in the valley. Taxes fell."
    carried = carry([was(1, "Taxes fell.")], second)
    here, there = Found(0, 11, "Taxes fell."), Found(46, 57, "Taxes fell.")
    other = Found(0, 11, "Taxes fell [in 2019].")

    assert [(one.anchor, one.start) for one in carried] == [(Anchor.AMBIGUOUS, 0)]
    assert unclaimed([here, there, other], carried) == [there, other]


EDITS = {
    "Unemployment rose to 9.4 percent in March.": (
        "Unemployment rose to 9.6 percent in March.",
        "Unemployment fell to 9.4 percent in March.",
        "Unemployment never rose to 9.4 percent in March.",
        "Unemployment rose to 9.4 percent in April.",
        "Unemployment may have risen to 9.4 percent in March.",
    ),
    "The mayor, Ann Lee, resigned over nine missing boats.": (
        "The mayor, Ann Reed, resigned over nine missing boats.",
        "The mayor, Ann Lee, resigned over ten missing boats.",
        "The mayor, Ann Lee, has not resigned over nine missing boats.",
    ),
}
REWRITINGS = {
    "Unemployment rose to 9.4 percent in March.": (
        "Unemployment rose to 9.4% in March.",
        "Overall unemployment rose to 9.4 percent in March.",
    ),
    "The mayor, Ann Lee, resigned over nine missing boats.": (
        "The mayor, Ann Lee, resigned over 9 missing boats.",
        "The mayor, Ann Lee, has resigned over nine missing boats.",
    ),
}


@pytest.mark.parametrize(
    ("before", "after"), [(old, new) for old, edits in EDITS.items() for new in edits]
)
def test_words_edited_to_say_something_else_are_another_claim(before, after):
    first, second = (f"It was a wet spring. {words} Taxes fell." for words in (before, after))
    carried = carry([was(1, before, article=first)], second, old_text=first)
    now = found(second, after)

    assert places(carried) == [(1, Anchor.ORPHANED, None)]
    assert carried[0].quote == before
    assert unclaimed([now], carried) == [now]


@pytest.mark.parametrize(
    ("before", "after"), [(old, new) for old, edits in REWRITINGS.items() for new in edits]
)
def test_words_edited_to_say_the_same_stay_the_same_claim(before, after):
    first, second = (f"It was a wet spring. {words} Taxes fell." for words in (before, after))
    carried = carry([was(1, before, article=first)], second, old_text=first)

    assert places(carried) == [(1, Anchor.MOVED, 21)]
    assert unclaimed([found(second, after)], carried) == []


def test_a_claim_whose_figure_was_changed_and_changed_back_stands_where_it_stood():
    first = "Port Bray has 31 cranes. Port Cray has 30 cranes."
    second = first.replace("31", "32")
    earlier = was(1, "Port Bray has 31 cranes.", article=first)
    (gone,) = carry([earlier], second, old_text=first)
    back = Earlier(1, gone.text, gone.quote, gone.prefix, gone.suffix, gone.start)

    assert gone.anchor is Anchor.ORPHANED
    assert places(carry([back], first, old_text=second)) == [(1, Anchor.EXACT, 0)]


def test_without_an_earlier_version_everything_is_new():
    now = [found(FIRST, "Taxes fell.")]

    assert carry([], FIRST) == []
    assert unclaimed(now, []) == now


# What people split and merged.
WHOLE = "Rents rose by 4%. Taxes fell."


def part(claim_id: int, quote: str, text: str, *, article: str = FIRST, **kin: object) -> Earlier:
    return replace(was(claim_id, quote, text, article=article), part_of=1, **kin)


def test_what_was_split_is_not_born_anew_whole_or_in_parts():
    earlier = [was(1, WHOLE), part(2, WHOLE, "Rents rose."), part(3, WHOLE, "Taxes fell.")]
    carried = carry(earlier, FIRST)

    assert unclaimed([found(FIRST, WHOLE)], carried) == []
    assert (
        unclaimed([found(FIRST, WHOLE, "Rents rose."), found(FIRST, WHOLE, "Taxes fell.")], carried)
        == []
    )


def test_parts_at_the_place_of_the_whole_hide_no_other_claim_there():
    earlier = [was(1, WHOLE), part(2, WHOLE, "Rents rose."), part(3, WHOLE, "Taxes fell.")]
    other = found(FIRST, WHOLE, "The mayor said so.")

    assert unclaimed([found(FIRST, WHOLE), other], carry(earlier, FIRST)) == [other]


def test_a_narrowed_part_stands_at_its_own_words_and_keeps_its_kin():
    second = "It is winter. " + FIRST
    carried = carry([was(1, WHOLE), part(2, "Taxes fell.", "Taxes fell.")], second)

    assert places(carried) == [(1, Anchor.MOVED, 14), (2, Anchor.EXACT, 32)]
    assert [one.part_of for one in carried] == [None, 1]


def test_a_place_that_merging_brought_hides_no_other_claim_there():
    taxes = was(2, "Taxes fell.")
    brought = replace(was(1, "Taxes fell.", "Rents rose by 4%."), merged_from=2)
    other = found(FIRST, "Taxes fell.", "The county takes less.")
    carried = carry([was(1, "Rents rose by 4%."), brought, taxes], FIRST)

    assert unclaimed([found(FIRST, "Taxes fell."), other], carried) == [other]
    assert [one.merged_from for one in carried if one.start == 18] == [2, None]


def test_parts_that_were_put_back_account_for_nothing():
    earlier = [was(1, WHOLE), part(2, WHOLE, "Rents rose.", put_back=True)]
    other = found(FIRST, WHOLE, "The mayor said so.")

    assert unclaimed([found(FIRST, WHOLE), other], carry(earlier, FIRST)) == [other]
