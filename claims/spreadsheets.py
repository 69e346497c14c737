"""Rows for spreadsheets, as CSV of which no cell is taken for a formula."""

import csv
from collections.abc import Iterable, Iterator, Sequence

CONTENT_TYPE = "text/csv; charset=utf-8"

_MARK = "\ufeff"
"""Without it spreadsheets read UTF-8 as an older encoding."""
_BEGINS_A_FORMULA = tuple("=+-@\t\r\n＝＋－＠")
"""In some spreadsheet; the wide ones in those of East Asia."""


class _Lines:
    """A file that gives back what is written."""

    def write(self, line: str) -> str:
        return line


def lines(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The lines of the table, as the rows come. None is an empty cell.

    >>> "".join(lines(["claim", "pieces"], [["=1+1", 3], ["Yes", None]])).split()
    ['\\ufeffclaim,pieces', "'=1+1,3", 'Yes,']
    """
    writer = csv.writer(_Lines())
    yield _MARK + writer.writerow(header)
    for row in rows:
        yield writer.writerow([harmless(cell) if isinstance(cell, str) else cell for cell in row])


def harmless(cell: str) -> str:
    """The words of a cell, behind an apostrophe where a spreadsheet would take them for a formula.

    >>> harmless("@SUM(A1)"), harmless("2 + 2 = 4")
    ("'@SUM(A1)", '2 + 2 = 4')
    """
    return f"'{cell}" if cell.startswith(_BEGINS_A_FORMULA) else cell
