"""Forms of the screens: they parse what was typed; what is allowed, the acts decide."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Self

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from claims.actions.bringing import Brought
from claims.actions.gates import WAIVERS
from claims.actions.intake import Handed
from claims.actions.refusals import Refused
from claims.actions.verdicts import Draft
from claims.kinds import Kind
from claims.models import (
    STANCES,
    CorrectionKind,
    Evidence,
    EvidenceKind,
    Purpose,
    Verdict,
    Visibility,
)
from claims.ratings import CONFIDENCES, SCALES
from claims.reading.articles import SoughtArticles, Stage
from claims.reading.desk import Wanted
from claims.reading.published import Sought
from claims.states import ClaimState
from factcheck.models.choices import choices
from sources.article import one_line
from sources.decoding import visible
from sources.sniffing import stated_by

READABLE = (
    ".pdf,.docx,.eml,.html,.htm,.xhtml,.txt,.md,text/plain,text/html,application/pdf,message/rfc822"
)


class DateInput(forms.DateInput):
    """A date as browsers ask for it, in the one form in which they take it."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class SubmitForm(forms.Form):
    """An article handed in: its text, its address, or a file."""

    text = forms.CharField(
        label="The article's text",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "class": "serif"}),
        help_text="Headline first, then the text, a blank line between paragraphs.",
    )
    url = forms.CharField(
        label="Or its address",
        required=False,
        max_length=2000,
        widget=forms.URLInput(attrs={"placeholder": "https://", "inputmode": "url"}),
        help_text="The page is fetched once, and its server can see that. Only for public checks.",
    )
    file = forms.FileField(
        label="Or a file",
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": READABLE}),
        help_text="PDF, Word (DOCX), a saved message (EML), HTML or plain text.",
    )
    visibility = forms.ChoiceField(
        label="Who may know of it",
        choices=[
            (Visibility.CONFIDENTIAL, "Confidential: no word of it leaves this workspace"),
            (Visibility.PUBLIC, "Public: outside providers may be asked about its claims"),
        ],
        help_text="What is handed in once confidentially stays so until somebody makes it public.",
        initial=Visibility.CONFIDENTIAL,
        widget=forms.RadioSelect,
    )
    purpose = forms.ChoiceField(
        label="Why it is checked",
        choices=Purpose.choices,
        widget=forms.RadioSelect,
        initial=Purpose.FACT_CHECK,
    )
    title = forms.CharField(label="Headline, if the text has none", required=False, max_length=500)
    outlet = forms.CharField(label="Outlet", required=False, max_length=200)
    published_at = forms.DateField(
        label="Published on",
        required=False,
        widget=DateInput,
        help_text="Dates such as “last week” are understood from it.",
    )
    deadline = forms.DateTimeField(
        label=f"Needed by (time in {settings.TIME_ZONE})",
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
    )
    reason = forms.CharField(
        label="Note to the reviewers", required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def handed(self) -> Handed:
        """What the valid form hands in, without the characters that nobody sees in it."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "file"}
        given |= {name: visible(given[name]) for name in ("text", "reason")}
        given |= {name: one_line(visible(given[name])) for name in ("url", "title", "outlet")}
        upload = self.cleaned_data["file"]
        return Handed(**given) if upload is None else Handed(**given, **_uploaded(upload))


class DeadlineForm(forms.Form):
    """Another deadline for what was handed in, or none."""

    deadline = forms.DateTimeField(
        label=f"Needed by (time in {settings.TIME_ZONE}); leave it empty to lift it",
        required=False,
    )
    reason = forms.CharField(label="Why it is changed", max_length=300, required=False)

    def changed(self) -> dict[str, Any]:
        """What the form changes; raise Refused for what is no time."""
        if not self.is_valid():
            raise Refused(
                " ".join(str(error) for errors in self.errors.values() for error in errors)
            )
        return self.cleaned_data


class ArticlesForm(forms.Form):
    """What somebody looks for among the articles."""

    words = forms.CharField(
        label="Words in headline, byline, outlet or text", required=False, max_length=200
    )
    stage = forms.ChoiceField(
        label="Show",
        required=False,
        choices=[
            ("", "All articles"),
            (Stage.UNDECIDED, "With claims to decide"),
            (Stage.DECIDED, "Every claim decided"),
            (Stage.FAILED, "Could not be split"),
        ],
    )

    def sought(self) -> SoughtArticles:
        """What is looked for; a filter that makes no sense looks for everything."""
        self.is_valid()
        return SoughtArticles(**{name: value for name, value in self.cleaned_data.items() if value})


class DeskForm(forms.Form):
    """The filters of the desk."""

    state = forms.ChoiceField(
        required=False, choices=[*ClaimState.choices(), ("all", "Any state")], initial="open"
    )
    kind = forms.ChoiceField(required=False, choices=[("", "Any kind"), *choices(Kind)])
    claimant = forms.CharField(required=False, max_length=200)
    words = forms.CharField(label="Words in it", required=False, max_length=200)
    headline = forms.CharField(label="Article", required=False, max_length=500)
    article = forms.UUIDField(required=False, widget=forms.HiddenInput)

    @classmethod
    def of(cls, request: HttpRequest) -> Self:
        """The filters of a request; without any, what nobody has taken."""
        return cls(request.GET or {"state": ClaimState.OPEN})

    def wanted(self) -> Wanted:
        """What is asked for; a filter that makes no sense asks for nothing."""
        self.is_valid()
        return Wanted(**{name: value for name, value in self.cleaned_data.items() if value})


class PublishedForm(forms.Form):
    """What a reader looks for among what was published."""

    words = forms.CharField(required=False, max_length=200)
    rating = forms.CharField(required=False, max_length=20)

    def sought(self) -> Sought:
        """What is looked for; what makes no sense looks for nothing."""
        self.is_valid()
        return Sought(**self.cleaned_data)


class EvidenceForm(forms.Form):
    """Evidence a person brings, other than a passage of a source."""

    kind = forms.ChoiceField(
        label="What it is",
        choices=[kind for kind in EvidenceKind.choices if kind[0] != EvidenceKind.PASSAGE],
    )
    title = forms.CharField(label="Title", max_length=300)
    body = forms.CharField(
        label="What it is and what it shows",
        widget=forms.Textarea(attrs={"rows": 5, "class": "serif"}),
        help_text="Who, when, where, in enough detail that somebody else can follow it.",
    )
    stance = forms.ChoiceField(
        label="What it does", choices=[("", "Choose what it does to the claim"), *STANCES]
    )
    publication = forms.ChoiceField(
        label="How much of it the public sees", choices=Evidence.Publication.choices
    )


class BringForm(forms.Form):
    """A document brought to a claim: its address, or a file."""

    url = forms.CharField(
        label="Address of a page or document",
        widget=forms.URLInput(attrs={"placeholder": "https://", "inputmode": "url"}),
        help_text="It is fetched once, and its server can see that.",
    )
    file = forms.FileField(
        label="File",
        widget=forms.FileInput(attrs={"accept": READABLE}),
        help_text="PDF, Word (DOCX), a saved message (EML), HTML or plain text. "
        "Stays private to this article's owner; no other claim finds it.",
    )
    outlet = forms.CharField(
        label="Who published it",
        required=False,
        help_text="If the file does not say so.",
    )

    def brought(self) -> Brought:
        """What the form brings, as it is; the act says what is wrong with it."""
        given = {name: self.data.get(name, "") for name in ("url", "outlet")}
        upload = self.files.get("file")
        return Brought(**given) if upload is None else Brought(**given, **_uploaded(upload))


def _uploaded(upload: UploadedFile) -> dict[str, Any]:
    """An upload: its name, and its bytes, one too many at most for an act to refuse it."""
    name = upload.name or ""
    upload.seek(0)  # an act may be tried twice
    return {
        "file": upload.read(settings.MAX_UPLOAD_BYTES + 1),
        "file_name": one_line(visible(name))[:255],
        "content_type": stated_by(name),
    }


CHOSEN = ["kind", "rating", "confidence", "as_of", "waiver", "waiver_note"]
"""What of a draft is chosen rather than written for the public."""


class VerdictForm(forms.Form):
    """The draft of a verdict, except for what it cites."""

    rating = forms.ChoiceField(
        required=False,
        choices=[
            ("", "Choose a rating"),
            *(
                (
                    scale.label,
                    [
                        (f"{scale.code}:{rating.code}", f"{rating.label}: {rating.definition}")
                        for rating in scale.ratings
                    ],
                )
                for scale in SCALES.values()
            ),
        ],
    )
    summary = forms.CharField(
        label="In one or two sentences",
        required=False,
        max_length=400,
        widget=forms.Textarea(attrs={"rows": 2, "class": "serif"}),
    )
    explanation = forms.CharField(
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "class": "serif"}),
        help_text="Markdown: **bold**, *italic*, # headings, - lists, > quotations, | tables |"
        " and [links](https://…). A picture becomes a link to it."
        " [1] cites the evidence with that number.",
    )
    gaps = forms.CharField(
        label="What could not be found",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "class": "serif"}),
    )
    confidence = forms.ChoiceField(
        label="How sure",
        required=False,
        choices=[("", "Not said"), *CONFIDENCES.items()],
    )
    as_of = forms.DateField(label="True as of", required=False, widget=DateInput)
    waiver = forms.ChoiceField(
        label="Published with one source because",
        required=False,
        choices=[("", "No reason needed"), *WAIVERS.items()],
        help_text="Public. Only if neither a primary source nor a second origin can be had.",
    )
    waiver_note = forms.CharField(label="Note on that, kept inside", required=False)

    @classmethod
    def of(cls, verdict: Verdict) -> "VerdictForm":
        """The form as the stored draft fills it."""
        return cls(initial=cls.stored(verdict))

    @classmethod
    def in_words(cls, values: Mapping[str, Any]) -> dict[str, str]:
        """What ``values`` say of the fields that hold no prose of the public's, by label."""
        form = cls()
        given = {name: str(values.get(name) or "") for name in CHOSEN if name in form.fields}
        return {
            str(form[name].label): _labels(form.fields[name]).get(value, value)
            for name, value in given.items()
        }

    @classmethod
    def stored(cls, verdict: Verdict) -> dict[str, Any]:
        """What the form holds of the stored draft."""
        stored = {name: getattr(verdict, name) for name in VerdictForm.base_fields}
        stored["rating"] = f"{verdict.scale}:{verdict.rating}" if verdict.rating else ""
        return stored

    def draft(self, *, citations: list[int], seen: str) -> Draft:
        """What the valid form says."""
        content = dict(self.cleaned_data)
        scale, _, rating = content.pop("rating").partition(":")
        return Draft(
            **content, scale=scale or "default", rating=rating, citations=citations, seen=seen
        )


class CorrectionForm(VerdictForm):
    """The draft of a verdict that corrects another, and what everybody will read of that."""

    kind = forms.ChoiceField(label="What it changes", choices=CorrectionKind.choices)
    note = forms.CharField(
        label="What is corrected, in public",
        widget=forms.Textarea(attrs={"rows": 3, "class": "serif"}),
    )

    @classmethod
    def stored(cls, verdict: Verdict) -> dict[str, Any]:
        """What the form holds of the stored draft."""
        correction = verdict.correction
        return super().stored(verdict) | {"kind": correction.kind, "note": correction.note}

    def draft(self, *, citations: list[int], seen: str) -> Draft:
        """What the valid form says."""
        kind = CorrectionKind(self.cleaned_data.pop("kind"))
        said = (kind, self.cleaned_data.pop("note"))
        return replace(super().draft(citations=citations, seen=seen), correction=said)


def _labels(field: forms.Field) -> dict[str, str]:
    """What each choice of a field is called; nothing for a field without choices."""
    grouped = [
        of_group if isinstance(of_group, list | tuple) else [(value, of_group)]
        for value, of_group in getattr(field, "choices", [])
    ]
    return {value: label for group in grouped for value, label in group if value}


def form_of(verdict: Verdict) -> type[VerdictForm]:
    """Which form a draft is written in."""
    return CorrectionForm if hasattr(verdict, "correction") else VerdictForm
