"""The form in which readers say what is wrong in a public verdict."""

from django import forms

from claims.actions.objections import Objected
from claims.models import ObjectionKind
from claims.models.objections import LONGEST, SHORTEST
from sources.decoding import visible


class SeenField(forms.CharField):
    """Text without the characters that nobody sees, its lines ending alike in every browser."""

    def to_python(self, value: object) -> str:
        """What is to be seen of it."""
        return visible(super().to_python(value) or "").strip()


class ObjectionForm(forms.Form):
    """What a reader objects to; what can be taken in, the act decides."""

    kind = forms.ChoiceField(
        label="What kind of error it is", choices=ObjectionKind.choices, widget=forms.RadioSelect
    )
    words = SeenField(
        label="What is wrong, and how you know",
        widget=forms.Textarea(attrs={"rows": 8, "class": "serif", "maxlength": LONGEST}),
        help_text=f"{SHORTEST} to {LONGEST:,} characters.",
    )
    url = SeenField(
        label="Web address where that can be seen",
        required=False,
        widget=forms.URLInput(attrs={"placeholder": "https://", "inputmode": "url"}),
        help_text="If there is one.",
    )
    name = SeenField(
        label="Your name",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    email = forms.EmailField(
        label="Your e-mail address",
        required=False,
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    subject = forms.CharField(
        label="Leave this empty",
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    @property
    def is_of_a_program(self) -> bool:
        """Whether the field was filled in that people do not see. Of a valid form."""
        return bool(self.cleaned_data["subject"])

    def objected(self) -> Objected:
        """What the valid form says."""
        told = ("kind", "words", "url", "name", "email")
        return Objected(**{name: self.cleaned_data[name] for name in told})
