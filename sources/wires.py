"""Which news agency a text is from, after its credit lines. Pure."""

import re

AGENCIES = {
    "Agence France-Presse": ("AFP", "Agence France-Presse"),
    "Associated Press": ("AP", "The Associated Press", "Associated Press"),
    "Deutsche Presse-Agentur": ("dpa", "DPA", "Deutsche Presse-Agentur"),
    "Kyodo News": ("Kyodo", "Kyodo News"),
    "PA Media": ("PA", "PA Media", "Press Association", "The Press Association"),
    "Reuters": ("Reuters", "Thomson Reuters"),
    "TASS": ("TASS", "Tass"),
    "United Press International": ("UPI", "United Press International"),
    "Xinhua": ("Xinhua",),
    "Yonhap": ("Yonhap", "Yonhap News Agency"),
}
"""News agencies, and what they are called in credit lines."""

EDGE = 600
"""Characters at either end of a document where credit lines stand."""

CALLED = {name: agency for agency, names in AGENCIES.items() for name in names}
_AGENCY = "|".join(re.escape(name) for name in sorted(CALLED, key=len, reverse=True))
_DATELINE = re.compile(rf"(?m)^[A-Z][^\n()]{{1,60}} \(({_AGENCY})\) ?[—–-]|^\(({_AGENCY})\) ?[—–-]")
_BYLINE = re.compile(rf"(?m)^(?:By |Source: |From )?({_AGENCY})$")
_RIGHTS = re.compile(rf"(?:©|\([Cc]\)|Copyright)\s?(?:\d{{4}},? )?({_AGENCY})\b")
_SIGNED_OFF = re.compile(r"\(?\b(?:Additional r|R)eporting by [^\n()]{3,200}; ?[Ee]diting by\b")


def behind(outlet: str, text: str) -> str:
    """The news agency behind a text: its outlet, or whom it credits; empty when there is none.

    >>> behind("AP", ""), behind("Port Times", "PARIS (AFP) - It rained."), behind("Port Times", "")
    ('Associated Press', 'Agence France-Presse', '')
    """
    return CALLED.get(outlet.strip(), "") or wire_credit(text)


def wire_credit(text: str) -> str:
    """The news agency that a document says it is from; empty when it names none.

    >>> wire_credit("SEOUL, South Korea (AP) — North Korea said on Tuesday ...")
    'Associated Press'
    >>> wire_credit("Our reporter. The Associated Press contributed to this report.")
    ''
    """
    top, end = text[:EDGE], text[-EDGE:]
    for pattern, part in ((_DATELINE, top), (_BYLINE, top), (_BYLINE, end), (_RIGHTS, end)):
        found = pattern.search(part)
        if found:
            return CALLED[next(group for group in found.groups() if group)]
    return "Reuters" if _SIGNED_OFF.search(end) else ""
