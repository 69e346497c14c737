"""The checklist before a verdict goes to a second person, line by line."""

import pytest

from claims.actions.correcting import begin_correction
from claims.actions.gates import gates
from claims.actions.publishing import publish_verdict
from claims.actions.refusals import Refused
from claims.actions.verdicts import (
    approve_verdict,
    propose_verdict,
    save_draft,
    start_verdict,
)
from claims.models import CorrectionKind, EvidenceKind
from claims.states import IllegalMove, VerdictState
from sources.models import NOT_KNOWN, Access, SourceKind
from sources.moderating import block_outlet, examine_source, reinstate_source, retract_source
from tests.factories import (
    LONG_AGO,
    EvidenceFactory,
    OutletFactory,
    SearchFactory,
    SourceFactory,
    UserFactory,
)
from tests.stories import claim_with_evidence, correction_of, finished, public_claim, verdict_in

pytestmark = pytest.mark.django_db


def proposed(claim, **columns):
    verdict = start_verdict(claim.pk, by=claim.reviewer)
    save_draft(verdict.pk, finished(claim, **columns), by=claim.reviewer)
    return propose_verdict(verdict.pk, by=claim.reviewer)


def rests_on(claim, **columns):
    source = {
        f"passage__snapshot__source__{name}": columns.pop(name)
        for name in ("outlet", "kind", "access")
        if name in columns and "by_hand" not in columns
    }
    return EvidenceFactory(claim=claim, accepted=True, **source, **columns)


@pytest.mark.parametrize(
    ("columns", "how"),
    [
        ({"rating": ""}, "Choose a rating."),
        ({"explanation": " "}, "Explain what the evidence shows."),
        ({"explanation": "Forty boats [1][2]."}, r"No evidence has the number \[2\]."),
        ({"explanation": "Forty boats."}, r"The explanation does not use \[1\]."),
    ],
)
def test_what_is_missing_is_said(columns, how):
    with pytest.raises(Refused, match=how):
        proposed(claim_with_evidence(), **columns)


def test_everything_that_is_missing_is_said_at_once():
    with pytest.raises(Refused) as refusal:
        proposed(claim_with_evidence(), rating="", explanation="", citations=())
    assert str(refusal.value).count(".") == 3


def test_evidence_nobody_accepted_is_not_cited():
    claim = claim_with_evidence()
    suggested = EvidenceFactory(claim=claim)
    accepted = claim.evidence.accepted().get()
    with pytest.raises(Refused, match=r"Accept what \[2\] cites"):
        proposed(claim, explanation="So [1] and so [2].", citations=(accepted.pk, suggested.pk))


@pytest.mark.parametrize(
    "columns", [{"retracted": True}, {"outlet__blocked": True}], ids=["retracted", "blocked"]
)
def test_what_does_not_stand_is_cited_no_more(columns):
    source = SourceFactory(primary=True, **columns)
    claim = claim_with_evidence()
    EvidenceFactory(claim=claim, passage__snapshot__source=source, accepted=True)
    good, bad = claim.evidence.accepted().order_by("pk")
    both = {"explanation": "So [1] and so [2].", "citations": (good.pk, bad.pk)}
    with pytest.raises(Refused, match=r"^Cite something else. \[2\] "):
        proposed(claim, **both)


def test_a_source_retracted_meanwhile_stops_a_verdict_until_it_stands_again():
    verdict = verdict_in(VerdictState.APPROVED)
    source = verdict.citations.get().evidence.source
    moderator = UserFactory()
    retract_source(source.pk, reason="Made up.", by=moderator)
    with pytest.raises(Refused, match="Made up"):
        publish_verdict(verdict.pk, by=moderator)
    reinstate_source(source.pk, by=moderator)
    assert publish_verdict(verdict.pk, by=moderator)


def test_a_correction_may_leave_a_retracted_source_out():
    public = verdict_in(VerdictState.PUBLISHED)
    claim = public.claim
    retract_source(claim.evidence.get().source_id, reason="Made up.", by=UserFactory())
    better = EvidenceFactory(
        claim=claim, passage__snapshot__source=SourceFactory(primary=True), accepted=True
    )
    begun = correction_of(public)
    with pytest.raises(Refused, match="Made up"):
        propose_verdict(begun.pk, by=public.author)
    draft = finished(claim, citations=(better.pk,))
    save_draft(begun.pk, draft, by=public.author)
    assert propose_verdict(begun.pk, by=public.author)


def test_what_may_stand_is_cited_by_its_correction_and_by_nothing_else():
    public = verdict_in(VerdictState.PUBLISHED)
    source = public.citations.get().evidence.source
    moderator = UserFactory()
    retract_source(source.pk, reason="Made up.", by=moderator)
    examine_source(source.pk, note="Two others say so.", by=moderator)
    begun = correction_of(public)
    anew = EvidenceFactory(
        claim=public.claim,
        passage__snapshot=source.snapshots.get(),
        passage__end=11,
        accepted=True,
    )
    cited = (public.citations.get().evidence_id, anew.pk)
    draft = finished(public.claim, explanation="So [1] and so [2].", citations=cited)
    save_draft(begun.pk, draft, by=public.author)
    with pytest.raises(Refused, match=r"^Cite something else. \[2\] Retracted"):
        propose_verdict(begun.pk, by=public.author)
    save_draft(begun.pk, finished(public.claim), by=public.author)
    proposal = propose_verdict(begun.pk, by=public.author)
    (told,) = [gate.warning for gate in gates(proposal, proposal.citations.all()) if gate.warning]
    assert told.endswith("What cites it may stand: Two others say so.")
    block_outlet(source.outlet_id, reason="Invents.", by=moderator)
    with pytest.raises(Refused, match="Invents"):
        approve_verdict(begun.pk, digest=proposal.digest, by=moderator)


def test_a_private_source_is_not_quoted():
    claim = public_claim()
    rests_on(claim, kind=SourceKind.LAW, access=Access.PRIVATE)
    with pytest.raises(Refused, match="Describe private sources"):
        proposed(claim)


def test_a_private_source_that_is_only_described_may_be_cited():
    claim = public_claim()
    rests_on(claim, kind=SourceKind.LAW, access=Access.PRIVATE)
    claim.evidence.update(publication="described")
    assert proposed(claim)


# The ground.
OTHER_WORDS = {"passage__snapshot__text": "By its log thirty-nine boats were away at noon."}


def two(claim, first, second):
    pieces = rests_on(claim, **first), rests_on(claim, **(OTHER_WORDS | second))
    return {
        "explanation": "So [1] and so [2].",
        "citations": tuple(piece.pk for piece in pieces),
    }


@pytest.mark.parametrize(
    "kind", [SourceKind.DATASET, SourceKind.LAW, SourceKind.TRANSCRIPT, SourceKind.REPORT]
)
def test_one_primary_source_is_ground_enough(kind):
    claim = public_claim()
    rests_on(claim, kind=kind)
    assert proposed(claim)


def test_what_a_person_saw_or_was_told_is_primary():
    claim = public_claim()
    rests_on(claim, by_hand=True, kind=EvidenceKind.OBSERVATION)
    assert proposed(claim)


@pytest.mark.parametrize(
    "columns",
    [
        {"kind": SourceKind.ARTICLE},
        {"kind": SourceKind.DATASET, "relation": "relays_claimant"},
        {"kind": SourceKind.REPORT, "relation": "relays_article"},
        {"by_hand": True, "kind": EvidenceKind.DOCUMENT},
        {"by_hand": True, "kind": EvidenceKind.CALCULATION},
        {"by_hand": True, "kind": EvidenceKind.NOTHING_FOUND},
    ],
    ids=["an article", "a relay", "a copy", "a line on a document", "a calculation", "nothing"],
)
def test_one_other_piece_is_not(columns):
    claim = public_claim()
    rests_on(claim, **columns)
    with pytest.raises(Refused, match="a primary source or a second origin"):
        proposed(claim)


def test_two_origins_are_ground_enough():
    claim = public_claim()
    assert proposed(claim, **two(claim, {}, {}))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"outlet": "The Paper"}, {"outlet": "The Paper"}),
        ({"origin_group": "A wire"}, {"origin_group": "A wire"}),
        ({"outlet": "A wire"}, {"origin_group": "A wire"}),
    ],
    ids=["one outlet", "one group", "an outlet and its group"],
)
def test_two_pieces_of_one_origin_are_not(first, second):
    def outlet(outlet=None, origin_group=""):
        columns = {"origin_group": origin_group} | ({"name": outlet} if outlet else {})
        return OutletFactory._meta.model.objects.get_or_create(
            name=columns.get("name", UserFactory().username), defaults=columns
        )[0]

    claim = public_claim()
    pieces = two(claim, {"outlet": outlet(**first)}, {"outlet": outlet(**second)})
    with pytest.raises(Refused, match="a second origin"):
        proposed(claim, **pieces)


def test_two_documents_that_nobody_is_known_to_have_published_are_two_origins():
    claim = public_claim()
    nobody = OutletFactory(name=NOT_KNOWN)
    assert proposed(claim, **two(claim, {"outlet": nobody}, {"outlet": nobody}))


SAID = "Forty boats left the harbour, the coastguard said."


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"passage__snapshot__credit": "Reuters"}, {"passage__snapshot__credit": "Reuters"}),
        ({}, {"passage__snapshot__text": "The count was 40 boats. Nobody was hurt. So it was."}),
        (
            {"passage__snapshot__text": SAID, "rationale_start": 0, "rationale_end": len(SAID)},
            {
                "passage__snapshot__text": "The coastguard said that forty had left by noon.",
                "rationale_start": 0,
                "rationale_end": 48,
            },
        ),
    ],
    ids=["one agency", "a reprint", "one speaker"],
)
def test_two_outlets_with_one_origin_are_not(first, second):
    claim = public_claim()
    pieces = two(claim, first, second)
    with pytest.raises(Refused, match="a second origin"):
        proposed(claim, **pieces)


def test_a_relay_adds_no_origin():
    claim = public_claim()
    pieces = two(claim, {}, {"relation": "relays_claimant"})
    with pytest.raises(Refused, match="a second origin"):
        proposed(claim, **pieces)


def test_a_public_reason_opens_the_ground():
    claim = public_claim()
    rests_on(claim)
    assert proposed(claim, waiver="single_authority")


def test_unproven_rests_on_a_search_that_ran():
    claim = public_claim()
    nothing = {"rating": "unproven", "explanation": "Nobody knows.", "citations": ()}
    verdict = start_verdict(claim.pk, by=claim.reviewer)
    EvidenceFactory(claim=claim, accepted=True, search=SearchFactory(claim=claim))
    save_draft(verdict.pk, finished(claim, **nothing), by=claim.reviewer)
    with pytest.raises(Refused, match="record what was searched"):
        propose_verdict(verdict.pk, by=claim.reviewer)
    SearchFactory(claim=claim, done=True, why="asked")
    assert propose_verdict(verdict.pk, by=claim.reviewer)


def test_unproven_may_rest_on_a_record_of_what_was_searched():
    claim = public_claim()
    rests_on(claim, by_hand=True, kind=EvidenceKind.NOTHING_FOUND)
    assert proposed(claim, rating="unproven")


# What a correction says of itself.
KEEPS, CHANGES, UPDATE = (
    CorrectionKind.KEEPS_RATING,
    CorrectionKind.CHANGES_RATING,
    CorrectionKind.UPDATE,
)


def correction_proposed(kind, **columns):
    public = verdict_in(VerdictState.PUBLISHED)
    draft = begin_correction(public.claim_id, kind, "The count was made in May.", by=public.author)
    save_draft(draft.pk, finished(public.claim, **columns), by=public.author)
    return propose_verdict(draft.pk, by=public.author)


@pytest.mark.parametrize(
    ("kind", "rating", "how"),
    [
        (CHANGES, "true", "The rating is “True” as before: choose another"),
        (KEEPS, "false", "The rating is not “True” any more: choose “Changes the rating”"),
        (UPDATE, "false", "The rating is not “True” any more: choose “Changes the rating”"),
    ],
)
def test_a_correction_that_is_wrong_about_the_rating_is_not_proposed(kind, rating, how):
    with pytest.raises(Refused, match=how):
        correction_proposed(kind, rating=rating)


@pytest.mark.parametrize(
    ("kind", "rating"), [(CHANGES, "false"), (KEEPS, "true"), (UPDATE, "true")]
)
def test_a_correction_that_is_right_about_the_rating_is_proposed(kind, rating):
    assert correction_proposed(kind, rating=rating)


def test_what_a_correction_says_can_be_mended_in_its_draft():
    public = verdict_in(VerdictState.PUBLISHED)
    draft = begin_correction(public.claim_id, CHANGES, "It was May.", by=public.author)
    mended = finished(public.claim, correction=(KEEPS, "It was June."))
    save_draft(draft.pk, mended, by=public.author)
    told = propose_verdict(draft.pk, by=public.author).correction
    assert (told.kind, told.note) == (KEEPS, "It was June.")


def test_a_correction_keeps_a_public_note():
    public = verdict_in(VerdictState.PUBLISHED)
    draft = begin_correction(public.claim_id, KEEPS, "It was May.", by=public.author)
    with pytest.raises(Refused, match=r"Say in public what is corrected\."):
        save_draft(draft.pk, finished(public.claim, correction=(KEEPS, " ")), by=public.author)


def test_a_verdict_that_corrects_nothing_gets_no_note():
    claim = claim_with_evidence()
    with pytest.raises(IllegalMove, match="corrects nothing"):
        proposed(claim, correction=(KEEPS, "It was May."))


def test_a_verdict_whose_evidence_was_rejected_since_is_not_approved():
    verdict = proposed(claim_with_evidence())
    verdict.claim.evidence.update(state="rejected", rejection="Forged.", stance="")
    with pytest.raises(Refused, match=r"Accept what \[1\] cites"):
        approve_verdict(verdict.pk, verdict.digest, by=UserFactory())


# What to look at although it may be published.
@pytest.mark.parametrize(
    ("rating", "stances", "warns"),
    [
        ("true", ["contradicts"], "Nothing cited supports"),
        ("mostly_true", ["contradicts", "neutral"], "Nothing cited supports"),
        ("false", ["supports"], "Nothing cited contradicts"),
        ("true", ["supports", "contradicts"], ""),
        ("true", ["supports"], ""),
        ("true", ["neutral"], ""),
        ("mixed", ["supports"], ""),
        ("misleading", ["supports"], ""),
        ("unproven", ["contradicts"], ""),
    ],
)
def test_a_rating_that_everything_cited_speaks_against_is_told_and_not_refused(
    rating, stances, warns
):
    claim = public_claim()
    SearchFactory(claim=claim, finished_at=LONG_AGO, started_at=LONG_AGO, due_at=None)
    pieces = [
        rests_on(
            claim,
            by_hand=True,
            kind=EvidenceKind.INTERVIEW,
            stance=stance,
            title=stance,
            passage_digest=stance,
        )
        for stance in stances
    ]
    verdict = proposed(
        claim,
        rating=rating,
        explanation="So it is [1][2]."[: 10 + 3 * len(pieces)],
        citations=tuple(piece.pk for piece in pieces),
    )
    told = [gate.warning for gate in gates(verdict, verdict.citations.all()) if gate.warning]
    assert len(told) == bool(warns)
    assert warns in "".join(told)
