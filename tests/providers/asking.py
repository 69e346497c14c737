"""Asking one adapter, at a server that answers as it is told to."""

from datetime import date

from sources.ports import Query
from tests.loopback import page
from tests.providers.apis import (
    CLAIM,
    adapter_at,
)

QUERY = Query(CLAIM, said_at=date(2020, 5, 21))


def search(name, answer, **options):
    with adapter_at(name, answer, **options) as adapter:
        return adapter.search(QUERY, 20)


def status(code, *headers):
    lines = [f"HTTP/1.1 {code} Whatever", "Content-Length: 0", *headers, "", ""]
    return lambda path: ["\r\n".join(lines).encode()]


def body(content, **about):
    return lambda path: [page(content, **about)]
