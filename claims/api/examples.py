"""Requests and answers that the documentation shows."""

from drf_spectacular.utils import OpenApiExample

ID = "019ab2c4-7f30-7cc1-9d3e-5b0f4f8e2a11"
ARTICLE = "019ab2c4-81aa-7f02-b7a4-0d9e6c1b3f52"
CLAIM = "019ab2c4-86c9-7b55-8a10-c2f7d4e9b083"
LOCATION = f"https://check.example/api/v1/submissions/{ID}"

_TAKEN_IN = {
    "id": ID,
    "location": LOCATION,
    "state": "received",
    "done": False,
    "error": "",
    "external_id": "story-4711",
    "url": "",
    "title": "",
    "outlet": "The Harbour Times",
    "published_at": "2026-11-24",
    "purpose": "pre_publication",
    "visibility": "confidential",
    "reason": "",
    "deadline": "2030-11-24T17:00:00Z",
    "created_at": "2026-11-24T09:30:00Z",
    "version": None,
}
_SPLIT = {
    "article": ARTICLE,
    "number": 2,
    "title": "Forty boats at sea",
    "state": "split",
    "error": "",
}
_CHANGED = {
    "id": CLAIM,
    "text": "Forty boats left the harbour.",
    "anchor": "moved",
    "quote": "Forty boats have left the harbour",
    "earlier_quote": "Forty boats left the harbour",
}

HAND_IN = OpenApiExample(
    "A text before publication",
    value={
        "text": "Forty boats at sea\n\nForty boats left the harbour, officials said.",
        "external_id": "story-4711",
        "outlet": "The Harbour Times",
        "published_at": "2026-11-24",
        "purpose": "pre_publication",
        "deadline": "2030-11-24T17:00:00Z",
    },
    request_only=True,
)
HAND_IN_URL = OpenApiExample(
    "A public page",
    value={"url": "https://harbour-times.example/boats", "visibility": "public"},
    request_only=True,
)
HANDED_IN = OpenApiExample("Taken in", value=_TAKEN_IN, response_only=True, status_codes=["202"])
LISTED = OpenApiExample(
    "A page",
    value=_TAKEN_IN,
    response_only=True,
)
FOLLOWED = OpenApiExample(
    "A second version, split",
    value={
        **_TAKEN_IN,
        "state": "ready",
        "done": True,
        "version": _SPLIT,
        "changes": {"carried": [], "changed": [_CHANGED], "gone": [], "new": []},
    },
    response_only=True,
)
