"""What a publisher reads of its own claims, and what it never does."""

import json
from datetime import date

import pytest
from django.db import connection
from django.urls import reverse

from claims.actions.dividing import unsplit_claim
from claims.actions.ordering import move_claim
from claims.actions.review import reword_claim
from claims.models import Evidence, Visibility
from claims.ordering import seen
from claims.scopes import Scope
from claims.states import VerdictState
from sources.ports import Stance
from tests.api.callers import caller, handed_in, ready_for_a_verdict
from tests.factories import (
    AppearanceFactory,
    ArticleFactory,
    ArticleVersionFactory,
    AttributionFactory,
    CheckLinkFactory,
    ClaimFactory,
    EvidenceFactory,
    PartyFactory,
    PassageFactory,
    PublisherFactory,
    SubmissionFactory,
    UserFactory,
)
from tests.stories import (
    claim_with_evidence,
    merged_claim,
    placed_beside,
    split_in_two,
    verdict_in,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher():
    return PublisherFactory()


def read(client, name, *args):
    answer = client.get(reverse(f"api:{name}", args=args))
    assert answer.status_code == 200, answer.text
    return answer.json()


def claims_of(handed, *scopes):
    return read(
        caller(handed.publisher, *scopes),
        "version_claims",
        handed.article.public_id,
        handed.version.number,
    )["claims"]


def evidence_of(handed, *scopes):
    (claim,) = claims_of(handed, *scopes)
    return claim["evidence"]


def test_rejected_evidence_is_never_told(publisher):
    handed = handed_in(publisher)
    EvidenceFactory(claim=handed.claim, rejected=True)
    assert evidence_of(handed) == []


def test_suggested_evidence_needs_a_scope_of_its_own(publisher):
    handed = handed_in(publisher)
    EvidenceFactory(claim=handed.claim)
    assert evidence_of(handed, Scope.CLAIMS_READ) == []
    (piece,) = evidence_of(handed, Scope.CLAIMS_READ, Scope.EVIDENCE_SUGGESTED)
    assert piece["reviewed"] is False


def test_only_confirmed_checks_by_others_are_told(publisher):
    handed = handed_in(publisher)
    CheckLinkFactory(claim=handed.claim, decision="refused")
    CheckLinkFactory(claim=handed.claim, prior__outlet__blocked=True)
    link = CheckLinkFactory(claim=handed.claim, prior__checked_at=date(2024, 5, 3))
    (claim,) = claims_of(handed)
    assert claim["checked_elsewhere"] == [link.as_published()]
    assert link.decided_by.username not in json.dumps(claim)


def test_a_machine_that_is_not_sure_takes_no_side(publisher):
    handed = handed_in(publisher)
    EvidenceFactory(claim=handed.claim, machine_stance=Stance.SUPPORTS, shown=False)
    EvidenceFactory(claim=handed.claim, machine_stance=Stance.SUPPORTS, shown=True)
    assert sorted(piece["stance"] for piece in evidence_of(handed)) == ["neutral", "supports"]


def test_a_persons_stance_comes_before_the_machines(publisher):
    handed = handed_in(publisher)
    EvidenceFactory(
        claim=handed.claim,
        accepted=True,
        stance=Stance.CONTRADICTS,
        machine_stance=Stance.SUPPORTS,
        shown=True,
        confidence=0.9,
    )
    (piece,) = evidence_of(handed, Scope.CLAIMS_READ)
    assert (piece["stance"], piece["reviewed"], piece["confidence"]) == ("contradicts", True, None)


def test_evidence_says_where_its_words_stand(publisher):
    handed = handed_in(publisher)
    passage = PassageFactory(snapshot__text="🚢 The count was 40 boats.")
    EvidenceFactory(
        claim=handed.claim, accepted=True, passage=passage, rationale_start=2, rationale_end=15
    )
    (piece,) = evidence_of(handed, Scope.CLAIMS_READ)
    source = passage.snapshot.source
    assert piece["source"] == {
        "title": source.title,
        "url": source.url,
        "outlet": source.outlet.name,
        "published_at": None,
        "kind": "article",
        "retracted": False,
        "blocked": False,
    }
    assert piece["passage"] == passage.text
    assert piece["rationale"] == {"start": 2, "end": 15, "start_utf16": 3, "end_utf16": 16}


def test_what_is_only_described_has_no_words(publisher):
    handed = handed_in(publisher)
    EvidenceFactory(
        claim=handed.claim,
        accepted=True,
        publication=Evidence.Publication.DESCRIBED,
        rationale_start=0,
        rationale_end=3,
    )
    (piece,) = evidence_of(handed)
    assert (piece["passage"], piece["rationale"]) == (None, None)
    assert piece["source"]["title"]


def test_what_is_secret_names_no_source(publisher):
    handed = handed_in(publisher)
    EvidenceFactory(
        claim=handed.claim, accepted=True, by_hand=True, publication=Evidence.Publication.SECRET
    )
    (piece,) = evidence_of(handed)
    assert (piece["source"], piece["passage"], piece["stance"]) == (None, None, "supports")


def test_words_of_a_private_source_stay_inside(publisher):
    handed = handed_in(publisher)
    passage = PassageFactory(snapshot__source__access="private")
    EvidenceFactory(claim=handed.claim, accepted=True, passage=passage)
    (piece,) = evidence_of(handed)
    assert (piece["publication"], piece["passage"]) == ("described", None)


def test_an_interview_is_told_by_its_record(publisher):
    handed = handed_in(publisher)
    EvidenceFactory(claim=handed.claim, accepted=True, by_hand=True, title="The harbour master")
    (piece,) = evidence_of(handed)
    assert piece["kind"] == "interview"
    assert piece["source"] == {"title": "The harbour master"}
    assert piece["passage"] == "The harbour master counted forty."


def test_nobody_who_works_on_a_claim_is_named_and_no_note_is_told(publisher):
    handed = handed_in(publisher)
    person = UserFactory(username="ada-lovelace", first_name="Ada", last_name="Lovelace")
    claim = handed.claim
    claim.worded_by = claim.reviewer = person
    claim.state, claim.note = "in_review", "Ask the harbour master again."
    claim.save(update_fields=["worded_by", "reviewer", "state", "note"])
    EvidenceFactory(claim=claim, accepted=True, decided_by=person, why={"query": "harbour master"})
    verdict_in(VerdictState.PROPOSED, claim_with_evidence())
    told = json.dumps(claims_of(handed))
    assert all(word not in told for word in ("ada-lovelace", "Lovelace", "harbour master"))


def test_a_verdict_in_work_is_not_told_and_a_public_one_is(publisher):
    handed = handed_in(publisher, visibility=Visibility.PUBLIC)
    verdict_in(VerdictState.APPROVED, ready_for_a_verdict(handed.claim))
    (claim,) = claims_of(handed)
    assert claim["verdict"] is None
    other = handed_in(publisher, visibility=Visibility.PUBLIC)
    public = verdict_in(VerdictState.PUBLISHED, ready_for_a_verdict(other.claim))
    (claim,) = claims_of(other)
    assert claim["verdict"] == {
        "id": str(public.public_id),
        "rating": "true",
        "rating_label": "True",
    }
    assert (claim["state"], claim["outcome"]) == ("closed", "verdict")


def test_a_claim_says_where_it_stands_and_who_says_it(publisher):
    text = "🚢 Forty boats at sea\n\nForty boats left the harbour, officials said."
    handed = handed_in(publisher, text=text)
    AttributionFactory(
        appearance=handed.appearance,
        party=PartyFactory(name="Officials", kind="unnamed"),
        verb="said",
    )
    (claim,) = claims_of(handed)
    (place,) = claim["appearances"]
    span = place["span"]
    assert text[span["start"] : span["end"]] == place["quote"] == "Forty boats left the harbour"
    wide = text.encode("utf-16-le")
    assert (
        wide[2 * span["start_utf16"] : 2 * span["end_utf16"]].decode("utf-16-le") == place["quote"]
    )
    assert place["attributions"] == [
        {
            "party": "Officials",
            "party_kind": "unnamed",
            "role": "asserts",
            "described_as": "",
            "verb": "said",
            "direct": False,
            "hedged": False,
            "via": "",
        }
    ]


def test_claims_come_in_the_order_of_the_text_and_lost_ones_last(publisher):
    handed = handed_in(publisher)
    AppearanceFactory(version=handed.version, orphaned=True)
    AppearanceFactory(version=handed.version, quote="Forty boats at sea")
    spans = [claim["appearances"][0]["span"] for claim in claims_of(handed)]
    assert [span and span["start"] for span in spans] == [0, 20, None]


def test_an_order_that_people_gave_is_that_of_the_answer(publisher):
    handed = handed_in(publisher)
    other = placed_beside(handed.claim, "officials said")
    move_claim(other.pk, 1, order=seen([]), by=UserFactory())
    assert [claim["id"] for claim in claims_of(handed)] == [
        str(other.public_id),
        str(handed.claim.public_id),
    ]


def test_whoever_knows_a_split_claim_is_led_to_its_parts_and_back(publisher):
    handed = handed_in(publisher)
    made = [str(part.public_id) for part in split_in_two(handed.claim)]
    client = caller(publisher)
    whole = read(client, "claim", handed.claim.public_id)
    assert (whole["state"], whole["dismissal"], whole["on_desk"]) == ("dismissed", "split", False)
    assert whole["split_into"] == made
    first = read(client, "claim", made[0])
    assert (first["split_from"], first["made_by"]) == (whole["id"], "person")
    assert [claim["id"] for claim in claims_of(handed)] == [whole["id"], *made]
    unsplit_claim(handed.claim.pk, by=UserFactory())
    whole, first = (read(client, "claim", key) for key in (whole["id"], made[0]))
    assert (whole["state"], whole["split_into"], whole["merged_from"]) == ("open", [], made)
    assert (first["state"], first["dismissal"], first["merged_into"]) == (
        "dismissed",
        "duplicate",
        whole["id"],
    )


def test_whoever_knows_a_merged_claim_is_led_to_the_one_that_stands_for_it(publisher):
    handed = handed_in(publisher)
    merged = merged_claim(handed.claim)
    client = caller(publisher)
    gone = read(client, "claim", merged.public_id)
    assert (gone["state"], gone["dismissal"]) == ("dismissed", "duplicate")
    kept = read(client, "claim", gone["merged_into"])
    assert (kept["id"], kept["merged_from"]) == (str(handed.claim.public_id), [gone["id"]])
    assert [place["quote"] for place in kept["appearances"]] == [
        "Forty boats left the harbour",
        "officials said",
    ]


def test_words_of_a_person_are_told_from_those_of_the_machine(publisher):
    handed = handed_in(publisher)
    (claim,) = claims_of(handed)
    assert (claim["made_by"], claim["worded_by"], claim["machine_text"]) == (
        "machine",
        "machine",
        None,
    )
    reword_claim(handed.claim.pk, "Boats left.", wording=1, by=UserFactory())
    reword_claim(handed.claim.pk, "Forty boats left.", wording=2, by=UserFactory())
    (claim,) = claims_of(handed)
    assert (claim["text"], claim["worded_by"]) == ("Forty boats left.", "person")
    assert claim["machine_text"] == "Forty boats left the harbour."


def test_a_claim_shows_its_places_in_the_publishers_versions_only(publisher):
    handed = handed_in(publisher, article=ArticleFactory(public=True))
    foreign = ArticleVersionFactory(article=handed.article, split=True)
    AppearanceFactory(version=foreign, claim=handed.claim)
    claim = read(caller(publisher), "claim", handed.claim.public_id)
    assert [place["version"] for place in claim["appearances"]] == [handed.version.number]


def test_a_claim_that_stands_only_in_somebody_elses_version_is_not_found(publisher):
    handed = handed_in(publisher, article=ArticleFactory(public=True))
    foreign = ArticleVersionFactory(article=handed.article, split=True)
    SubmissionFactory(by_publisher=True, ready=True, version=foreign)
    claim = AppearanceFactory(version=foreign).claim
    client = caller(publisher)
    assert client.get(reverse("api:claim", args=[claim.public_id])).status_code == 404
    versions = read(client, "article", handed.article.public_id)["versions"]
    assert [version["number"] for version in versions] == [handed.version.number]


def test_one_claim_reads_as_it_does_among_its_articles(publisher):
    handed = handed_in(publisher)
    EvidenceFactory(claim=handed.claim, accepted=True)
    (among,) = claims_of(handed)
    client = caller(publisher)
    assert read(client, "claim", handed.claim.public_id) == among
    evidence = read(client, "claim_evidence", handed.claim.public_id)
    assert evidence == {"results": among["evidence"]}


def test_a_version_has_its_words_blocks_and_digest(publisher):
    handed = handed_in(
        publisher,
        text="🚢 Boats\n\nForty boats left the harbour.",
        blocks=[[0, 7, "headline"], [9, 38, "body"]],
    )
    version = read(caller(publisher), "version", handed.article.public_id, 1)
    assert version["text"] == handed.version.text
    assert version["digest"] == handed.version.digest
    assert version["blocks"][1] == {
        "start": 9,
        "end": 38,
        "start_utf16": 10,
        "end_utf16": 39,
        "placement": "body",
    }


def test_an_article_has_its_owners_name_for_it_and_when_people_made_it_public(publisher):
    told = {"external_id": "cms-7", "disclosed_at": "2026-11-24T09:30:00Z"}
    mine = ArticleFactory(public=True, owner=None, publisher=publisher, **told)
    handed_in(publisher, article=mine)
    assert told.items() <= read(caller(publisher), "article", mine.public_id).items()


def test_who_polls_is_told_that_nothing_changed(publisher):
    handed = handed_in(publisher)
    client = caller(publisher)
    address = reverse("api:version_claims", args=[handed.article.public_id, 1])
    etag = client.get(address)["ETag"]
    again = client.get(address, headers={"If-None-Match": etag})
    assert (again.status_code, again.content) == (304, b"")
    EvidenceFactory(claim=handed.claim, accepted=True)
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 200


@pytest.mark.parametrize("claims", [1, 12])
def test_the_number_of_queries_is_fixed(publisher, claims, django_assert_num_queries):
    handed = handed_in(publisher)
    for _ in range(claims - 1):
        place = AppearanceFactory(
            version=handed.version, claim=ClaimFactory(article=handed.article)
        )
        AttributionFactory(appearance=place)
        EvidenceFactory.create_batch(3, claim=place.claim, accepted=True)
    client = caller(publisher)
    address = reverse("api:version_claims", args=[handed.article.public_id, 1])
    client.get(address)  # the key's last use is written once a minute
    with django_assert_num_queries(2):  # the key, and all the rest
        client.get(address)
    with django_assert_num_queries(2):
        client.get(reverse("api:claim", args=[handed.claim.public_id]))
    with django_assert_num_queries(2):
        client.get(reverse("api:article", args=[handed.article.public_id]))


def test_statements_are_planned_once_for_a_connection(publisher):
    def plans_kept():
        with connection.cursor() as cursor:
            cursor.execute("SELECT sum(generic_plans) FROM pg_prepared_statements")
            return cursor.fetchone()[0]

    handed = handed_in(publisher)
    for _ in range(6):  # PostgreSQL keeps a plan after the fifth
        claims_of(handed)
    before = plans_kept()
    claims_of(handed)
    assert plans_kept() == before + 2  # the key, and all the rest
    assert connection.connection.prepare_threshold is None  # other statements are not kept
