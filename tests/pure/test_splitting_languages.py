"""Articles that are not in English: their own sentences, and no guess about any."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from claims.kinds import Kind, Placement
from claims.splitting import NothingToSplit
from claims.splitting.splitter import split_article

ARTICLES = {
    "de": [
        "Der Damm bei Lund wurde am 3. Oktober 2020 eröffnet.",
        "Dr. Müller sagte, er koste z. B. 4,2 Mio. Kronen.",
        "„Damit hat niemand gerechnet.“",
        "Die Stadt usw. zahlte nichts dafür!",
    ],
    "fr": [
        "M. Dupont a ouvert le barrage en mai.",
        "Il a coûté 4,2 millions d'euros.",
        "« C'est beaucoup trop ! » a dit Mme Martin.",
        "Voir p. ex. le rapport du conseil.",
    ],
    "es": [
        "El Sr. López abrió la presa en mayo.",
        "Costó 4,2 millones de coronas.",
        "«Es demasiado», dijo la alcaldesa.",
        "EE.UU. no pagó nada por ella.",
    ],
    "ar": ["افتُتح السد قرب لوند في مايو.", "وبلغت تكلفته 4.2 ملايين كرونة.", "لم يدفع أحد شيئا!"],
    "zh": ["大坝于五月开放，耗资四百二十万。", "“没有人想到这一点，”他说。", "城市没有付任何钱！"],
    "ja": ["ダムは五月に開かれた。", "費用は四百二十万だった。"],
    "ko": [
        "댐은 지난 5월에 개방되었다.",
        "비용은 모두 4.2백만 크로나였다.",
        "시는 아무것도 내지 않았다!",
    ],
    "uk": [
        "Дамбу біля Лунда відкрили у 2020 р. на півночі країни.",
        "Вона коштувала 4,2 млн. крон.",
        "Місто не заплатило за неї нічого!",
    ],
}
UNSPACED = {"zh", "ja"}


def joined(language):
    return ("" if language in UNSPACED else " ").join(ARTICLES[language])


@pytest.mark.parametrize("language", ARTICLES)
def test_each_sentence_is_a_claim_by_the_rules_of_its_language(language):
    text = joined(language)
    claims = split_article(text, language=language).claims
    assert [claim.quote for claim in claims] == ARTICLES[language]
    assert all(text[claim.start : claim.end] == claim.quote == claim.text for claim in claims)


@pytest.mark.parametrize("language", ARTICLES)
def test_what_only_english_rules_know_stays_unknown(language):
    for claim in split_article(joined(language), language=language).claims:
        assert claim.kind is Kind.UNKNOWN
        assert claim.check_worthiness is None
        assert claim.attribution is None
        assert claim.reasons == ()
        assert claim.desk


def test_a_language_nobody_knows_is_split_at_its_full_stops():
    claims = split_article("Zzy vorp lqat nub. Quol zzet brap wim.", language="und").claims
    assert [claim.quote for claim in claims] == ["Zzy vorp lqat nub.", "Quol zzet brap wim."]


@pytest.mark.parametrize("language", ["en", "en-GB"])
def test_english_is_split_by_the_english_rules(language):
    claim = split_article("Police said crime fell by 4.5% in 2023.", language=language).claims[0]
    assert claim.check_worthiness is not None
    assert claim.claimant == "Police"


def test_headlines_are_known_and_questions_headings_and_repetitions_are_left_out():
    text = "Damm früher offen\n\nDer Damm ist offen.\n\nDie Kosten\n\nWer zahlt das?\n\n"
    text += "Die Stadt zahlte nichts dafür.\n\nDie Stadt zahlte nichts dafür."
    found = split_article(text, title="Damm früher offen", language="de")
    assert [claim.quote for claim in found.claims] == [
        "Damm früher offen",
        "Der Damm ist offen.",
        "Die Stadt zahlte nichts dafür.",
    ]
    assert [claim.read_with(text) for claim in found.claims] == ["", "", "Wer zahlt das?"]
    assert [dropped.why for dropped in found.dropped] == [
        "heading",
        "question",
        "repeated",
    ]
    assert found.blocks[0].placement is Placement.HEADLINE


def test_a_text_without_a_statement_is_refused():
    with pytest.raises(NothingToSplit, match="no sentence"):
        split_article("Wer zahlt?\n\nKosten", language="de")


@settings(deadline=None)
@given(
    st.text("Aaé. !?«»„“”'\"¿。，大坝3\n\u0301", max_size=80),
    st.sampled_from([*ARTICLES, "th", "xx", "", "zz"]),
)
def test_offsets_are_exact_whatever_the_text(text, language):
    try:
        found = split_article(text, language=language or "und")
    except NothingToSplit:
        return
    assert all(text[claim.start : claim.end] == claim.quote for claim in found.claims)
    ends = [0, *(claim.end for claim in found.claims)]
    assert all(claim.start >= end for claim, end in zip(found.claims, ends, strict=False))


def test_a_dateline_is_no_part_of_the_first_sentence():
    text = (
        "Berlin (dpa) – Der Damm bei Lund wurde am 3. Oktober 2020 eröffnet.\nNiemand fehlte dabei."
    )
    found = split_article(text, language="de")
    assert found.claims[0].quote == "Der Damm bei Lund wurde am 3. Oktober 2020 eröffnet."
    assert [(text[d.start : d.end], d.why) for d in found.dropped] == [
        ("Berlin (dpa) – ", "dateline")
    ]
