"""Who says a claim, and of what kind it is, as people correct it."""

import pytest

from claims.actions.attributing import Voice, attribute_claim
from claims.actions.correcting import begin_correction
from claims.actions.refusals import HeldByAnother, Overtaken, Refused
from claims.actions.review import restore_claim, take_claim
from claims.actions.verdicts import propose_verdict
from claims.kinds import Kind
from claims.models import Attribution, Claim, PartyKind, Relation, Search
from claims.states import IllegalMove, VerdictState
from factcheck.models import Event
from tests.factories import (
    AppearanceFactory,
    ArticleVersionFactory,
    AttributionFactory,
    ClaimFactory,
    EvidenceFactory,
    PartyFactory,
    SearchFactory,
    UserFactory,
)
from tests.stories import CORRECTION, claim_with_evidence, merged_claim, split_in_two, verdict_in

pytestmark = pytest.mark.django_db

OFFICIALS = Voice("officials", PartyKind.UNNAMED)


@pytest.fixture
def claim():
    """A claim that the splitter put into the mouth of its own go-between."""
    helen = PartyFactory(name="Helen Oduya", kind=PartyKind.UNKNOWN)
    version = ArticleVersionFactory(split=True)
    claim = ClaimFactory(article=version.article, claimant=helen, kind=Kind.EVENT)
    AttributionFactory(
        appearance=AppearanceFactory(version=version, claim=claim),
        party=helen,
        verb="said",
        hedged=True,
        via="Helen Oduya",
    )
    return claim


def attribute(claim, voice, kind=None, *, by=None, attribution=1, **day):
    return attribute_claim(
        claim.pk,
        voice,
        kind or claim.kind,
        said_at=day.get("said_at", claim.said_at),
        attribution=attribution,
        by=by or claim.reviewer or UserFactory(),
    )


def said_of(claim):
    said = Attribution.objects.get(appearance__claim=claim)
    return said.party.name, said.described_as, said.via, said.direct


def test_a_person_says_who_says_it_and_what_the_splitter_read_is_kept(claim):
    ada = UserFactory()
    attribute(
        claim, Voice(" Tom\nReid ", PartyKind.PERSON, "harbour master", "", direct=True), by=ada
    )
    claim.refresh_from_db()
    assert (claim.claimant.name, claim.attribution, claim.attributed_by) == ("Tom Reid", 2, ada)
    assert said_of(claim) == ("Tom Reid", "harbour master", "", True)
    was = claim.earlier_attributions.get()
    assert (was.number, was.claimant.name, was.via, was.attributed_by) == (
        *(1, "Helen Oduya", "Helen Oduya"),
        None,
    )


def test_the_event_says_what_changed_and_holds_no_prose(claim):
    attribute(claim, OFFICIALS, Kind.QUANTITY)
    event = Event.objects.get(verb="claim.attributed")
    assert event.data == {
        "attribution": 2,
        "changed": ["claimant", "via", "kind"],
        "claimant": [str(claim.claimant.public_id), str(Claim.objects.get().claimant.public_id)],
        "kind": ["event", "quantity"],
    }


def test_the_articles_verb_and_doubt_stay_with_the_claimant_they_are_about(claim):
    attribute(claim, Voice("helen oduya"))
    said = Attribution.objects.get()
    assert (said.verb, said.hedged, said.via) == ("said", True, "")
    attribute(claim, Voice("Tom Reid"), attribution=2)
    said = Attribution.objects.get()
    assert (said.verb, said.hedged) == ("", False)


def test_the_article_itself_has_neither_title_nor_go_between(claim):
    attribute(claim, Voice("", PartyKind.PERSON, "harbour master", "Tom Reid", direct=True))
    claim.refresh_from_db()
    assert (claim.claimant, claim.claimant_is_known) == (None, True)
    assert not Attribution.objects.exists()


def test_people_without_a_name_are_kept_apart_from_a_party_of_that_name(claim):
    PartyFactory(name="Officials", kind=PartyKind.UNKNOWN)
    attribute(claim, OFFICIALS)
    claim.refresh_from_db()
    assert claim.claimant.kind == PartyKind.UNNAMED


@pytest.mark.parametrize(
    ("voice", "message"),
    [
        (Voice("Helen Oduya", via="helen oduya"), "their own go-between"),
        (Voice("Helen Oduya", via="Helen  Oduya "), "their own go-between"),
        (Voice("H" * 201), "Name"),
        (Voice("Tom\0"), "not text"),
        (Voice("Tom", described_as="t" * 301), "Described as"),
        (Voice("Tom", via="v" * 201), "Via"),
    ],
)
def test_what_makes_no_sense_or_no_row_is_refused_in_words(claim, voice, message):
    with pytest.raises(Refused, match=message):
        attribute(claim, voice)


def test_what_relays_the_claimant_is_asked_anew_when_somebody_else_says_it(claim):
    said = {"claim": claim, "related_by": UserFactory(), "relation_reason": "It counted itself."}
    pieces = [EvidenceFactory(relation=relation, **said) for relation in Relation]
    attribute(claim, Voice("Helen Oduya", described_as="minister"))
    assert claim.evidence.filter(related_by__isnull=False).count() == 3
    attribute(claim, Voice("Tom Reid"), attribution=2)
    assert claim.evidence.get(related_by__isnull=False).relation == Relation.RELAYS_ARTICLE
    for piece, relation in zip(pieces, Relation, strict=True):
        piece.refresh_from_db()
        assert piece.relation == relation


def test_to_say_what_is_said_already_is_refused(claim):
    attribute(claim, Voice("Helen Oduya"))
    with pytest.raises(Refused, match="already"):
        attribute(claim, Voice("helen  oduya"), attribution=2)


def test_of_two_who_change_the_claimant_the_second_reads_first(claim):
    attribute(claim, OFFICIALS)
    with pytest.raises(Overtaken, match="read their change first"):
        attribute(claim, Voice("Tom Reid"))
    assert Claim.objects.get().claimant.name == "officials"


def test_only_its_holder_changes_a_claim_in_review():
    with pytest.raises(HeldByAnother):
        attribute(ClaimFactory(in_review=True), OFFICIALS, by=UserFactory())


@pytest.mark.parametrize("trait", ["closed", "dismissed"])
def test_a_claim_that_was_decided_keeps_its_claimant(trait):
    with pytest.raises(IllegalMove):
        attribute(ClaimFactory(**{trait: True}), OFFICIALS)


# The kind and the desk.
@pytest.mark.parametrize(
    ("was", "now", "desk"),
    [
        (Kind.EVENT, Kind.OPINION, False),
        (Kind.PREDICTION, Kind.EVENT, True),
        (Kind.EVENT, Kind.QUANTITY, True),
        (Kind.OPINION, Kind.PREDICTION, False),
    ],
)
def test_a_claim_is_on_the_desk_as_its_new_kind_wants(was, now, desk):
    claim = AppearanceFactory().claim
    Claim.objects.update(kind=was, desk=was not in (Kind.PREDICTION, Kind.OPINION))
    attribute(claim, Voice(), now)
    claim.refresh_from_db()
    assert (claim.kind, claim.desk) == (now, desk)
    assert claim.searches.exists() is desk


def test_what_somebody_has_in_hand_stays_on_the_desk():
    claim = ClaimFactory(in_review=True)
    attribute(claim, Voice(), Kind.OPINION)
    assert Claim.objects.get().desk


def test_what_a_person_puts_on_the_desk_loses_the_score_it_had_beside_it():
    claim = ClaimFactory(kind=Kind.IMAGE, desk=False, check_worthiness=0.0)
    ClaimFactory(article=claim.article, check_worthiness=0.99)
    attribute(claim, Voice(), Kind.QUANTITY)
    claim.refresh_from_db()
    assert (claim.check_worthiness, claim.claimant_is_known) == (None, True)
    assert Claim.objects.on_desk().first() == claim
    attribute(claim, OFFICIALS, Kind.QUANTITY, attribution=2)
    assert Claim.objects.on_desk().first() == claim


def test_a_corrected_kind_of_what_is_on_the_desk_keeps_its_score():
    claim = ClaimFactory(kind=Kind.EVENT, check_worthiness=0.4)
    attribute(claim, Voice(), Kind.QUANTITY)
    assert Claim.objects.get().check_worthiness == 0.4


# Searching.
def test_the_search_of_what_is_put_on_the_desk_says_that_its_kind_was_changed():
    claim = ClaimFactory(kind=Kind.IMAGE, desk=False)
    attribute(claim, Voice(), Kind.QUANTITY)
    assert claim.searches.get().why == Search.Why.KIND


def test_a_search_begins_when_somebody_else_says_it(claim):
    SearchFactory(claim=claim, done=True)
    attribute(claim, OFFICIALS)
    assert claim.searches.due().get().why == Search.Why.ATTRIBUTED


def test_none_begins_when_only_the_kind_is_another(claim):
    SearchFactory(claim=claim, done=True)
    attribute(claim, Voice("Helen Oduya", via="Helen Oduya's aide"), Kind.CAUSAL)
    assert not claim.searches.due().exists()


def test_a_search_that_runs_begins_again_because_it_read_the_earlier_claimant(claim):
    search = SearchFactory(claim=claim)
    lease = Search.objects.lease(search.pk)
    attribute(claim, OFFICIALS)
    assert not Search.objects.held(search.pk, lease).exists()
    assert claim.searches.due().get() == search


# Verdicts.
@pytest.mark.parametrize("state", [VerdictState.PROPOSED, VerdictState.APPROVED])
def test_what_an_approver_has_before_them_keeps_its_claimant(state):
    with pytest.raises(IllegalMove, match="with the approver"):
        attribute(verdict_in(state).claim, OFFICIALS)


def test_a_draft_is_proposed_with_the_claimant_as_corrected():
    verdict = verdict_in(VerdictState.DRAFT)
    AppearanceFactory(claim=verdict.claim, version__article=verdict.claim.article)
    attribute(verdict.claim, Voice("Tom Reid", described_as="harbour master"))
    proposed = propose_verdict(verdict.pk, by=verdict.author)
    assert (proposed.claimant, proposed.claimant_title) == ("Tom Reid", "harbour master")


def test_a_public_verdict_keeps_what_it_said_until_it_is_corrected():
    public = verdict_in(VerdictState.PUBLISHED, claim_with_evidence())
    restore_claim(public.claim_id, by=public.author)
    claim = take_claim(public.claim_id, by=public.author)
    with pytest.raises(IllegalMove, match="correct or withdraw"):
        attribute(claim, Voice("Tom Reid"))
    draft = begin_correction(public.claim_id, *CORRECTION, by=public.author)
    attribute(claim, Voice("Tom Reid"))
    public.refresh_from_db()
    assert public.claimant == ""
    assert propose_verdict(draft.pk, by=public.author).claimant == "Tom Reid"


# Kin and later versions.
def test_the_places_of_a_merged_claim_keep_who_says_it_there(claim):
    other = merged_claim(claim)
    AttributionFactory(appearance=claim.appearances.get(merged_from=other), party__name="A union")
    attribute(claim, OFFICIALS)
    names = Attribution.objects.filter(appearance__claim=claim).order_by("party__name")
    assert [said.party.name for said in names] == ["A union", "officials"]


def test_the_parts_of_a_claim_have_the_claimant_a_person_gave(claim):
    ada = UserFactory()
    attribute(claim, OFFICIALS, by=ada)
    for part in split_in_two(claim):
        assert (part.claimant.name, part.attributed_by) == ("officials", ada)
