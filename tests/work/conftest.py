"""What tests of the pipeline start from."""

import pytest

from sources import registry
from sources.actions import read_snapshots
from sources.stance.lexical import LexicalStance
from sources.storing import Document, store_documents
from tests.outward import Outward
from tests.work.receiver import receiver  # noqa: F401 - a fixture
from tests.work.sites import site  # noqa: F401 - a fixture

HARBOUR = """Forty boats left the harbour

Forty boats left Portsea harbour on Monday, the coastguard said. The harbour was built in 1902.

Fishing quotas fell by 12% in 2023."""

LIBRARY = [
    Document(
        title="Port log of Portsea",
        outlet="Portsea Port Authority",
        url="https://port.example/log",
        text="The port log of Monday counts thirty boats that left Portsea harbour.\n\n"
        "No ferry sailed on that day because of the storm.",
    ),
    Document(
        title="A short history of Portsea",
        outlet="Harbour Museum",
        url="https://museum.example/history",
        text="The county built the harbour of Portsea in 1902 and gave it two piers.",
    ),
    Document(
        title="Bread in the north",
        outlet="The Northern Table",
        url="https://table.example/bread",
        text="Rye bread is baked in the north with honey and caraway.",
    ),
]


@pytest.fixture
def outward(monkeypatch: pytest.MonkeyPatch) -> Outward:
    """Every attempt to leave this machine, recorded and refused."""
    record = Outward()
    record.watch(monkeypatch)
    return record


@pytest.fixture
def library(db: None) -> None:
    """Three documents: one denies a claim of HARBOUR, one bears another out, one is on bread."""
    read_snapshots(store_documents(LIBRARY), registry.encoder())


@pytest.fixture
def word_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passages are read by word rules, which take no time and judge the same every time."""
    monkeypatch.setattr(registry, "stance_model", LexicalStance)
