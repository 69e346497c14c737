"""The notices a publisher's endpoint is sent, as OpenAPI 3.1 describes them."""

from typing import Any

from claims.notices import MEANINGS, Notice

NAMES = {
    Notice.SUBMISSION_READY: ["submission"],
    Notice.SUBMISSION_FAILED: ["submission"],
    Notice.ARTICLE_DISCLOSED: ["article"],
    Notice.VERDICT_PUBLISHED: ["verdict", "claim", "article"],
    Notice.VERDICT_CORRECTED: ["verdict", "claim", "article"],
    Notice.VERDICT_WITHDRAWN: ["verdict", "claim", "article"],
    Notice.PING: ["endpoint"],
}
"""What each notice names."""
HEADERS = {
    "webhook-id": "The notice's own id, the same each time it is sent.",
    "webhook-timestamp": "When it is sent, in seconds since 1970.",
    "webhook-signature": "`v1,` and the base64 HMAC-SHA256 of `id.timestamp.body`; "
    "several are separated by a space.",
}


def with_webhooks(
    result: dict[str, Any], generator: object, request: object, public: bool
) -> dict[str, Any]:
    """Add what is told without being asked for."""
    result["components"]["parameters"] = {name: _header(name) for name in HEADERS}
    result["webhooks"] = {notice.value: _webhook(notice) for notice in Notice}
    return result


def _header(name: str) -> dict[str, Any]:
    return {
        "name": name,
        "in": "header",
        "required": True,
        "description": HEADERS[name],
        "schema": {"type": "string"},
    }


def _webhook(notice: Notice) -> dict[str, Any]:
    named = NAMES[notice]
    address = {} if notice == Notice.PING else {"url": {"type": "string", "format": "uri"}}
    row = {
        "type": "object",
        "required": ["id", *address],
        "properties": {"id": {"type": "string", "format": "uuid"}} | address,
    }
    body = {
        "type": "object",
        "required": ["type", "timestamp", "data"],
        "properties": {
            "type": {"type": "string", "const": notice.value},
            "timestamp": {"type": "string", "format": "date-time"},
            "data": {
                "type": "object",
                "required": named,
                "properties": dict.fromkeys(named, row),
            },
        },
    }
    return {
        "post": {
            "operationId": notice.value.replace(".", "_"),
            "summary": MEANINGS[notice],
            "description": "Sent to the endpoints that a moderator added for you, "
            "as Standard Webhooks 1.0 has it.",
            "parameters": [{"$ref": f"#/components/parameters/{name}"} for name in HEADERS],
            "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
            "responses": {
                "2XX": {"description": "It is taken."},
                "410": {"description": "Nobody listens any more: the endpoint is paused."},
            },
        }
    }
