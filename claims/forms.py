"""Forms of the screens: they parse what was typed; what is allowed, the acts decide."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, cast

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from claims.actions.bringing import Brought
from claims.actions.gates import WAIVERS
from claims.actions.intake import Handed
from claims.actions.refusals import Refused
from claims.actions.verdicts import Draft
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
from sources.article import one_line
from sources.decoding import visible
from sources.models import SourceKind
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
    follows = forms.ChoiceField(
        label="Is it the next version of something handed in before?",
        required=False,
        choices=[("", "No, it is an article of its own")],
        help_text="Claims whose words still stand are carried over; what was corrected is told. "
        "An address tells it by itself.",
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

    def offer(self, articles: Sequence[tuple[str, str]]) -> None:
        """Offer articles, by public id and headline, of which it may be the next version."""
        field = cast(forms.ChoiceField, self.fields["follows"])
        field.choices = [("", "No, it is an article of its own"), *articles]

    def handed(self) -> Handed:
        """What the valid form hands in, without the characters that nobody sees in it."""
        left_out = ("file", "follows")
        given = {name: self.cleaned_data[name] for name in self.fields if name not in left_out}
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
        "Stays private to this article's owner, unless it is a published paper.",
    )
    outlet = forms.CharField(
        label="Who published it",
        required=False,
        help_text="If the file does not say so.",
    )
    kind = forms.ChoiceField(
        label="What sort of document it is",
        required=False,
        choices=SourceKind.choices,
        widget=forms.Select(attrs={"id": "id_document_kind"}),  # evidence by hand has a kind too
    )
    published_at = forms.DateField(
        label="Published on",
        required=False,
        widget=DateInput,
        help_text="If the file does not say so.",
    )
    public = forms.BooleanField(
        label="A published paper that anybody may read",
        required=False,
        help_text="Its words may then be shown, and other claims find it.",
    )

    def brought(self, published_at: date | None) -> Brought:
        """What the form brings, as it is; the act says what is wrong with it."""
        given = {name: self.data.get(name, "") for name in ("url", "outlet")}
        upload = self.files.get("file")
        if upload is None:
            return Brought(**given)
        return Brought(
            **given,
            **_uploaded(upload),
            kind=self.data.get("kind") or SourceKind.ARTICLE,
            published_at=published_at,
            public=bool(self.data.get("public")),
        )


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
