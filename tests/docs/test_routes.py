"""docs/routes.md lists every address there is."""

from pathlib import Path

from factcheck.management.routes import routes_page

PAGE = Path(__file__).parents[2] / "docs" / "routes.md"


def test_the_page_of_addresses_is_current():
    assert PAGE.read_text() == routes_page(), "run ./dev manage write_docs"


def test_every_address_says_what_it_is():
    rows = [row for row in routes_page().splitlines() if row.startswith("| `/")]
    assert len(rows) > 10
    assert [row for row in rows if row.endswith("|  |")] == []
