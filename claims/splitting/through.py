"""Say who is heard through whom: a speaker within what another says."""

from collections.abc import Sequence
from dataclasses import replace

from claims.splitting.gender import gender_of
from claims.splitting.results import Attribution
from claims.splitting.saying import Saying
from claims.splitting.spans import is_in_quotation


def said_through(
    sayings: Sequence[tuple[Saying, Attribution]], speaker: Attribution | None, *, marked: bool
) -> tuple[tuple[Saying, Attribution], ...]:
    """Whoever is told of in somebody's own words is heard through that speaker."""
    return tuple(
        (saying, replace(told, via=speaker.name))
        if speaker is not None
        and not told.via
        and told.name != speaker.name
        and (is_in_quotation(saying.verb) or not marked)
        else (saying, told)
        for saying, told in sayings
    )


def of_himself(
    saying: Saying, attribution: Attribution, outer: Sequence[tuple[Saying, Attribution]]
) -> Attribution:
    """Who says something within what somebody says: "Lee said he hopes", "aides say they think".

    A pronoun there means whoever speaks, or somebody of whom nothing is known.
    """
    if saying.source is None or saying.source.lower_ not in {"he", "she", "they"}:
        return attribution
    inside = {t.i for t in saying.verb.ancestors}
    told, above = next(((s, a) for s, a in reversed(outer) if s.verb.i in inside), (None, None))
    if told is None or above is None:
        return attribution
    single = saying.source.lower_ != "they"
    if single and told.source is not None and told.source.tag_ in {"NNS", "NNPS"}:
        return attribution  # "sources close to Lee say he thinks P"
    other = single and gender_of(above.name) not in {"", saying.source.lower_}
    name = saying.source.text if other else above.name
    return replace(attribution, name=name, named=above.named and not other)
