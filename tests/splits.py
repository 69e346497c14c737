"""What a splitter might have found, for tests of what is made of it."""

from collections.abc import Iterable, Sequence

from claims.actions.splitting import Split
from claims.carrying import Carried
from claims.kinds import Kind
from claims.models import Appearance, ArticleVersion
from claims.splitting.results import Attribution, FoundClaim


def found_claim(
    version: ArticleVersion,
    quote: str,
    *,
    text: str = "",
    kind: Kind = Kind.QUANTITY,
    said_by: str = "",
    **attribution: object,
) -> FoundClaim:
    """A claim whose words ``version`` prints."""
    start = version.text.index(quote)
    return FoundClaim(
        start=start,
        end=start + len(quote),
        quote=quote,
        text=text or f"{quote}.",
        kind=kind,
        check_worthiness=0.5,
        attribution=Attribution(**({"name": said_by, "named": True} | attribution))
        if said_by
        else None,
    )


def split_of(
    *new: FoundClaim, carried: Sequence[Carried] = (), earlier: Iterable[Appearance] = ()
) -> Split:
    return Split(
        new=new,
        carried=carried,
        dropped=(),
        blocks=((0, 18, "headline"),),
        engine="test",
        earlier=frozenset(place.pk for place in earlier),
    )
