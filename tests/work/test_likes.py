"""A new claim is set beside the older ones it is like, and never beside a stranger's secret."""

from datetime import date

import pytest

from claims import tasks
from claims.actions.matching import read_claims
from claims.actions.review import reword_claim
from claims.models import Claim, ClaimEntry, ClaimLink, Search
from sources import registry
from sources.ports import Judgement, Stance
from sources.retrieval import Gathered
from tests.encoders import OneMeaning
from tests.factories import (
    AppearanceFactory,
    ArticleFactory,
    ArticleVersionFactory,
    ClaimFactory,
    PartyFactory,
    PublisherFactory,
    SearchFactory,
    UserFactory,
)
from tests.stories import split_in_two
from tests.workers import work_off

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("word_rules")]

OLDER = "Fishing quotas in Portsea fell by 12% in 2023, the ministry of fisheries found."
NEWER = "In 2023 fishing quotas in Portsea fell by 12%, the ministry of fisheries found."
OTHER = "Rye bread is baked in the north with honey and caraway."


def claim_of(article, text=OLDER, **columns):
    return AppearanceFactory(
        version=ArticleVersionFactory(article=article, text=text, split=True),
        claim=ClaimFactory(article=article, text=text, **columns),
        quote=text,
    ).claim


def public(**columns):
    return ArticleFactory(public=True, **columns)


def searched(claim):
    SearchFactory(claim=claim)
    work_off(Search)


def links():
    return set(ClaimLink.objects.values_list("claim", "other"))


def test_a_new_claim_is_linked_to_an_older_one_and_to_nothing_else():
    older, other = claim_of(public()), claim_of(public(), OTHER)
    claim = claim_of(public(), NEWER)

    searched(claim)

    link = ClaimLink.objects.get()
    assert (link.claim, link.other) == (claim, older)
    assert link.score > 0.5
    assert link.decision == "suggested"
    assert registry.stance_model().name in link.method
    assert not ClaimLink.objects.filter(other=other).exists()


def test_what_was_said_long_after_is_another_of_its_kind():
    told = "Fishing quotas in Portsea fell last year, and boats stayed in the harbour."
    claim_of(public(), told, said_at=date(2023, 3, 1))

    searched(claim_of(public(), "Portsea lost boats as quotas fell.", said_at=date(2023, 3, 3)))
    assert len(links()) == 1
    ClaimLink.objects.all().delete()

    searched(claim_of(public(), "Portsea lost boats as quotas fell.", said_at=date(2026, 3, 3)))
    assert {other for _, other in links()} == {Claim.objects.order_by("-pk")[1].pk}


def test_who_says_both_is_one_party_though_it_is_known_only_now_what_it_is():
    older = claim_of(public(), claimant=PartyFactory(name="The Ministry", kind="unknown"))
    for name in ("the ministry", "A union"):
        searched(claim_of(public(), NEWER, claimant=PartyFactory(name=name, kind="body")))
    of_both, of_another = ClaimLink.objects.filter(other=older).order_by("pk")
    assert of_both.score > of_another.score


def test_a_claim_whose_parts_stand_for_it_is_not_said_before():
    split_in_two(claim_of(public()))

    searched(claim_of(public(), NEWER))

    assert links() == set()


def test_words_of_one_article_are_not_said_before():
    article = public()
    claim_of(article)

    searched(claim_of(article, NEWER))

    assert links() == set()


@pytest.mark.parametrize("new_is_public", [True, False])
def test_a_confidential_claim_of_somebody_else_is_never_suggested(new_is_public):
    claim_of(ArticleFactory())
    claim_of(ArticleFactory(owner=None, publisher=PublisherFactory()))

    searched(claim_of(public() if new_is_public else ArticleFactory(), NEWER))

    assert links() == set()


def test_a_confidential_claim_is_told_of_public_ones_and_of_its_owners():
    owner = UserFactory()
    older = claim_of(public())
    own = claim_of(ArticleFactory(owner=owner))
    claim = claim_of(ArticleFactory(owner=owner), NEWER)

    searched(claim)

    assert links() == {(claim.pk, older.pk), (claim.pk, own.pk)}


def test_a_claim_that_says_too_little_is_like_nothing():
    claim_of(public(), text="Portsea denied involvement.")
    claim = claim_of(public(), text="Portsea denied involvement.")

    searched(claim)

    assert links() == set()


def test_a_claim_that_leans_on_another_sentence_is_compared_all_the_same():
    older = claim_of(public(), text=OLDER, needs_context=True)
    claim = claim_of(public(), text=OLDER, needs_context=True)

    searched(claim)

    assert links() == {(claim.pk, older.pk)}


def test_the_older_of_two_claims_is_never_linked_to_the_newer():
    older, newer = claim_of(public()), claim_of(public(), NEWER)

    searched(newer)
    searched(older)

    assert links() == {(newer.pk, older.pk)}


def test_a_reworded_claim_is_compared_anew_and_what_a_person_decided_stays():
    older, second = claim_of(public()), claim_of(public(), NEWER)
    claim = claim_of(public(), NEWER)
    searched(claim)
    person = UserFactory()
    link = ClaimLink.objects.get(claim=claim, other=second)
    ClaimLink.objects.filter(pk=link.pk).update(
        decision="confirmed", confirmed_as="same", decided_by=person
    )

    reword_claim(claim.pk, OTHER, wording=1, by=person)
    work_off(Search)

    assert links() == {(claim.pk, second.pk)}
    link.refresh_from_db()
    assert (link.decision, link.confirmed_as) == ("confirmed", "same")
    entry = ClaimEntry.objects.get(claim=claim)
    assert entry.wording == 2
    assert "caraway" in entry.search
    assert older.pk != second.pk


def test_a_claim_beside_the_desk_is_searched_for_and_compared_with_nothing():
    claim_of(public())
    claim = claim_of(public(), NEWER, desk=False)

    searched(claim)

    search = Search.objects.get()
    assert (search.failures, search.finished_at is None) == (0, False)
    assert links() == set()


def test_a_claim_that_is_reworded_beside_the_desk_is_not_compared_by_its_old_words():
    claim_of(public())
    claim = claim_of(public(), NEWER)
    read_claims(registry.encoder())
    Claim.objects.filter(pk=claim.pk).update(desk=False)

    reword_claim(claim.pk, OTHER, wording=1, by=UserFactory())
    work_off(Search)

    assert links() == set()


def read_by(encoder):
    return set(ClaimEntry.objects.filter(encoder=encoder.name).values_list("claim", flat=True))


def test_claims_are_read_once_and_again_by_another_encoder():
    claim_of(public())
    claim_of(public(), OTHER, desk=False)
    encoder = registry.encoder()
    assert (read_claims(encoder), read_claims(encoder)) == (1, 0)
    assert (read_claims(OneMeaning()), read_claims(OneMeaning())) == (1, 0)


def test_a_search_reads_its_claim_and_the_older_ones_nobody_has_read(monkeypatch):
    read_long_ago = claim_of(public())
    read_claims(registry.encoder())
    new, claim, later = claim_of(public()), claim_of(public(), NEWER), claim_of(public())
    monkeypatch.setattr(registry, "encoder", OneMeaning)

    searched(claim)

    assert read_by(OneMeaning()) == {new.pk, claim.pk}
    assert links() == {(claim.pk, new.pk)}
    tasks.read_entries()
    assert read_by(OneMeaning()) == {read_long_ago.pk, new.pk, claim.pk, later.pk}


def test_what_is_read_while_its_claim_is_reworded_is_not_kept():
    claim = claim_of(public())

    class Slow(OneMeaning):
        def encode(self, texts):
            reword_claim(claim.pk, OTHER, wording=1, by=UserFactory())
            return super().encode(texts)

    read_claims(Slow())
    entry = ClaimEntry.objects.get(claim=claim)
    assert (entry.wording, entry.encoder, entry.vector) == (2, "", None)
    assert "caraway" in entry.search


def test_a_provider_that_is_back_is_asked_about_passages_alone():
    claim_of(public())
    claim = claim_of(public(), NEWER)
    SearchFactory(claim=claim, only="library")

    work_off(Search)

    assert links() == set()


@pytest.mark.parametrize(("sure", "relation"), [(True, "stronger"), (False, "related")])
def test_a_model_that_reads_both_ways_and_is_sure_says_what_the_claim_is(
    monkeypatch, sure, relation
):
    class Reads:
        """Finds that what speaks of the ministry says more."""

        name = "reads/1"

        def judge(self, claim, passages):
            return [
                Judgement(Stance.SUPPORTS, 0.9, shown=sure)
                if "ministry" in text or "ministry" not in claim
                else Judgement(Stance.NEUTRAL, 0.9, shown=False)
                for text in passages
            ]

    monkeypatch.setattr(registry, "stance_model", Reads)
    monkeypatch.setattr(
        tasks, "gather", lambda told, query, **_: Gathered((), (), 0, (told.text,), "reads/1")
    )
    older = claim_of(public(), "Fishing quotas in Portsea fell by 12% in 2023.")
    claim = claim_of(public(), NEWER)

    searched(claim)

    assert ClaimLink.objects.get(claim=claim, other=older).relation == relation
    assert Claim.objects.count() == 2
