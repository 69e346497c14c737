"""Who says a claim, as a form sends it."""

from django.http.request import QueryDict

from claims.actions.attributing import Voice
from claims.actions.refusals import Refused
from claims.kinds import OWN_VOICE
from claims.models import PartyKind
from claims.reading.claim import ClaimPage
from claims.views.acts import told

VOICE_TYPED = {
    "name": "Their name, or what the article calls them",
    "described_as": "Title or affiliation",
    "via": "Go-between, if somebody else passed it on",
}
"""What a person types about who says a claim."""


VOICES = [
    (OWN_VOICE, "The article itself"),
    (PartyKind.PERSON, "A person it names"),
    (PartyKind.BODY, "An organisation or body it names"),
    (PartyKind.UNKNOWN, "Somebody it names: a person or a body, not known which"),
    (PartyKind.UNNAMED, "Somebody it does not name"),
]
"""Who may say a claim, as forms offer it."""


def voice_in_words(sent: QueryDict) -> dict[str, str]:
    """What was chosen about who says it."""
    direct = {"In their own words": "Yes" if "direct" in sent else "No"}
    return told(VOICES, sent.get("voice", ""), "Who says it") | direct


def voice_typed(sent: QueryDict) -> dict[str, object]:
    """What the fields about who says it hold after they were sent in vain."""
    typed = {name: sent.get(name, "") for name in VOICE_TYPED}
    return {"options": VOICES, "chosen": sent.get("voice", ""), "direct": "direct" in sent, **typed}


def voice_told(page: ClaimPage) -> dict[str, object]:
    """What the fields about who says it hold at first: who is said to say the claim."""
    said, claimant = page.said, page.claim.claimant
    return {
        "options": VOICES,
        "chosen": page.voice,
        "name": claimant.name if claimant else "",
        "described_as": said.described_as if said else "",
        "via": said.via if said else "",
        "direct": said.direct if said else False,
    }


def voice_in(sent: QueryDict, *, was: str = "") -> Voice:
    """Who says it; raise Refused if the form does not tell.

    ``was`` is the name the form had from the start: nobody typed it.
    """
    voice = sent.get("voice", "")
    if voice not in dict(VOICES):
        raise Refused("Choose who says it: the article itself, or somebody in it.", "voice")
    if voice == OWN_VOICE:
        _check_nobody_typed(sent, was)
        return Voice()
    if not sent.get("name", "").strip():
        raise Refused(
            "Type who says it: a name as printed, or what the article calls them, such as"
            " “officials”.",
            "name",
        )
    return Voice(
        sent.get("name", ""),
        kind=PartyKind(voice),
        described_as=sent.get("described_as", ""),
        via=sent.get("via", ""),
        direct="direct" in sent,
    )


def _check_nobody_typed(sent: QueryDict, was: str) -> None:
    """Raise Refused if somebody was named and the article itself is chosen."""
    typed = {sent.get(name, "").strip() for name in (["name"] if was else VOICE_TYPED)}
    if typed - {"", was}:
        raise Refused(
            "You typed who says it and chose the article itself. Choose a person, a body or"
            " somebody else; or empty the name, the title and the go-between.",
            "voice",
        )
