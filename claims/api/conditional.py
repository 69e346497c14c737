"""Answers that whoever polls need not read twice: an ETag, and 304 while nothing changed."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

import orjson
from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse
from rest_framework.request import Request

MEDIA_TYPE = "application/json"

POLLING = "Send the `ETag` of the last answer in `If-None-Match` to be told that nothing changed."
UNCHANGED = OpenApiResponse(description="Nothing changed since the answer with this `ETag`.")
IF_NONE_MATCH = OpenApiParameter(
    "If-None-Match", str, OpenApiParameter.HEADER, description="The `ETag` of an earlier answer."
)


def answered(
    request: Request,
    content: Any,
    *,
    media_type: str = MEDIA_TYPE,
    headers: Mapping[str, str] | None = None,
) -> HttpResponse:
    """The content as JSON, or 304 if ``If-None-Match`` names it as it is; both with ``headers``.

    The ETag is a digest of the bytes, so that it changes with whatever the
    answer tells and with nothing else.
    """
    body = orjson.dumps(content, option=orjson.OPT_UTC_Z)
    etag = f'"{sha256(body).hexdigest()[:32]}"'
    response = HttpResponse(
        body,
        content_type=media_type,
        # Kept by nobody but the one who asked, and asked about each time.
        headers={"ETag": etag, "Cache-Control": "private, no-cache"},
    )
    told = get_conditional_response(request, etag=etag, response=response) or response
    for name, value in (headers or {}).items():
        told.headers[name] = value
    return told
