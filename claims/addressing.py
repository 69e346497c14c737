"""Whom a note addresses: the user names behind an @ in its words."""

import re
from collections.abc import Collection, Iterable, Mapping

_NAME = re.compile(r"(?<![\w.@+-])@([\w.@+-]*\w)")
"""Not the end of an e-mail address, and without the full stop of a sentence."""


def names_in(text: str) -> list[str]:
    """The names a text addresses, each once, as they were first written.

    >>> names_in("@ada, is that so? Ask jo@port.example or @ben.")
    ['ada', 'ben']
    >>> names_in("@ben@desk.example: @Ada and @ada")
    ['ben@desk.example', 'Ada']
    """
    found = {name.casefold(): name for name in reversed(_NAME.findall(text))}
    return list(found.values())[::-1]


def meant(names: Iterable[str], usernames: Iterable[str]) -> dict[str, str]:
    """The user name each of these names stands for; nothing for a name that is nobody's.

    Who logs in with an e-mail address is addressed by what stands before its @,
    unless somebody else is called that too.

    >>> meant(["Ada", "ben", "eve"], ["ada", "ben@desk.example", "eve@a.example", "eve@b.example"])
    {'Ada': 'ada', 'ben': 'ben@desk.example'}
    """
    whole: dict[str, str] = {}
    begin: dict[str, list[str]] = {}
    for username in usernames:
        whole[username.casefold()] = username
        begin.setdefault(username.casefold().partition("@")[0], []).append(username)
    found = {}
    for name in names:
        key = name.casefold()
        alone = begin.get(key, [])
        username = whole.get(key) or (alone[0] if len(alone) == 1 else "")
        if username:
            found[name] = username
    return found


def shortest(usernames: Collection[str]) -> dict[str, str]:
    """The shortest name that addresses each of these, where any does.

    >>> shortest(["ada", "ben@desk.example", "eve@a.example", "eve", "jo-"])
    {'ada': 'ada', 'ben@desk.example': 'ben', 'eve@a.example': 'eve@a.example', 'eve': 'eve'}
    """
    found: dict[str, str] = {}
    for username in usernames:
        for name in (username.partition("@")[0], username):
            if meant(names_in(f"@{name}"), usernames) == {name: username}:
                found.setdefault(username, name)
    return found


def pieces(text: str, addressed: Mapping[str, str]) -> list[tuple[str, str]]:
    """The text in pieces, each with the user name it addresses, or none.

    ``addressed`` is what ``meant`` found.

    >>> pieces("Ask @ada or @eve.", {"ada": "ada"})
    [('Ask ', ''), ('@ada', 'ada'), (' or @eve.', '')]
    """
    known = {name.casefold(): username for name, username in addressed.items()}
    cut, last = [], 0
    for found in _NAME.finditer(text):
        username = known.get(found[1].casefold(), "")
        if not username:
            continue
        if found.start() > last:
            cut.append((text[last : found.start()], ""))
        cut.append((found[0], username))
        last = found.end()
    return [*cut, (text[last:], "")] if last < len(text) else cut
