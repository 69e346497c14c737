"""Joining the workspace: the link an invited person gets, and the page it leads to."""

import logging
from smtplib import SMTPException
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib.auth import login, password_validation
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from factcheck.models import User
from factcheck.moderation import Shown
from factcheck.people import invitations, join
from factcheck.refusals import Refused

log = logging.getLogger(__name__)

LETTER = """\
You are invited to the fact-check workspace of {organisation}.

Choose a name and a password here; the link works once, for three days:

{link}

You log in with {email} afterwards. If you did not expect this, ignore it.
"""


LONG_ENOUGH = "At least 12 characters; a short sentence is easy to remember."


class NameForm(forms.Form):
    """The name colleagues see."""

    first_name = forms.CharField(
        max_length=150, widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    last_name = forms.CharField(
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )


class ChosenPasswordForm(forms.Form):
    """A password that the person chooses, twice."""

    password = forms.CharField(
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=LONG_ENOUGH,
    )
    again = forms.CharField(
        label="The same password again",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, person: User, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.person = person

    def clean(self) -> None:
        """Check the password against the rules and itself."""
        password = self.cleaned_data.get("password")
        if password is None:
            return
        if password != self.cleaned_data.get("again"):
            self.add_error("again", "The two passwords differ.")
        try:
            password_validation.validate_password(password, self.person)
        except ValidationError as error:
            self.add_error("password", error)


class JoinForm(ChosenPasswordForm, NameForm):
    """The name colleagues see, and a password, which must not be like it."""

    def clean(self) -> None:
        """Check the password against the name too."""
        self.person.first_name = self.cleaned_data.get("first_name", "")
        self.person.last_name = self.cleaned_data.get("last_name", "")
        super().clean()


@login_not_required
@never_cache
@sensitive_post_parameters("password", "again")
def invitation(request: HttpRequest, person_id: UUID, token: str) -> HttpResponse:
    """Let an invited person choose a name and a password, once."""
    person = User.objects.filter(public_id=person_id, is_active=True).first()
    if person is None or not invitations.check_token(person, token):
        return render(request, "registration/invitation_over.html", status=410)
    form = JoinForm(person, request.POST if request.method == "POST" else None)
    if form.is_valid():
        given = {name: form.cleaned_data[name] for name in ("first_name", "last_name", "password")}
        try:
            joined = join(person.pk, token, **given)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            login(request, joined, "django.contrib.auth.backends.ModelBackend")
            return redirect(settings.LOGIN_REDIRECT_URL)
    return render(
        request,
        "registration/invitation.html",
        {"form": form, "person": person},
        status=422 if form.is_bound else 200,
    )


def hand_over(invited: tuple[User, str]) -> Shown:
    """The link of an invitation, mailed where mail is configured, and in words what to do."""
    person, token = invited
    link = settings.SITE_URL + reverse("invitation", args=[person.public_id, token])
    letter = LETTER.format(organisation=settings.ORGANISATION, link=link, email=person.email)
    mailed = mail_link(person, f"Your invitation to {settings.ORGANISATION}", letter)
    return Shown(f"An invitation for {person.email}", link, mailed)


def mail_link(person: User, subject: str, letter: str) -> str:
    """Mail a link that lets ``person`` in, if that can be done; say what is left to do."""
    if not settings.EMAIL_HOST or not person.email:
        return "Hand this link over: it is shown only now, works once, and ends after three days."
    try:
        send_mail(subject, letter, None, [person.email])
    except (SMTPException, OSError) as error:
        log.warning("a link could not be mailed: %s", error)
        return f"The mail could not be sent ({error}). Hand this link over yourself; it works once."
    return f"It was mailed to {person.email}. You may hand it over yourself too; it works once."
