"""docs/states.md is what the code says."""

from pathlib import Path

from factcheck.management.commands.write_docs import states_page

PAGE = Path(__file__).parents[2] / "docs" / "states.md"


def test_the_page_of_states_is_current():
    assert PAGE.read_text() == states_page(), "run ./dev manage write_docs"


def test_every_state_has_a_meaning():
    assert "|  |" not in states_page()
    assert ": \n" not in states_page()


def test_the_page_names_what_only_triggers_refuse():
    page = states_page()
    for name in ("verdict_published_was_approved", "event_is_append_only", "passage_is_verbatim"):
        assert f"*`{name}`*" in page
