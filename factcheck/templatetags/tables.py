"""Tables of the administration, as templates write them."""

from collections.abc import Iterator, Mapping, Sequence

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst

register = template.Library()


@register.filter
def under(
    cells: Sequence[SafeString], columns: Sequence[Mapping[str, str]]
) -> Iterator[SafeString]:
    """The cells of a row, each carrying its column's heading, which narrow screens show beside it.

    >>> list(under([SafeString('<td class="field-kind">News</td>')], [{"text": "kind"}]))
    ['<td data-heading="Kind" class="field-kind">News</td>']
    """
    for cell, column in zip(cells, columns, strict=True):
        tag, rest = cell.split(" ", 1)
        yield format_html(
            '{} data-heading="{}" {}', SafeString(tag), capfirst(column["text"]), SafeString(rest)
        )
