"""How near a source is to what it tells of: proposed, with the reason."""

from django.db import models

from sources.models.outlet import OutletKind
from sources.models.source import Source, SourceKind


class Nearness(models.TextChoices):
    """Whether a source is the thing itself, tells of it, or retells what others told."""

    PRIMARY = "primary", "Primary"
    SECONDARY = "secondary", "Secondary"
    TERTIARY = "tertiary", "Tertiary"


_THE_THING_ITSELF = {
    SourceKind.DATASET: "the figures themselves",
    SourceKind.LAW: "the law or ruling itself",
    SourceKind.TRANSCRIPT: "the words as they were said",
    SourceKind.REPORT: "a report of who looked into it",
}
_RETELLERS = {
    OutletKind.REFERENCE: "a reference work",
    OutletKind.FACT_CHECKER: "tells what others found out",
}


def nearness(source: Source) -> tuple[Nearness, str]:
    """How near ``source`` is, by its kind and its outlet's, and why in a few words."""
    kind = SourceKind(source.kind)
    if kind in _THE_THING_ITSELF:
        return Nearness.PRIMARY, _THE_THING_ITSELF[kind]
    outlet = OutletKind(source.outlet.kind)
    if kind == SourceKind.REFERENCE:
        return Nearness.TERTIARY, _RETELLERS[OutletKind.REFERENCE]
    if outlet in _RETELLERS:
        return Nearness.TERTIARY, _RETELLERS[outlet]
    of_what = "" if outlet == OutletKind.OTHER else f", {outlet.label.lower()}"
    return Nearness.SECONDARY, f"{kind.label.lower()}{of_what}"
