"""Forms that filter lists: what of them is asked for."""

from typing import Self

from django import forms
from django.http import HttpRequest

from claims.kinds import Kind
from claims.reading.articles import SoughtArticles, Stage
from claims.reading.desk import Wanted
from claims.reading.published import Sought
from claims.states import ClaimState
from factcheck.models.choices import choices


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

    @property
    def refused(self) -> list[tuple[str, str]]:
        """What was typed and cannot be looked for, by its label, and why."""
        typed = [self[name] for name in ("words", "claimant", "headline")]
        return [(str(field.label), str(field.errors[0])) for field in typed if field.errors]

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
