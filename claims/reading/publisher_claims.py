"""Claims, where they stand and what was found about them, as a publisher reads them.

One statement for each answer, whatever the number of rows: PostgreSQL finds
the versions that are the publisher's, joins, nests and names everything, and
the columns of each SELECT are the fields of the answer. Reviewers, notes,
rejected evidence and drafts are never selected.

A claim that repeats an older text word by word is checked there: its verdict is
the other's, which is public, and the other's id is told where it is the publisher's.

A machine's stance counts only while the source stands, as on the desk.

Evidence that may not be shown in full is told as public pages tell it: what
is only described has no words, and what is secret has no source either.
"""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import orjson

from claims.kinds import OFF_DESK, SAME_WORDS
from claims.models import CheckLink, ClaimLink, Evidence, Relation
from claims.ordering import in_order
from claims.states import Dismissal, EvidenceState, VerdictState
from factcheck.models import Publisher
from factcheck.prepared import prepared_cursor
from sources.models import Access
from sources.ports import Stance

Json = dict[str, Any]
"""An answer's object; spans are in code points."""

SEEN = """
    SELECT version.id, version.number, version.state, version.text, article.public_id AS article,
        article.claim_order
    FROM claims_articleversion version
    JOIN claims_article article ON article.id = version.article_id
    WHERE {which} AND EXISTS (
        SELECT FROM claims_submission own
        WHERE own.version_id = version.id AND own.publisher_id = %(publisher)s
    )
"""
THIS_VERSION = """
    version.number = %(number)s AND article.public_id = %(article)s
"""
EACH_WITH_THE_CLAIM = """
    version.id IN (
        SELECT place.version_id FROM claims_appearance place
        JOIN claims_claim claim ON claim.id = place.claim_id
        WHERE claim.public_id = %(claim)s
    )
"""

PLACED = """
    SELECT place.claim_id, json_agg(json_build_object(
        'id', place.public_id, 'version', seen.number, 'anchor', place.anchor,
        'quote', place.quote, 'prefix', place.prefix, 'suffix', place.suffix,
        'span', CASE WHEN place.start IS NOT NULL
            THEN json_build_object('start', place.start, 'end', place."end") END,
        'attributions', coalesce((
            SELECT json_agg(json_build_object(
                'party', party.name, 'party_kind', party.kind, 'role', said.role,
                'described_as', said.described_as, 'verb', said.verb, 'direct', said.direct,
                'hedged', said.hedged, 'via', said.via) ORDER BY said.id)
            FROM claims_attribution said JOIN claims_party party ON party.id = said.party_id
            WHERE said.appearance_id = place.id), '[]'))
        ORDER BY seen.number DESC, place.merged_from_id NULLS FIRST, place.start NULLS LAST,
            place.id) AS list
    FROM claims_appearance place JOIN seen ON seen.id = place.version_id
    WHERE {where}
    GROUP BY place.claim_id
"""
EACH_CLAIM = "true"
THIS_CLAIM = """
    place.claim_id = (SELECT claim.id FROM claims_claim claim WHERE claim.public_id = %(claim)s)
"""

FOUND = f"""
    SELECT piece.claim_id, json_agg(json_build_object(
        'id', piece.public_id, 'kind', piece.kind, 'wording', piece.wording,
        'reviewed', piece.state = '{EvidenceState.ACCEPTED}',
        'stance', CASE WHEN piece.state = '{EvidenceState.ACCEPTED}' THEN piece.stance
            WHEN piece.shown AND source.retracted_at IS NULL AND outlet.blocked IS NOT TRUE
            THEN piece.machine_stance ELSE '{Stance.NEUTRAL}' END,
        'confidence',
            CASE WHEN piece.state <> '{EvidenceState.ACCEPTED}' THEN piece.confidence END,
        'relation', piece.relation, 'publication', shown.publication,
        'source', CASE WHEN shown.publication = '{Evidence.Publication.SECRET}' THEN NULL
            WHEN source.id IS NULL THEN json_build_object('title', piece.title)
            ELSE json_build_object(
                'title', source.title, 'url', source.url, 'outlet', outlet.name,
                'published_at', source.published_at, 'kind', source.kind,
                'retracted', source.retracted_at IS NOT NULL, 'blocked', outlet.blocked) END,
        'passage', CASE WHEN shown.publication = '{Evidence.Publication.FULL}'
            THEN coalesce(passage.text, piece.body) END,
        'rationale', CASE WHEN shown.publication = '{Evidence.Publication.FULL}'
            AND piece.rationale_start IS NOT NULL
            THEN json_build_object('start', piece.rationale_start, 'end', piece.rationale_end)
            END)
        ORDER BY piece.state = '{EvidenceState.ACCEPTED}' DESC,
            piece.relation = '{Relation.INDEPENDENT}' DESC,
            piece.confidence DESC NULLS LAST, piece.id) AS list
    FROM claims_evidence piece
    LEFT JOIN sources_source source ON source.id = piece.source_id
    LEFT JOIN sources_outlet outlet ON outlet.id = source.outlet_id
    LEFT JOIN sources_passage passage ON passage.id = piece.passage_id
    CROSS JOIN LATERAL (
        SELECT CASE WHEN piece.publication = '{Evidence.Publication.FULL}'
            AND source.access = '{Access.PRIVATE}' THEN '{Evidence.Publication.DESCRIBED}'
            ELSE piece.publication END AS publication
    ) AS shown
    WHERE piece.claim_id = ANY(ARRAY(SELECT claim_id FROM placed)) AND piece.state = ANY(%(states)s)
    GROUP BY piece.claim_id
"""  # noqa: S608 - constants

REPLACED = f"(claim.merged_into_id IS NOT NULL OR claim.dismissal = '{Dismissal.SPLIT}')"
NOT_CHECKED = ", ".join(f"'{kind}'" for kind in sorted(OFF_DESK))
PRINTED_FIRST = f"""
    SELECT kept.id, kept.public_id
    FROM claims_claimlink link
    JOIN claims_claim other ON other.id = link.other_id
    JOIN claims_claim kept ON kept.id = coalesce(other.merged_into_id, other.id)
    WHERE link.claim_id = claim.id AND link.method = '{SAME_WORDS}'
        AND link.decision <> '{ClaimLink.Decision.REFUSED}'
        AND NOT claim.desk AND NOT {REPLACED}
    ORDER BY link.id LIMIT 1
"""  # noqa: S608 - constants
SEARCHED = """
    SELECT max(search.finished_at) AS finished_at,
        (array_agg(CASE WHEN search.due_at IS NOT NULL THEN 'waiting'
            WHEN search.finished_at IS NOT NULL THEN 'finished' ELSE 'failed' END
            ORDER BY search.id DESC))[1] AS state
    FROM claims_search search
    WHERE search.claim_id = claim.id AND search.wording = claim.wording AND search.only = ''
"""

CLAIMS = f"""
    SELECT claim.id AS key, claim.public_id AS id, (SELECT article FROM seen LIMIT 1) AS article,
        claim.text, claim.wording,
        CASE WHEN claim.added_by_id IS NULL THEN 'machine' ELSE 'person' END AS made_by,
        CASE WHEN claim.worded_by_id IS NULL THEN 'machine' ELSE 'person' END AS worded_by,
        CASE WHEN claim.worded_by_id IS NOT NULL THEN (
            SELECT earlier.text FROM claims_earlierwording earlier
            WHERE earlier.claim_id = claim.id AND earlier.worded_by_id IS NULL
            ORDER BY earlier.number DESC LIMIT 1) END AS machine_text,
        CASE WHEN claim.attributed_by_id IS NULL
            AND (claim.added_by_id IS NULL OR claim.split_from_id IS NOT NULL)
            THEN 'machine' ELSE 'person' END AS attributed_by,
        (SELECT whole.public_id FROM claims_claim whole
            WHERE whole.id = claim.split_from_id) AS split_from,
        coalesce((SELECT json_agg(part.public_id ORDER BY part.id) FROM claims_claim part
            WHERE part.split_from_id = claim.id
                AND part.merged_into_id IS DISTINCT FROM claim.id), '[]') AS split_into,
        (SELECT kept.public_id FROM claims_claim kept
            WHERE kept.id = claim.merged_into_id) AS merged_into,
        coalesce((SELECT json_agg(other.public_id ORDER BY other.id) FROM claims_claim other
            WHERE other.merged_into_id = claim.id), '[]') AS merged_from,
        claim.kind, claim.target, claim.state,
        nullif(claim.outcome, '') AS outcome,
        nullif(claim.dismissal, '') AS dismissal, claim.desk AS on_desk,
        CASE WHEN claim.desk THEN NULL WHEN {REPLACED} THEN 'replaced'
            WHEN first.id IS NULL AND claim.kind IN ({NOT_CHECKED}) THEN claim.kind
            ELSE 'copy' END AS off_desk,
        CASE WHEN EXISTS (
            SELECT FROM claims_appearance place
            JOIN claims_submission own ON own.version_id = place.version_id
                AND own.publisher_id = %(publisher)s
            WHERE place.claim_id = first.id) THEN first.public_id END AS checked_as,
        searched.state AS search,
        to_char(searched.finished_at AT TIME ZONE 'UTC',
            'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS searched_at,
        CASE WHEN claim.worded_by_id IS NULL
            THEN json_build_object('score', round(claim.check_worthiness::numeric, 3),
                'reasons', claim.reasons)
            ELSE json_build_object('score', NULL, 'reasons', ARRAY[]::text[])
            END AS check_worthiness,
        claim.needs_context, claim.read_with, claim.said_at,
        CASE WHEN claimant.id IS NOT NULL
            THEN json_build_object('name', claimant.name, 'kind', claimant.kind) END AS claimant,
        CASE WHEN verdict.id IS NOT NULL THEN json_build_object('id', verdict.public_id,
            'rating', verdict.rating, 'rating_label', verdict.rating_label) END AS verdict,
        coalesce((SELECT json_agg(json_build_object(
                'outlet', outlet.name, 'rating', prior.rating, 'claim', prior.claim,
                'title', prior.title, 'url', prior.url, 'checked_at', prior.checked_at)
                ORDER BY prior.checked_at DESC NULLS LAST, link.id)
            FROM claims_checklink link
            JOIN sources_priorcheck prior ON prior.id = link.prior_id
            JOIN sources_outlet outlet ON outlet.id = prior.outlet_id AND NOT outlet.blocked
            WHERE link.claim_id = claim.id AND link.decision = '{CheckLink.Decision.CONFIRMED}'),
            '[]') AS checked_elsewhere,
        placed.list AS appearances, coalesce(found.list, '[]') AS evidence
    FROM placed
    JOIN claims_claim claim ON claim.id = placed.claim_id
    LEFT JOIN LATERAL ({PRINTED_FIRST}) AS first ON true
    LEFT JOIN LATERAL ({SEARCHED}) AS searched ON true
    LEFT JOIN claims_party claimant ON claimant.id = claim.claimant_id
    LEFT JOIN claims_verdict verdict
        ON verdict.claim_id = coalesce(first.id, claim.id)
        AND verdict.state = '{VerdictState.PUBLISHED}'
    LEFT JOIN found ON found.claim_id = claim.id
"""  # noqa: S608 - constants

ANSWER = f"""
    WITH seen AS MATERIALIZED ({SEEN}), placed AS MATERIALIZED ({PLACED}),
        found AS ({FOUND})
    SELECT (SELECT json_agg(seen) FROM seen)::text,
        (SELECT coalesce(json_agg(row), '[]') FROM ({CLAIMS}) AS row)::text
"""  # noqa: S608 - constants
OF_VERSION = ANSWER.format(which=THIS_VERSION, where=EACH_CLAIM)
OF_CLAIM = ANSWER.format(which=EACH_WITH_THE_CLAIM, where=THIS_CLAIM)


@dataclass(frozen=True, slots=True)
class SeenClaims:
    """Claims as an answer tells them, and the versions that their spans count in."""

    versions: list[Json]
    claims: list[Json]


def claims_in(
    publisher: Publisher, article_id: UUID, number: int, *, suggested: bool
) -> SeenClaims | None:
    """The claims of one version in their order, with their evidence.

    ``suggested`` adds evidence that nobody has reviewed. None if the version
    is not this publisher's.
    """
    return _seen(OF_VERSION, publisher, suggested=suggested, article=article_id, number=number)


def claim_of(publisher: Publisher, claim_id: UUID, *, suggested: bool) -> SeenClaims | None:
    """One claim, wherever it stands in the publisher's versions; None if it does nowhere."""
    return _seen(OF_CLAIM, publisher, suggested=suggested, claim=claim_id)


def _seen(
    answer: str, publisher: Publisher, *, suggested: bool, **asked: UUID | int
) -> SeenClaims | None:
    states = [EvidenceState.ACCEPTED, *([EvidenceState.SUGGESTED] if suggested else [])]
    with prepared_cursor() as cursor:
        cursor.execute(answer, {"publisher": publisher.pk, "states": states, **asked})
        versions, claims = cursor.fetchone()
    if not versions:
        return None
    seen = SeenClaims(orjson.loads(versions), orjson.loads(claims))
    seen.claims.sort(key=lambda claim: _place(claim["appearances"][0]))
    by_key = {claim.pop("key"): claim for claim in seen.claims}
    ordered = in_order(list(by_key), seen.versions[0]["claim_order"])
    return SeenClaims(seen.versions, [by_key[key] for key in ordered])


def _place(appearance: Json) -> tuple[bool, int]:
    """Where an appearance stands in its text; what has no place comes last."""
    span = appearance["span"]
    return (span is None, span["start"] if span else 0)
