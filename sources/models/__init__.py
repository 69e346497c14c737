"""What was found, and where it stands."""

from sources.models.importing import Import
from sources.models.nearness import Nearness, nearness
from sources.models.outlet import Outlet, OutletKind
from sources.models.passage import Collection, Lexeme, MiniLMEmbedding, Passage
from sources.models.provider import OutsideProvider, ProviderAnswer, ProviderHour
from sources.models.source import Access, Snapshot, Source, SourceKind

__all__ = [
    "Access",
    "Collection",
    "Import",
    "Lexeme",
    "MiniLMEmbedding",
    "Nearness",
    "Outlet",
    "OutletKind",
    "OutsideProvider",
    "Passage",
    "ProviderAnswer",
    "ProviderHour",
    "Snapshot",
    "Source",
    "SourceKind",
    "nearness",
]
