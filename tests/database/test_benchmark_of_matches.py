"""The benchmark of matches fills its tables as they are now."""

import pytest

from benchmarks.matching import publish
from claims.models import MatchEntry, Verdict


@pytest.mark.django_db
def test_each_document_is_a_published_verdict_that_is_found_by_its_words():
    docs = [
        {"doc_id": name, "claim": f"{name} boats left.", "title": "Boats"}
        for name in ("Forty", "Six")
    ]
    document_of = publish(docs)
    told = {verdict.pk: verdict.claim_text.split()[0] for verdict in Verdict.objects.all()}
    assert document_of == told
    assert all("boat" in entry.search for entry in MatchEntry.objects.all())
    assert MatchEntry.objects.count() == 2
