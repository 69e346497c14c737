"""One's own account: the page behind one's name, where the password is changed."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.views import PasswordChangeView
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect

from factcheck.joining import LONG_ENOUGH
from factcheck.login import TOO_MANY, LoginForm, client_address
from factcheck.models import LoginTries
from factcheck.people import change_password


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
    """One's own account: how one logs in, and another password."""

    form_class = PasswordForm
    template_name = "registration/account.html"

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
