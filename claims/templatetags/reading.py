"""How stored things are put into words on a page."""

from collections.abc import Iterable, Mapping
from datetime import date

from django import template
from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from claims.actions.gates import WAIVERS
from claims.markdown import rendered
from claims.models import Evidence
from claims.ratings import SCALES, Scale
from claims.reading import desk
from claims.reading.beside import Beside, beside, words_of
from claims.reading.claim import ClaimPage
from claims.reading.desk import Waiting
from claims.reading.evidence import is_shown, withheld
from claims.reading.record import came_by
from claims.reading.silence import why_silent
from claims.reading.verdict_parts import what_is_cited
from factcheck.models import User
from sources import registry
from sources.models import Source, nearness
from sources.origins import Origin

register = template.Library()

QUOTATION_MARKS = frozenset('"“”„«»')
SURENESS = ((0.95, "almost certainly"), (0.8, "likely"), (0.0, "perhaps"))
"""Least calibrated confidence at which a machine's stance is put in these words."""


@register.simple_tag
def waiting_for(person: User) -> Waiting:
    """How much waits for a person."""
    return desk.waiting_for(person)


@register.simple_tag
def pieces(evidence: Evidence) -> list[tuple[str, bool]]:
    """The passage in up to three pieces, each with whether it is the rationale."""
    text = evidence.passage.text if evidence.passage else evidence.body
    start, end = evidence.rationale_start, evidence.rationale_end
    if start is None or end is None:
        return [(text, False)]
    cut = [(text[:start], False), (text[start:end], True), (text[end:], False)]
    return [piece for piece in cut if piece[0]]


@register.simple_tag
def compared(page: ClaimPage, evidence: Evidence) -> Beside:
    """The claim's figures and the article's quotations beside the evidence."""
    return beside(page.claim.text, page.quotations, words_of(evidence))


@register.filter
def sureness(confidence: float) -> str:
    """Words for a confidence between 0 and 1.

    >>> sureness(0.87)
    'likely'
    """
    return next(words for least, words in SURENESS if confidence >= least)


@register.filter
def called(provider: str) -> str:
    """What people call a provider.

    >>> called("europe_pmc")
    'Europe PMC'
    """
    return registry.LABELS.get(provider, provider)


@register.filter
def silent(asked: Iterable[Mapping[str, str]]) -> list[Mapping[str, str]]:
    """The providers among those a search asked that did not answer."""
    return [each for each in asked if each["error"]]


register.filter(came_by)
register.filter(what_is_cited)
register.filter(why_silent)
register.filter(withheld)
register.filter(is_shown)


@register.filter
def of(found: Mapping[int, Origin], evidence: Evidence) -> Origin | None:
    """The origin of a piece of evidence; None for a record made by hand."""
    return found.get(evidence.pk)


@register.filter
def near(source: Source) -> str:
    """How near a source is to what it tells of, and why."""
    how, why = nearness(source)
    return f"{how.label}: {why}"


@register.filter
def percent(part: int, whole: int) -> int:
    """``part`` of ``whole`` in hundredths; 0 of nothing.

    >>> percent(1, 3)
    33
    """
    return 100 * part // whole if whole else 0


@register.filter
def markdown(text: str) -> SafeString:
    """An explanation as safe HTML."""
    return mark_safe(rendered(text))  # noqa: S308 - rendered() lets only harmless tags through


@register.filter
def in_quotation_marks(words: str) -> str:
    """Words between quotation marks, unless they bring some: then they are told as they stand.

    >>> in_quotation_marks("Forty boats left.")
    '“Forty boats left.”'
    >>> in_quotation_marks("“Forty boats left,” she said.")
    '“Forty boats left,” she said.'
    """
    return words if QUOTATION_MARKS & set(words) else f"“{words}”"


@register.filter
def day(told: str) -> date:
    """A day as JSON tells it.

    >>> day("2026-11-24")
    datetime.date(2026, 11, 24)
    """
    return date.fromisoformat(told)


@register.filter
def scale(code: str) -> Scale:
    """The scale a verdict's rating is of."""
    return SCALES[code]


@register.filter
def label_on(rating: str, code: str) -> str:
    """A rating in words, as on a scale if that has it: the scale may be another by now.

    >>> label_on("mostly_false", "politifact"), label_on("mixed", "politifact")
    ('Mostly False', 'Mixed')
    """
    scales = (SCALES[code], *SCALES.values())
    return next(each.label for one in scales for each in one.ratings if each.code == rating)


@register.simple_tag
def organisation_name() -> str:
    """Who publishes here, for pages that no view of ours renders."""
    return settings.ORGANISATION


@register.filter
def waiver_reason(code: str) -> str:
    """The public reason for publishing with a gate closed."""
    return WAIVERS[code]


@register.filter
def side_of(sent: Mapping[str, str], passage: int) -> str:
    """The side that was chosen for a passage offered, in a form that was sent; empty if none."""
    return sent.get(f"stance-{passage}", "")
