"""What was found, and where it stands."""

from sources.models.archiving import Archiving
from sources.models.check import CheckFeed, PriorCheck
from sources.models.importing import Import
from sources.models.nearness import Nearness, nearness
from sources.models.outlet import NOT_KNOWN, Outlet, OutletKind
from sources.models.passage import (
    Collection,
    Encoding,
    EncodingState,
    Lexeme,
    MiniLMEmbedding,
    Passage,
    PassageEmbedding,
    Unembedded,
    embeddings_of,
)
from sources.models.provider import OutsideProvider, ProviderAnswer, ProviderHour
from sources.models.recalibration import Recalibration
from sources.models.source import Access, Snapshot, Source, SourceKind
from sources.models.watching import Feed, FeedKind, Page, PageState

__all__ = [
    "NOT_KNOWN",
    "Access",
    "Archiving",
    "CheckFeed",
    "Collection",
    "Encoding",
    "EncodingState",
    "Feed",
    "FeedKind",
    "Import",
    "Lexeme",
    "MiniLMEmbedding",
    "Nearness",
    "Outlet",
    "OutletKind",
    "OutsideProvider",
    "Page",
    "PageState",
    "Passage",
    "PassageEmbedding",
    "PriorCheck",
    "ProviderAnswer",
    "ProviderHour",
    "Recalibration",
    "Snapshot",
    "Source",
    "SourceKind",
    "Unembedded",
    "embeddings_of",
    "nearness",
]
