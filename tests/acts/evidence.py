"""Acts on evidence and on the documents that people bring."""

from functools import partial

from claims.actions import (
    bringing,
    choosing,
    evidence,
)
from claims.models import Bringing, EvidenceKind
from sources.ports import Stance
from sources.relays import Relation
from sources.storing import Document
from tests.acts.registry import Act, act
from tests.factories import (
    LONG_AGO,
    BringingFactory,
    ClaimFactory,
    EvidenceFactory,
    UserFactory,
)


@act
def accept_evidence() -> Act:
    piece = EvidenceFactory()
    return partial(evidence.accept_evidence, piece.pk, Stance.SUPPORTS, by=UserFactory())


@act
def reject_evidence() -> Act:
    return partial(
        evidence.reject_evidence, EvidenceFactory().pk, "Another harbour.", by=UserFactory()
    )


@act
def reconsider_evidence() -> Act:
    piece = EvidenceFactory(accepted=True)
    return partial(evidence.reconsider_evidence, piece.pk, by=UserFactory())


@act
def relate_evidence() -> Act:
    return partial(
        evidence.relate_evidence,
        EvidenceFactory().pk,
        Relation.RELAYS_ARTICLE,
        "It prints the article.",
        by=UserFactory(),
    )


@act
def add_evidence() -> Act:
    return partial(
        evidence.add_evidence,
        ClaimFactory().pk,
        EvidenceKind.INTERVIEW,
        title="The harbour master",
        body="She counted forty.",
        stance=Stance.SUPPORTS,
        by=UserFactory(),
    )


@act
def search_again() -> Act:
    return partial(evidence.search_again, ClaimFactory().pk, by=UserFactory())


@act
def bring_document() -> Act:
    brought = bringing.Brought(file=b"Forty boats left.", file_name="log.txt")
    return partial(bringing.bring_document, ClaimFactory().pk, brought, by=UserFactory())


@act
def store_brought() -> Act:
    row = BringingFactory()
    lease = Bringing.objects.lease(row.pk)
    document = Document(title="Log", text="Forty boats left.", outlet="Port", access="private")
    return partial(bringing.store_brought, row, lease, document, [], wording=1, by="reader")


@act
def retry_bringing() -> Act:
    return partial(bringing.retry_bringing, BringingFactory(failed=True).pk, by=UserFactory())


@act
def set_aside_document() -> Act:
    return partial(bringing.set_aside_document, BringingFactory(failed=True).pk, by=UserFactory())


@act
def bring_back_document() -> Act:
    mistaken = BringingFactory(failed=True, set_aside_at=LONG_AGO)
    return partial(bringing.bring_back_document, mistaken.pk, by=UserFactory())


@act
def choose_passages() -> Act:
    row = BringingFactory(ready=True)
    stances = {row.offers[0]["passage"]: Stance.SUPPORTS}
    return partial(choosing.choose_passages, row.pk, stances, wording=1, by=UserFactory())


@act
def quote_document() -> Act:
    row = BringingFactory(ready=True)
    return partial(
        choosing.quote_document, row.pk, 0, 23, Stance.SUPPORTS, wording=1, by=UserFactory()
    )
