"""From an article to single claims, each at its exact words: no database, no network."""

from claims.kinds import Kind, Placement, Role, Target
from claims.splitting.results import (
    Attribution,
    Block,
    Dropped,
    FoundClaim,
    NothingToSplit,
    Splitting,
)
from claims.splitting.splitter import ENGINE, split_article

__all__ = [
    "ENGINE",
    "Attribution",
    "Block",
    "Dropped",
    "FoundClaim",
    "Kind",
    "NothingToSplit",
    "Placement",
    "Role",
    "Splitting",
    "Target",
    "split_article",
]
