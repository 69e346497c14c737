"""Publishers and their keys, as the tests of the API need them."""

import pytest

from tests.api.asking import Asking, asking


@pytest.fixture
def api(db: None) -> Asking:
    """A publisher that asks with a key that opens everything."""
    return asking()


@pytest.fixture
def other(db: None) -> Asking:
    """Another publisher."""
    return asking()
