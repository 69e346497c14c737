"""One's own account: the page behind one's name, where name and password are changed."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.views import PasswordChangeView
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from factcheck.joining import LONG_ENOUGH, NameForm
from factcheck.login import TOO_MANY, LoginForm, client_address
from factcheck.models import LoginTries
from factcheck.people import change_name, change_password
from factcheck.refusals import Refused


class PasswordForm(PasswordChangeForm):
    """The password now, and another one twice; as few wrong ones as at the door."""

    error_messages = {
        "password_incorrect": "That is not your password. Capital letters count.",
        "password_mismatch": "The two passwords differ.",
        TOO_MANY: LoginForm.error_messages[TOO_MANY],
    }

    def __init__(self, *args: Any, address: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.address = address
        self.fields["old_password"].label = "Your password now"
        del self.fields["old_password"].widget.attrs["autofocus"]  # the name is asked for first
        self.fields["new_password1"].help_text = LONG_ENOUGH
        self.fields["new_password2"].label = "The new password again"
        self.fields["new_password2"].help_text = ""

    def clean_old_password(self) -> str:
        """Count the try, then see whether the password is right.

        Whoever sits down at somebody's screen must not guess it here.
        """
        name = self.user.get_username()
        if not LoginTries.objects.take(name, self.address):
            raise ValidationError(self.error_messages[TOO_MANY], code=TOO_MANY)
        password: str = super().clean_old_password()
        LoginTries.objects.succeeded(name, self.address)
        return password


class Account(PasswordChangeView):
    """One's own account: how one logs in, another name, another password."""

    form_class = PasswordForm
    template_name = "registration/account.html"

    def get_context_data(self, **context: Any) -> dict[str, Any]:
        """With the form of the name beside that of the password."""
        person = self.get_form_kwargs()["user"]
        begin = {"first_name": person.first_name, "last_name": person.last_name}
        return super().get_context_data(**{"name_form": NameForm(initial=begin)} | context)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Change what was sent: the name, or the password."""
        if "first_name" not in request.POST:
            return super().post(request, *args, **kwargs)
        person = self.get_form_kwargs()["user"]
        form = NameForm(request.POST)
        if form.is_valid():
            try:
                change_name(**form.cleaned_data, by=person)
            except Refused as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, "Your name is changed.")
                return redirect("account")
        password = self.form_class(person, address=client_address(request))
        context = self.get_context_data(form=password, name_form=form)
        return self.render_to_response(context, status=422)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Add where the request comes from: wrong passwords are counted by that."""
        return super().get_form_kwargs() | {"address": client_address(self.request)}

    def form_valid(self, form: PasswordChangeForm) -> HttpResponse:
        """Change the password and keep this session; every other one ends by that."""
        password = form.cleaned_data["new_password1"]
        person = change_password(password=password, by=form.user)
        update_session_auth_hash(self.request, person)
        messages.success(
            self.request, "Your password is changed. Wherever else you were logged in, you are out."
        )
        return redirect("account")

    def form_invalid(self, form: PasswordChangeForm) -> HttpResponse:
        """Say what is wrong; nothing is changed."""
        return self.render_to_response(self.get_context_data(form=form), status=422)
