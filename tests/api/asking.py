"""A publisher that asks the API."""

from collections.abc import Collection

from django.http import HttpResponse
from django.test import Client

from claims.actions.keys import issue_key
from claims.scopes import Scope
from factcheck.models import ApiKey, Publisher
from tests.factories import PublisherFactory, UserFactory


class Asking:
    """A client that sends a key with each request."""

    def __init__(self, key: ApiKey, raw: str) -> None:
        self.key = key
        self.raw = raw
        self._client = Client(headers={"Authorization": f"Bearer {raw}"})

    @property
    def publisher(self) -> Publisher:
        return self.key.publisher

    def get(self, path: str, **parameters: object) -> HttpResponse:
        return self._client.get(f"/api/v1/{path}", parameters)

    def post(self, path: str, body: object, **headers: str) -> HttpResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self._client.post(
            f"/api/v1/{path}", body, content_type="application/json", headers=named
        )


def asking(
    publisher: Publisher | None = None, *, scopes: Collection[str] = tuple(Scope), **columns: object
) -> Asking:
    """A client with a new key of the publisher's."""
    publisher = publisher or PublisherFactory()
    key, raw = issue_key(publisher.pk, label="Desk", scopes=scopes, by=UserFactory())
    if columns:
        ApiKey.objects.filter(pk=key.pk).update(**columns)
        key.refresh_from_db()
    return Asking(key, raw)
