"""What somebody wrote into a form that was refused, carried until it can be sent again."""

import re
from dataclasses import asdict, dataclass
from typing import Self

from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve, reverse

FIELD = "kept"
MOST = 500_000
"""Characters that are carried: the longest article that may be pasted, with room around it."""
AGE = 24 * 60 * 60  # seconds

_VOICE = {
    "name": "Their name, or what the article calls them",
    "described_as": "Title or affiliation",
    "via": "Go-between, if somebody else passed it on",
}
_DRAFT = {
    "note": "What is corrected, in public",
    "summary": "In one or two sentences",
    "explanation": "Explanation",
    "gaps": "What could not be found",
    "waiver_note": "Note on publishing with one source",
}

WORDS = {
    "hand_in": {
        "text": "The article's text",
        "url": "Or its address",
        "outlet": "Outlet",
        "title": "Headline, if the text has none",
        "reason": "Note to the reviewers",
    },
    "deadline": {"reason": "Why it is changed"},
    "mark": {
        "quote": "The article's words that make it",
        "text": "Wording that stands alone, if it differs",
        **_VOICE,
    },
    "set_aside_article": {"reason": "Why nobody shall check it"},
    "reword": {"text": "Wording that stands alone"},
    "attribute": _VOICE,
    "split": {"text": "Wording that stands alone", "quote": "Its words in the article"},
    "dismiss": {"note": "Note"},
    "close": {"note": "Note"},
    "add_evidence": {"title": "Title", "body": "What it is and what it shows"},
    "bring": {"url": "Address of a page or document", "outlet": "Who published it"},
    "quote": {"quote": "Words of the document"},
    "reject": {"reason": "Why it does not count"},
    "relate": {"reason": "Why"},
    "ask_for_reply": {"asked": "Who was asked"},
    "record_reply": {"answer": "Their answer, in their words"},
    "ask_nobody": {"reason": "Why nobody is asked"},
    "report_error": {
        "words": "What is wrong, and how you know",
        "url": "Web address where that can be seen",
        "name": "Your name",
        "email": "Your e-mail address",
    },
    "turn_down": {"reason": "Why it does not hold"},
    "write_note": {"note": "Note to colleagues"},
    "reword_note": {"text": "What the note says"},
    "hand_over": {"why": "Why, if it needs saying"},
    "save_verdict": _DRAFT,
    "discard_draft": _DRAFT,
    "approve": {"comment": "Comment"},
    "send_back": {"comment": "What should change"},
    "correct": {"note": "What is corrected, in public"},
    "withdraw": {"note": "Why it is withdrawn, in public"},
}
"""Fields that people write into, by the name of the address, as their forms call them.

What they choose is carried unseen.
"""

_PART = re.compile(r"(\w+)-(\d)")
_SECRET = re.compile("password|csrfmiddlewaretoken|^next$")


@dataclass(frozen=True, slots=True)
class Kept:
    """A form that was sent: where to, and its fields; never a password, of files the names."""

    path: str
    fields: list[tuple[str, str]]
    files: list[str]

    @classmethod
    def of(cls, request: HttpRequest) -> Self | None:
        """What a refused request sent; of the log-in form, what that carries, if anything."""
        if request.path == reverse("login"):
            return cls.unpacked(request.POST.get(FIELD, ""))
        fields = [
            (name, value)
            for name, values in request.POST.lists()
            for value in values
            if not _SECRET.search(name)
        ]
        return cls(request.path, fields, list(request.FILES))

    @classmethod
    def unpacked(cls, packed: str) -> Self | None:
        """What ``packed`` made a field of; None of anything else, or after a day."""
        try:
            held = signing.loads(packed, salt=FIELD, max_age=AGE)
        except signing.BadSignature:
            return None
        return cls(held["path"], [(name, value) for name, value in held["fields"]], held["files"])

    @property
    def packed(self) -> str:
        """All of it as one hidden field; empty if it is too long to be carried."""
        if sum(len(value) for _, value in self.fields) > MOST:
            return ""
        return signing.dumps(asdict(self), salt=FIELD, compress=True)

    @property
    def is_draft(self) -> bool:
        """Whether it is a draft verdict, which is saved while it is written."""
        return self._address in ("save_verdict", "discard_draft")

    @property
    def written(self) -> list[tuple[str, str, str]]:
        """What was written: name, label and words of each field."""
        labels = ((name, self._label(name), value) for name, value in self.fields)
        return [(name, label, value) for name, label, value in labels if label]

    @property
    def others(self) -> list[tuple[str, str]]:
        """The fields that are sent again unseen."""
        return [(name, value) for name, value in self.fields if not self._label(name)]

    def _label(self, name: str) -> str:
        words = WORDS.get(self._address, {})
        part = _PART.fullmatch(name)
        if part:
            label = words.get(part[1], "")
            return label and f"{label}, part {part[2]}"
        return words.get(name, "")

    @property
    def _address(self) -> str:
        try:
            return resolve(self.path).url_name or ""
        except Resolver404:
            return ""


def offer_again(request: HttpRequest, kept: Kept, *, why: str, status: int = 200) -> HttpResponse:
    """The page that shows what was written, with a button that sends it again."""
    return render(request, "kept.html", {"kept": kept, "why": why}, status=status)
