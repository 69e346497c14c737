"""Whatever a language model answers, the article ends split in its own words."""

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from claims.splitting.llm import LIMITS, refine
from claims.splitting.questions import KINDS
from sources.llm import Account
from tests.model_server import entry
from tests.pure.refining import ARTICLE, by_rules, check_nothing_is_lost_and_nothing_invented

PIECES = st.sampled_from(
    ["Forty boats", "left Portsea harbour", "Anna Hart", "built in 1902", "two piers", "Ben Lee",
     "Nobody was hurt", "the mayor opened the new pier", "fell by 12%", "in 2023",
     "stole 500 crowns", "not", "has", "a lighthouse of stone", "because of the cold winter",
     "the coastguard said", "quotas", "\n", "\u0301", "“", "king of Lund", "false", "<b>"]
)  # fmt: skip


TOLD = st.fixed_dictionaries(
    {
        "sentence": st.integers(-1, 12),
        "quote": st.lists(PIECES, max_size=6).map(" ".join),
        "wording": st.lists(PIECES, max_size=6).map(" ".join),
        "claimant": st.one_of(st.just(""), PIECES),
        "kind": st.sampled_from([*KINDS, "opinion"]),
    }
)


ENTRIES = st.lists(st.one_of(TOLD, st.none(), st.text(max_size=5)), max_size=12)


WHOLE = st.lists(st.tuples(st.integers(0, 300), st.integers(1, 90)), max_size=8)


class Says:
    """A model that answers one thing, whatever it is asked."""

    name = "scripted"

    def __init__(self, answer):
        self.answer = answer

    def ask(self, *args, **options):
        return json.loads(json.dumps(self.answer))


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ENTRIES, WHOLE)
def test_whatever_is_answered_the_article_ends_split_in_its_own_words(entries, places):
    sentences = list(enumerate((ARTICLE[a:b] for a, b in by_rules().sentences), start=1))
    cuts = [
        entry(n, " ".join(text.split()[a % 7 : a % 7 + size % 15 + 1]))
        for a, size in places
        for n, text in [sentences[a % len(sentences)]]
    ]
    result = refine(
        ARTICLE, by_rules(), model=Says({"claims": entries + cuts}), account=Account(LIMITS)
    )
    check_nothing_is_lost_and_nothing_invented(result)
