"""Rows that no table of evidence, verdicts and publishers takes."""

from claims import models
from claims.states import (
    ClaimState,
    DeliveryState,
    Dismissal,
    Outcome,
    VerdictState,
)
from tests.database.refusals import rows, twice
from tests.factories import (
    LONG_AGO,
    ApiKeyFactory,
    AppearanceFactory,
    ApprovalFactory,
    ArticleFactory,
    ArticleVersionFactory,
    AttributionFactory,
    BringingFactory,
    CheckLinkFactory,
    CitationFactory,
    ClaimFactory,
    ClaimLinkFactory,
    DeliveryFactory,
    EndpointFactory,
    EvidenceFactory,
    ModelRunFactory,
    PartyFactory,
    PassageFactory,
    PriorCheckFactory,
    PublisherFactory,
    SearchFactory,
    SnapshotFactory,
    SourceFactory,
    SubmissionFactory,
    UserFactory,
    VerdictFactory,
    digest_of,
)
from tests.stories import verdict_in

# Claims.
rows(
    "party_once_per_name_and_kind",
    lambda: (PartyFactory(name="KCNA"), PartyFactory(name="kcna")),
)
rows("party_has_name", lambda: PartyFactory(name=""))
rows("party_kind_known", lambda: PartyFactory(kind="robot"))
rows("claim_state_known", lambda: ClaimFactory(state="pending"))
rows("claim_kind_known", lambda: ClaimFactory(kind="rumour"))
rows("claim_target_known", lambda: ClaimFactory(target="all"))
rows("claim_has_text", lambda: ClaimFactory(text=""))
rows(
    "claim_check_worthiness_0_to_1",
    lambda: ClaimFactory(check_worthiness=1.01),
    lambda: ClaimFactory(check_worthiness=-0.01),
    lambda: ClaimFactory(check_worthiness=float("nan")),
)
rows("claim_in_review_has_reviewer", lambda: ClaimFactory(state=ClaimState.IN_REVIEW))
rows(
    "claim_closed_has_outcome",
    lambda: ClaimFactory(state=ClaimState.CLOSED),
    lambda: ClaimFactory(closed=True, outcome="done"),
    lambda: ClaimFactory(outcome=Outcome.CUT),
)
rows(
    "claim_dismissed_has_reason",
    lambda: ClaimFactory(state=ClaimState.DISMISSED),
    lambda: ClaimFactory(dismissed=True, dismissal="boring"),
    lambda: ClaimFactory(dismissal=Dismissal.VAGUE),
)
rows(
    "claim_has_one_maker",
    lambda: ClaimFactory(splitter=""),
    lambda: ClaimFactory(added_by=UserFactory()),
)


def merged_in_its_article(**columns):
    kept = ClaimFactory()
    return ClaimFactory(article=kept.article, merged_into=kept, **columns)


rows(
    "claim_merged_is_a_duplicate",
    merged_in_its_article,
    lambda: merged_in_its_article(dismissed=True),
)
rows(
    "claim_lineage_stays_in_its_article",
    lambda: ClaimFactory(split_from=ClaimFactory()),
    lambda: ClaimFactory(merged_into=ClaimFactory(), dismissed=True, dismissal=Dismissal.DUPLICATE),
)
rows("claim_split_has_parts", lambda: ClaimFactory(dismissed=True, dismissal=Dismissal.SPLIT))
rows(
    "wording_once_per_number",
    lambda: twice(
        models.EarlierWording.objects.create, claim=ClaimFactory(), number=1, text="Boats left."
    ),
)
rows(
    "earlier_attribution_once_per_number",
    lambda: twice(
        models.EarlierAttribution.objects.create, claim=ClaimFactory(), number=1, kind="event"
    ),
)
rows(
    "earlier_attribution_kind_known",
    lambda: models.EarlierAttribution.objects.create(claim=ClaimFactory(), number=1, kind="rumour"),
)
rows("appearance_anchor_known", lambda: AppearanceFactory(anchor="lost"))
rows(
    "appearance_span_not_empty",
    lambda: AppearanceFactory(start=4, end=4, quote=""),
    lambda: AppearanceFactory(start=None, end=None),
    lambda: AppearanceFactory(orphaned=True, start=0, end=5, quote="Forty"),
)


def appear_twice(**columns):
    version = ArticleVersionFactory()
    claim = ClaimFactory(article=version.article)
    return twice(AppearanceFactory, version=version, claim=claim, **columns)


rows(
    "appearance_once_per_claim_and_place",
    appear_twice,
    lambda: appear_twice(orphaned=True),
)


def appear_from_itself():
    claim = AppearanceFactory().claim
    version = ArticleVersionFactory(article=claim.article)
    AppearanceFactory(claim=claim, version=version, merged_from=claim)


rows("appearance_merged_from_another", appear_from_itself)
rows("attribution_role_known", lambda: AttributionFactory(role="thinks"))
rows(
    "attribution_once_per_party_and_role",
    lambda: twice(AttributionFactory, appearance=AppearanceFactory(), party=PartyFactory()),
)


def link_twice():
    link = ClaimLinkFactory()
    ClaimLinkFactory(claim=link.claim, other=link.other)


rows("claim_link_once_per_pair", link_twice)
rows("claim_link_relation_known", lambda: ClaimLinkFactory(relation="near"))
rows(
    "claim_link_decision_known",
    lambda: ClaimLinkFactory(decision="maybe", decided_by=UserFactory()),
)


def link_to_itself():
    claim = ClaimFactory()
    ClaimLinkFactory(claim=claim, other=claim)


rows("claim_link_joins_two_claims", link_to_itself)
rows(
    "claim_link_decided_by_someone",
    lambda: ClaimLinkFactory(decision="confirmed", confirmed_as="same"),
    lambda: ClaimLinkFactory(decision="refused"),
)
rows(
    "claim_link_confirmed_says_as_what",
    lambda: ClaimLinkFactory(decision="confirmed", decided_by=UserFactory()),
    lambda: ClaimLinkFactory(confirmed_as="same"),
)
rows(
    "claim_link_tells_no_secret",
    lambda: ClaimLinkFactory(claim=ClaimFactory(), other=ClaimFactory()),
    lambda: ClaimLinkFactory(
        claim=ClaimFactory(article=ArticleFactory(public=True)), other=ClaimFactory()
    ),
)
rows(
    "check_link_once_per_claim_and_check",
    lambda: twice(CheckLinkFactory, claim=ClaimFactory(), prior=PriorCheckFactory()),
)
rows("check_link_decision_known", lambda: CheckLinkFactory(decision="suggested"))

# Evidence.
rows("search_reason_known", lambda: SearchFactory(why="bored"))
rows("search_one_open_per_claim_and_wording", lambda: twice(SearchFactory, claim=ClaimFactory()))
rows("search_finished_was_started", lambda: SearchFactory(finished_at=LONG_AGO))
rows("bringing_state_known", lambda: BringingFactory(state="read", due_at=None))
rows("bringing_url_is_http", lambda: BringingFactory(by_url=True, url="file:///etc/passwd"))
rows(
    "bringing_is_url_or_file",
    lambda: BringingFactory(file=None),
    lambda: BringingFactory(by_url=True, file=b"Boats."),
)
rows(
    "submission_follows_as_a_person_says",
    lambda: SubmissionFactory(by_url=True, follows=ArticleFactory()),
    lambda: SubmissionFactory(by_publisher=True, follows=ArticleFactory()),
)
rows("bringing_set_aside_was_tried", lambda: BringingFactory(set_aside_at=LONG_AGO))
rows("bringing_kind_known", lambda: BringingFactory(kind="rumour"))
rows(
    "bringing_public_is_a_file",
    lambda: BringingFactory(by_url=True, public=True),
)
rows(
    "bringing_ready_is_frozen",
    lambda: BringingFactory(ready=True, snapshot=None),
    lambda: BringingFactory(snapshot=SnapshotFactory()),
)
rows(
    "bringing_due_while_received",
    lambda: BringingFactory(due_at=None),
    lambda: BringingFactory(failed=True, due_at=LONG_AGO),
)
rows("evidence_state_known", lambda: EvidenceFactory(state="new", decided_by=UserFactory()))
rows("evidence_kind_known", lambda: EvidenceFactory(by_hand=True, kind="rumour"))
rows("evidence_relation_known", lambda: EvidenceFactory(relation="cousin"))
rows("evidence_publication_known", lambda: EvidenceFactory(publication="half"))
rows("evidence_stance_known", lambda: EvidenceFactory(stance="refutes"))
rows("evidence_machine_stance_known", lambda: EvidenceFactory(machine_stance="refutes"))
rows(
    "evidence_once_per_claim_source_and_words",
    lambda: twice(EvidenceFactory, claim=ClaimFactory(), passage=PassageFactory()),
    lambda: twice(
        EvidenceFactory, claim=ClaimFactory(), by_hand=True, passage_digest=digest_of("Forty.")
    ),
)
rows(
    "evidence_is_a_passage_or_a_record",
    lambda: EvidenceFactory(passage=None, source=SourceFactory(), passage_digest=digest_of("x")),
    lambda: EvidenceFactory(passage_digest=""),
    lambda: EvidenceFactory(by_hand=True, body=""),
    lambda: EvidenceFactory(kind=models.EvidenceKind.DATASET, body="A table."),
)
rows(
    "evidence_decided_has_reviewer",
    lambda: EvidenceFactory(accepted=True, decided_by=None),
    lambda: EvidenceFactory(rejected=True, decided_by=None),
)
rows("evidence_rejected_has_reason", lambda: EvidenceFactory(rejected=True, rejection=""))
rows("evidence_accepted_has_stance", lambda: EvidenceFactory(accepted=True, stance=""))
rows(
    "evidence_has_one_maker",
    lambda: EvidenceFactory(search=None),
    lambda: EvidenceFactory(added_by=UserFactory()),
)
rows(
    "evidence_confidence_0_to_1",
    lambda: EvidenceFactory(confidence=1.5),
    lambda: EvidenceFactory(confidence=float("nan")),
)
rows(
    "evidence_rationale_not_empty",
    lambda: EvidenceFactory(rationale_start=2, rationale_end=2),
    lambda: EvidenceFactory(rationale_start=2),
    lambda: EvidenceFactory(rationale_end=2),
)
rows(
    "evidence_carried_stays_in_its_article",
    lambda: EvidenceFactory(carried_from=EvidenceFactory()),
)
rows(
    "evidence_shown_takes_a_side",
    lambda: EvidenceFactory(shown=True, machine_stance="neutral"),
    lambda: EvidenceFactory(shown=True, machine_stance=""),
)

# Publishing.
rows(
    "verdict_once_per_number",
    lambda: VerdictFactory(claim=verdict_in(VerdictState.PUBLISHED).claim, number=1),
)


def two_drafts():
    claim = ClaimFactory()
    return VerdictFactory(claim=claim, number=1), VerdictFactory(claim=claim, number=2)


rows("verdict_one_open_per_claim", two_drafts)
rows("citation_once_per_number", lambda: twice(CitationFactory, verdict=VerdictFactory()))


def cite_twice():
    first = CitationFactory()
    CitationFactory(verdict=first.verdict, evidence=first.evidence, number=2)


rows("citation_once_per_evidence", cite_twice)
rows("citation_stance_known", lambda: CitationFactory(stance=""))
rows("approval_decision_known", lambda: ApprovalFactory(decision="maybe", comment="Hm."))
rows("approval_returned_has_comment", lambda: ApprovalFactory(decision="returned"))

# Publishers.
rows(
    "idempotency_key_once_per_publisher",
    lambda: twice(
        models.IdempotencyKey.objects.create,
        publisher=PublisherFactory(),
        api_key=ApiKeyFactory(),
        key="k-1",
        request_digest=digest_of("request"),
        status=202,
        answer={},
    ),
)
rows(
    "endpoint_once_per_url",
    lambda: twice(EndpointFactory, publisher=PublisherFactory(), url="https://a.example/"),
)
rows("endpoint_url_is_https", lambda: EndpointFactory(url="http://customer.example/"))
rows("delivery_state_known", lambda: DeliveryFactory(state="lost", due_at=None))
rows(
    "delivery_due_while_pending",
    lambda: DeliveryFactory(due_at=None),
    lambda: DeliveryFactory(state=DeliveryState.FAILED),
)

rows("delivery_notice_known", lambda: DeliveryFactory(notice="claim.whispered"))
rows("endpoint_notices_known", lambda: EndpointFactory(notices=["claim.whispered"]))
rows(
    "endpoint_paused_says_why",
    lambda: EndpointFactory(active=False),
    lambda: EndpointFactory(paused_because="Nobody is there."),
)
rows(
    "endpoint_earlier_secret_ends",
    lambda: EndpointFactory(earlier_seed="seed"),
    lambda: EndpointFactory(earlier_until=LONG_AGO),
)

# The language model.
rows("model_run_is_for_a_version_or_a_search", lambda: ModelRunFactory(version=None))
rows("model_run_is_for_a_version_or_a_search", lambda: ModelRunFactory(search=SearchFactory()))
rows("model_run_rests_after_a_failure", lambda: ModelRunFactory(rests_until=LONG_AGO))
