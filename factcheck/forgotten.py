"""A forgotten password: the link to another, and the page it leads to."""

from uuid import UUID

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from factcheck.joining import ChosenPasswordForm, mail_link
from factcheck.models import User
from factcheck.moderation import Shown
from factcheck.people import follow_password_link, password_links
from factcheck.refusals import Refused

LETTER = """\
Here you can choose another password for the fact-check workspace of {organisation};
the link works once, for three days:

{link}

You log in as {username}. If you did not ask for this, tell your moderator.
"""


@login_not_required
@never_cache
@sensitive_post_parameters("password", "again")
def new_password(request: HttpRequest, person_id: UUID, token: str) -> HttpResponse:
    """Let a person who was given a link choose another password, once."""
    person = User.objects.filter(public_id=person_id, is_active=True).first()
    if person is None or not password_links.check_token(person, token):
        return render(request, "registration/new_password_over.html", status=410)
    form = ChosenPasswordForm(person, request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            changed = follow_password_link(person.pk, token, password=form.cleaned_data["password"])
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            login(request, changed, "django.contrib.auth.backends.ModelBackend")
            return redirect(settings.LOGIN_REDIRECT_URL)
    return render(
        request,
        "registration/new_password.html",
        {"form": form, "person": person},
        status=422 if form.is_bound else 200,
    )


def hand_over_new_password(made: tuple[User, str]) -> Shown:
    """The link, mailed where mail is configured, and in words what to do."""
    person, token = made
    link = settings.SITE_URL + reverse("new_password", args=[person.public_id, token])
    letter = LETTER.format(organisation=settings.ORGANISATION, link=link, username=person.username)
    mailed = mail_link(person, f"Another password for {settings.ORGANISATION}", letter)
    return Shown(f"A new password for {person.name}", link, mailed)
