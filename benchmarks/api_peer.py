"""What ``benchmarks.api`` compares: an article, and its claims answered by nested serializers.

The peer is what Django REST framework offers for it: ModelSerializers over
prefetched rows, giving the same answer. It is a view of the same API, so
both sides pay for the same key, rate limit, middleware and log.
"""

# ruff: noqa: PLC0415 - models can be imported only once the servers are there

import secrets

CLAIMS, EVIDENCE_EACH = 20, 3
SENTENCE = "Forty boats left the harbour on Monday, officials of the port said, number {:02}."
PASSAGE = (
    "The count of the port authority for that Monday was 40 boats, as in the week before. " * 4
)


def fill() -> tuple[str, str]:
    """One publisher with one article; return its address and the raw key."""
    from claims import models
    from claims.actions.keys import digest_of
    from claims.models import PartyKind
    from claims.scopes import Scope
    from factcheck.models import ApiKey, Publisher, User
    from sources.models import Outlet, Passage, Snapshot, Source

    raw = secrets.token_urlsafe(50)
    reviewer = User.objects.create(username="ada")
    publisher = Publisher.objects.create(name="The Harbour Times")
    ApiKey.objects.create(
        publisher=publisher,
        prefix="fc_bench",
        digest=digest_of(raw),
        scopes=[Scope.CLAIMS_READ],
    )
    article = models.Article.objects.create(publisher=publisher, visibility="confidential")
    sentences = [SENTENCE.format(number) for number in range(CLAIMS)]
    text = "\n\n".join(sentences)
    version = models.ArticleVersion.objects.create(
        article=article,
        number=1,
        title="Forty boats",
        text=text,
        digest="a" * 64,
        extractor="as pasted",
        state="split",
        due_at=None,
    )
    models.Submission.objects.create(
        publisher=publisher, text=text, version=version, state="ready", due_at=None
    )
    outlets = [Outlet.objects.create(name=f"Outlet {n}", kind="news") for n in range(10)]
    party = models.Party.objects.create(name="officials of the port", kind=PartyKind.UNNAMED)
    for sentence in sentences:
        claim = models.Claim.objects.create(
            article=article,
            text=sentence,
            kind="quantity",
            check_worthiness=0.8,
            reasons=["number", "date"],
            claimant=party,
            splitter="bench",
        )
        start = text.index(sentence)
        place = models.Appearance.objects.create(
            claim=claim,
            version=version,
            quote=sentence,
            prefix=text[max(0, start - 32) : start],
            suffix=text[start + len(sentence) :][:32],
            start=start,
            end=start + len(sentence),
        )
        models.Attribution.objects.create(appearance=place, party=party, verb="said")
        search = models.Search.objects.create(claim=claim, wording=1, due_at=None)
        for number in range(EVIDENCE_EACH):
            source = Source.objects.create(
                url=f"https://outlet.example/{claim.pk}/{number}",
                title=f"Report {number} on boats",
                outlet=outlets[(claim.pk + number) % len(outlets)],
            )
            snapshot = Snapshot.objects.create(
                source=source,
                fetched_at="2026-01-01T00:00Z",
                digest="b" * 64,
                text=PASSAGE,
                extractor="bench",
            )
            passage = Passage.objects.create(
                snapshot=snapshot,
                start=0,
                end=len(PASSAGE),
                text=PASSAGE,
                digest="c" * 64,
                search="",
            )
            models.Evidence.objects.create(
                claim=claim,
                wording=1,
                search=search,
                source=source,
                passage=passage,
                passage_digest="c" * 64,
                machine_stance="supports",
                confidence=0.9,
                rationale_start=0,
                rationale_end=40,
                state="accepted",
                stance="supports",
                decided_by=reviewer,
            )
    return f"articles/{article.public_id}/versions/1/claims", raw


def peer_view():
    """The same answer by nested ModelSerializers."""
    from django.db.models import Prefetch
    from rest_framework import serializers
    from rest_framework.exceptions import NotFound
    from rest_framework.response import Response

    from claims import models
    from claims.api.offsets import Counted
    from claims.api.view import KeyView, key_of
    from claims.scopes import Scope
    from sources.models import Source

    def span(text, start, end):
        return None if start is None else Counted(text).span(start, end)

    class SourceSerializer(serializers.ModelSerializer):
        outlet = serializers.CharField(source="outlet.name")
        retracted = serializers.SerializerMethodField()

        class Meta:
            model = Source
            fields = ["title", "url", "outlet", "published_at", "kind", "retracted"]

        def get_retracted(self, source):
            return source.retracted_at is not None

    class EvidenceSerializer(serializers.ModelSerializer):
        id = serializers.UUIDField(source="public_id")
        reviewed = serializers.SerializerMethodField()
        confidence = serializers.SerializerMethodField()
        source = SourceSerializer()
        passage = serializers.CharField(source="passage.text")
        rationale = serializers.SerializerMethodField()

        class Meta:
            model = models.Evidence
            fields = [
                "id", "kind", "wording", "reviewed", "stance", "confidence", "relation",
                "publication", "source", "passage", "rationale",
            ]  # fmt: skip

        def get_reviewed(self, piece):
            return piece.state == "accepted"

        def get_confidence(self, piece):
            return None if piece.state == "accepted" else piece.confidence

        def get_rationale(self, piece):
            return span(piece.passage.text, piece.rationale_start, piece.rationale_end)

    class AttributionSerializer(serializers.ModelSerializer):
        party = serializers.CharField(source="party.name")
        party_kind = serializers.CharField(source="party.kind")

        class Meta:
            model = models.Attribution
            fields = [
                "party", "party_kind", "role", "described_as", "verb", "direct", "hedged", "via",
            ]  # fmt: skip

    class AppearanceSerializer(serializers.ModelSerializer):
        id = serializers.UUIDField(source="public_id")
        version = serializers.IntegerField(source="version.number")
        span = serializers.SerializerMethodField()
        attributions = AttributionSerializer(many=True)

        class Meta:
            model = models.Appearance
            fields = [
                "id", "version", "anchor", "quote", "prefix", "suffix", "span", "attributions",
            ]  # fmt: skip

        def get_span(self, place):
            return span(place.version.text, place.start, place.end)

    class PartySerializer(serializers.ModelSerializer):
        class Meta:
            model = models.Party
            fields = ["name", "kind"]

    class VerdictSerializer(serializers.ModelSerializer):
        id = serializers.UUIDField(source="public_id")

        class Meta:
            model = models.Verdict
            fields = ["id", "rating", "rating_label"]

    class ClaimSerializer(serializers.ModelSerializer):
        id = serializers.UUIDField(source="public_id")
        article = serializers.UUIDField(source="article.public_id")
        outcome = serializers.SerializerMethodField()
        dismissal = serializers.SerializerMethodField()
        on_desk = serializers.BooleanField(source="desk")
        check_worthiness = serializers.SerializerMethodField()
        claimant = PartySerializer()
        verdict = serializers.SerializerMethodField()
        appearances = AppearanceSerializer(many=True)
        evidence = EvidenceSerializer(many=True)

        class Meta:
            model = models.Claim
            fields = [
                "id", "article", "text", "wording", "kind", "target", "state", "outcome",
                "dismissal", "on_desk", "check_worthiness", "needs_context", "said_at",
                "claimant", "verdict", "appearances", "evidence",
            ]  # fmt: skip

        def get_outcome(self, claim):
            return claim.outcome or None

        def get_dismissal(self, claim):
            return claim.dismissal or None

        def get_check_worthiness(self, claim):
            return {"score": round(claim.check_worthiness, 3), "reasons": claim.reasons}

        def get_verdict(self, claim):
            return next((VerdictSerializer(verdict).data for verdict in claim.verdicts.all()), None)

    class PeerView(KeyView):
        scopes = {"GET": Scope.CLAIMS_READ}

        def get(self, request, article_id, number):
            version = models.ArticleVersion.objects.filter(
                article__public_id=article_id,
                number=number,
                submissions__publisher=key_of(request).publisher,
            ).first()
            if version is None:
                raise NotFound
            evidence = models.Evidence.objects.accepted().select_related(
                "source__outlet", "passage"
            )
            places = (
                models.Appearance.objects.filter(version=version)
                .select_related("version")
                .prefetch_related("attributions__party")
            )
            claims = (
                models.Claim.objects.filter(appearances__version=version)
                .select_related("article", "claimant")
                .prefetch_related(
                    Prefetch("evidence", evidence.order_by("-confidence", "pk")),
                    Prefetch("appearances", places),
                    Prefetch("verdicts", models.Verdict.objects.filter(state="published")),
                )
                .order_by("appearances__start")
            )
            return Response(
                {
                    "article": article_id,
                    "version": number,
                    "state": version.state,
                    "claims": ClaimSerializer(claims, many=True).data,
                }
            )

    return PeerView.as_view()


def install() -> None:
    """Serve the peer below ``/peer/``."""
    from django.urls import path

    from factcheck import urls

    urls.urlpatterns.insert(
        0, path("peer/articles/<uuid:article_id>/versions/<int:number>/claims", peer_view())
    )
