"""A request that may be repeated: the same ``Idempotency-Key`` has the same answer.

The answer is stored in the transaction of what the request did: either both
are there or neither is. While one request is being answered, an advisory
lock keeps its repetitions away; a process that dies lets go of it.
"""

import json
import re
from collections.abc import Callable
from hashlib import sha256

from django.db import connection, transaction
from rest_framework.request import Request
from rest_framework.response import Response

from claims.api.problems import ParameterInvalid, Problem
from claims.api.view import key_of
from claims.models import IdempotencyKey
from factcheck.locks import Lock
from factcheck.models import Publisher

HEADER = "Idempotency-Key"
KEY = re.compile(r"[!-~]{1,255}")
KEPT_HEADERS = ("Location", "Retry-After")


def once(request: Request, respond: Callable[[], Response]) -> Response:
    """Answer the request, or say again what it was answered before.

    Only what succeeded is kept: after a refusal the same key may be sent
    with a better body.
    """
    name = request.headers.get(HEADER)
    if name is None:
        return respond()
    if not KEY.fullmatch(name):
        raise ParameterInvalid(HEADER, f"{HEADER} is 1 to 255 printable ASCII characters.")
    publisher = key_of(request).publisher
    digest = _digest(request)
    with transaction.atomic():
        if not _lock(publisher, name):
            raise Problem("idempotency_key_in_use", "The first request is still being answered.")
        same = IdempotencyKey.objects.filter(publisher=publisher, key=name)
        same.expired().delete()
        before = same.first()
        if before is None:
            response = respond()
            IdempotencyKey.objects.create(
                publisher=publisher,
                api_key=key_of(request),
                key=name,
                request_digest=digest,
                status=response.status_code,
                headers={kept: response[kept] for kept in KEPT_HEADERS if kept in response},
                answer=response.data,
            )
            return response
    if before.request_digest != digest:
        raise Problem(
            "idempotency_key_reused", f"{HEADER} {name} came with another body before; take a new."
        )
    again = {**before.headers, "Idempotency-Replayed": "true"}
    return Response(before.answer, status=before.status, headers=again)


def _digest(request: Request) -> str:
    """The SHA-256 of what is asked, however its JSON is laid out."""
    asked = [request.method, request.path, request.data]
    return sha256(json.dumps(asked, sort_keys=True).encode()).hexdigest()


def _lock(publisher: Publisher, name: str) -> bool:
    number = int.from_bytes(sha256(f"{publisher.pk}:{name}".encode()).digest()[:4], signed=True)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_try_advisory_xact_lock(%s, %s)", [Lock.SAME_REQUEST.value, number]
        )
        return bool(cursor.fetchone()[0])
