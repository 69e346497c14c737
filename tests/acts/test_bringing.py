"""Documents people bring to a claim, and the words they choose of them."""

from dataclasses import replace
from datetime import date

import pytest
from django.test import override_settings

from claims.actions.bringing import (
    Brought,
    bring_back_document,
    bring_document,
    retry_bringing,
    set_aside_document,
    store_brought,
)
from claims.actions.choosing import choose_passages, quote_document
from claims.actions.evidence import reject_evidence
from claims.actions.refusals import HeldByAnother, Overtaken, Refused
from claims.actions.review import reword_claim
from claims.models import Bringing, Evidence
from claims.states import EvidenceState, IllegalMove
from factcheck.models import Event, LeaseLost
from sources.models import Access, MiniLMEmbedding, Passage, Snapshot, Source
from sources.ports import Stance
from sources.storing import Document, store_documents
from tests.factories import (
    ArticleFactory,
    BringingFactory,
    ClaimFactory,
    EvidenceFactory,
    PassageFactory,
    PublisherFactory,
    SnapshotFactory,
    SourceFactory,
    UserFactory,
    offer_of,
)

pytestmark = pytest.mark.django_db

LOG = Brought(file=b"Forty boats left.", file_name="log.txt", content_type="text/plain")
PAGE = Brought(url="https://port.example/log")


def public_claim(**columns):
    return ClaimFactory(article=ArticleFactory(public=True), **columns)


# Bringing.
@pytest.mark.parametrize(
    ("brought", "why"),
    [
        (Brought(), "exactly one"),
        (Brought(url="https://port.example/log", file=b"Boats."), "exactly one"),
        (Brought(file=b""), "empty"),
        (Brought(file=b"Boats.", file_name="a\0b.txt"), "not text"),
        (Brought(file=b"Boats.", outlet="x" * 201), "Outlet"),
        (replace(LOG, published_at=date(1019, 5, 4)), "4 May 1019, is before 1600"),
        (replace(LOG, published_at=date(2999, 5, 4)), "in the future"),
        (Brought(url="ftp://port.example/log"), "http"),
        (Brought(url="http://127.0.0.1/admin"), "not a public address"),
        (Brought(url="http://port.example:22/"), "Port 22"),
        (Brought(url="https://user:secret@port.example/"), "password"),
        (Brought(url="https://port.example/\0"), "control characters"),
    ],
)
def test_what_cannot_be_read_is_refused_at_once(brought, why):
    with pytest.raises(Refused, match=why):
        bring_document(public_claim().pk, brought, by=UserFactory())
    assert not Bringing.objects.exists()


@override_settings(MAX_UPLOAD_BYTES=10)
def test_a_file_that_is_too_large_is_refused():
    with pytest.raises(Refused, match="larger than 10 bytes"):
        bring_document(ClaimFactory().pk, LOG, by=UserFactory())


def test_no_address_is_fetched_for_a_confidential_article_and_a_file_is_taken():
    claim = ClaimFactory()
    with pytest.raises(Refused, match="save it, and bring the file"):
        bring_document(claim.pk, PAGE, by=UserFactory())
    assert bring_document(claim.pk, LOG, by=UserFactory()).private


def test_a_document_that_waits_is_the_one_that_was_asked_for():
    claim, ada, ben = public_claim(), UserFactory(), UserFactory()
    for brought in (PAGE, LOG):
        first = bring_document(claim.pk, brought, by=ada)
        assert bring_document(claim.pk, brought, by=ben) == first
    assert Event.objects.filter(verb="document.brought").count() == 2


@pytest.mark.parametrize("trait", ["closed", "dismissed"])
def test_nothing_is_brought_to_a_claim_that_was_decided(trait):
    with pytest.raises(IllegalMove, match="bring it back first"):
        bring_document(ClaimFactory(**{trait: True}).pk, LOG, by=UserFactory())


def test_while_somebody_has_the_claim_nobody_else_brings_anything():
    with pytest.raises(HeldByAnother):
        bring_document(ClaimFactory(in_review=True).pk, LOG, by=UserFactory())


def test_only_what_failed_is_tried_again():
    with pytest.raises(IllegalMove):
        retry_bringing(BringingFactory(ready=True).pk, by=UserFactory())
    failed = BringingFactory(failed=True)
    retry_bringing(failed.pk, by=UserFactory())
    failed.refresh_from_db()
    assert (failed.state, failed.last_error) == ("received", "")


# Freezing.
def read(bringing, text="Forty boats left Hull.", **columns):
    """What a worker does once it has read the document."""
    lease = Bringing.objects.lease(bringing.pk)
    given = {"title": "Log", "text": text, "outlet": "Port of Hull"} | columns
    if bringing.private:
        given |= {"access": Access.PRIVATE}
    else:
        given |= {"url": bringing.url}
    return store_brought(bringing, lease, Document(**given), [], wording=1, by="reader")


def test_a_late_worker_freezes_nothing():
    bringing = BringingFactory()
    late = Bringing.objects.lease(bringing.pk)
    Bringing.objects.release(bringing.pk, late)
    Bringing.objects.lease(bringing.pk)
    document = Document(title="Log", text="Forty boats.", outlet="Port")
    with pytest.raises(LeaseLost):
        store_brought(bringing, late, document, [], wording=1, by="reader")
    assert not Source.objects.exists()


def test_a_file_is_private_and_never_waits_to_get_into_the_library():
    snapshot = read(BringingFactory())
    assert snapshot.source.access == Access.PRIVATE
    assert not Snapshot.objects.unread().exists()


def test_one_owner_bringing_a_document_twice_freezes_it_once():
    ada = UserFactory()
    claims = [ClaimFactory(article=ArticleFactory(owner=ada)) for _ in range(2)]
    first, second = [read(BringingFactory(claim=claim)) for claim in claims]
    assert first == second
    assert read(BringingFactory(claim=claims[0]), text="Another log.") != first


@pytest.mark.parametrize(
    "owner",
    [dict, lambda: {"owner": None, "publisher": PublisherFactory()}],
    ids=["person", "publisher"],
)
def test_what_another_owner_brought_is_never_joined(owner):
    first = read(BringingFactory())
    second = read(BringingFactory(claim__article=ArticleFactory(**owner())))
    assert first.source != second.source
    assert first.digest == second.digest


def test_what_belongs_to_nobody_is_joined_within_its_article_alone():
    def ownerless():
        return ArticleFactory(public=True, owner=None)

    article = ownerless()
    first = read(BringingFactory(claim__article=article))
    assert read(BringingFactory(claim__article=article)) == first
    assert read(BringingFactory(claim__article=ownerless())) != first


def test_a_file_with_the_words_of_a_public_document_is_that_document():
    (library,) = store_documents(
        [
            Document(
                title="Log", text="Forty boats left Hull.", outlet="Port", url="https://a.example/"
            )
        ]
    )
    assert read(BringingFactory()) == library


def test_a_public_document_never_turns_out_to_be_somebodys_private_one():
    private = read(BringingFactory())
    (library,) = store_documents([Document(title="Log", text=private.text, outlet="Port")])
    assert library.source != private.source
    assert library.source.access == Access.OPEN


def test_an_address_brought_again_with_the_same_words_makes_no_second_snapshot():
    first = read(BringingFactory(by_url=True, url="https://port.example/log"))
    again = BringingFactory(by_url=True, url="https://port.example/log")
    assert read(again) == first
    assert read(BringingFactory(by_url=True, url=again.url), text="Fifty.").source == first.source


def test_a_blocked_outlet_is_no_source():
    source = SourceFactory(outlet__blocked=True)
    with pytest.raises(Refused, match="blocked"):
        read(BringingFactory(by_url=True, url=source.url))


# Choosing.
def choose(bringing, *stances, **columns):
    keys = [offer["passage"] for offer in bringing.offers]
    given = {"wording": 1, "by": UserFactory(), "publication": "described"} | columns
    return choose_passages(bringing.pk, dict(zip(keys, stances, strict=False)), **given)


def two_offers():
    snapshot = SnapshotFactory()
    bringing = BringingFactory(ready=True, snapshot=snapshot)
    sure = PassageFactory(snapshot=snapshot, end=23)
    offer = offer_of(sure, stance="contradicts", shown=True, confidence=0.9, rationale=[0, 9])
    bringing.offers.append(offer)
    bringing.save(update_fields=["offers"])
    return bringing


def test_chosen_passages_count_at_once_and_are_the_persons():
    bringing, ada = two_offers(), UserFactory()
    first, second = choose(bringing, Stance.SUPPORTS, Stance.SUPPORTS, by=ada)
    for piece in (first, second):
        piece.refresh_from_db()
        assert (piece.state, piece.stance) == (EvidenceState.ACCEPTED, Stance.SUPPORTS)
        assert (piece.added_by, piece.decided_by, piece.search) == (ada, ada, None)
    assert (second.machine_stance, second.confidence) == (Stance.CONTRADICTS, 0.9)
    assert (second.rationale_start, second.rationale_end) == (0, 9)
    assert Event.objects.filter(verb="evidence.chosen").count() == 1


def test_nothing_chosen_and_what_is_not_offered_are_refused():
    bringing = BringingFactory(ready=True)
    with pytest.raises(Refused, match="at least one"):
        choose(bringing)
    other = BringingFactory(ready=True)
    with pytest.raises(Refused, match="does not offer"):
        choose_passages(
            bringing.pk, {other.offers[0]["passage"]: Stance.SUPPORTS}, wording=1, by=UserFactory()
        )


def test_before_it_was_read_nothing_can_be_chosen():
    for trait in ({}, {"failed": True}):
        with pytest.raises(IllegalMove, match="not been read"):
            choose(BringingFactory(**trait), Stance.SUPPORTS)


def quote(bringing, start=0, end=23, **columns):
    given = {"wording": 1, "by": UserFactory(), "publication": "described"} | columns
    return quote_document(bringing.pk, start, end, Stance.SUPPORTS, **given)


CHOOSE = {
    "choose": lambda bringing, **columns: choose(bringing, Stance.SUPPORTS, **columns),
    "quote": quote,
}


@pytest.mark.parametrize("act", CHOOSE.values(), ids=CHOOSE)
@pytest.mark.parametrize("trait", ["closed", "dismissed"])
def test_nothing_is_chosen_for_a_claim_that_was_decided_meanwhile(act, trait):
    bringing = BringingFactory(ready=True, **{f"claim__{trait}": True})
    with pytest.raises(IllegalMove, match="bring it back first"):
        act(bringing)
    assert not Evidence.objects.exists()


@pytest.mark.parametrize("act", CHOOSE.values(), ids=CHOOSE)
def test_while_somebody_has_the_claim_nobody_else_chooses(act):
    bringing = BringingFactory(ready=True, claim__in_review=True)
    with pytest.raises(HeldByAnother):
        act(bringing)
    assert act(bringing, by=bringing.claim.reviewer)


@pytest.mark.parametrize("act", CHOOSE.values(), ids=CHOOSE)
def test_words_chosen_for_a_wording_that_was_replaced_are_read_again(act):
    bringing = two_offers()
    reword_claim(bringing.claim_id, "Forty boats left Hull.", wording=1, by=UserFactory())
    with pytest.raises(Overtaken, match="reworded"):
        act(bringing)
    (piece,) = act(bringing, wording=2)
    assert piece.wording == 2
    assert (piece.machine_stance, piece.confidence) == ("", None)


def test_two_people_choosing_the_same_are_one_piece_and_of_two_minds_are_told():
    bringing, ada = BringingFactory(ready=True), UserFactory(first_name="Ada")
    choose(bringing, Stance.SUPPORTS, by=ada)
    assert choose(bringing, Stance.SUPPORTS) == []
    with pytest.raises(Overtaken, match="Ada has set these words beside the claim: supports"):
        choose(bringing, Stance.CONTRADICTS)
    assert Evidence.objects.get().decided_by == ada
    assert Event.objects.count() == 1


def test_a_suggestion_of_the_same_words_becomes_the_chosen_piece():
    bringing = BringingFactory(ready=True)
    passage = Passage.objects.get()
    suggested = EvidenceFactory(claim=bringing.claim, passage=passage)
    reject_evidence(suggested.pk, "Another harbour.", by=UserFactory())
    ada = UserFactory()
    choose(bringing, Stance.SUPPORTS, by=ada)
    suggested.refresh_from_db()
    assert (suggested.state, suggested.decided_by) == (EvidenceState.ACCEPTED, ada)
    assert (suggested.rejection, suggested.search is None) == ("", False)


@pytest.mark.parametrize("act", CHOOSE.values(), ids=CHOOSE)
def test_a_private_document_is_never_shown_to_the_public_in_full(act):
    bringing = BringingFactory(ready=True, snapshot__source__access=Access.PRIVATE)
    with pytest.raises(Refused, match="never shown"):
        act(bringing, publication="full")
    (piece,) = act(bringing, publication="secret")
    assert piece.publication == "secret"


# Other words.
def test_other_words_are_cited_where_they_stand():
    bringing = BringingFactory(ready=True)
    (piece,) = quote(bringing, 24, 40)
    assert piece.passage.text == "Nobody was hurt."
    assert (piece.machine_stance, piece.stance) == ("", Stance.SUPPORTS)
    assert not MiniLMEmbedding.objects.exists()


def test_the_same_words_are_not_cited_twice():
    bringing = BringingFactory(ready=True)
    quote(bringing, 24, 40)
    assert quote(bringing, 24, 40) == []
    assert Passage.objects.count() == 2


@pytest.mark.parametrize(("start", "end"), [(23, 24), (99, 120)])
def test_words_are_words(start, end):
    with pytest.raises(Refused, match="Choose some words"):
        quote(BringingFactory(ready=True), start, end)


def test_a_whole_report_is_no_quotation():
    bringing = BringingFactory(ready=True, snapshot__text="Boats. " * 400)
    with pytest.raises(Refused, match="sentences that matter"):
        quote(bringing, 0, 2_001)


def test_a_document_brought_by_mistake_is_set_aside_and_brought_back():
    ready = BringingFactory(ready=True)
    (offer,) = ready.offers
    set_aside_document(ready.pk, by=UserFactory())
    with pytest.raises(IllegalMove, match="bring it back first"):
        choose_passages(ready.pk, {offer["passage"]: Stance.SUPPORTS}, wording=1, by=UserFactory())
    with pytest.raises(IllegalMove, match="set aside already"):
        set_aside_document(ready.pk, by=UserFactory())
    bring_back_document(ready.pk, by=UserFactory())
    choose_passages(ready.pk, {offer["passage"]: Stance.SUPPORTS}, wording=1, by=UserFactory())
    with pytest.raises(Refused, match="reject those first"):
        set_aside_document(ready.pk, by=UserFactory())


def test_what_could_not_be_read_is_set_aside_until_it_is_tried_again():
    failed = BringingFactory(failed=True)
    assert Bringing.objects.in_trouble().exists()
    set_aside_document(failed.pk, by=UserFactory())
    assert not Bringing.objects.in_trouble().exists()
    retry_bringing(failed.pk, by=UserFactory())
    assert Bringing.objects.get().set_aside_at is None
    with pytest.raises(IllegalMove, match="still being read"):
        set_aside_document(failed.pk, by=UserFactory())
