"""Asking for a new password in a terminal."""

from getpass import getpass

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError, OutputWrapper

from factcheck.models import User

TRIES = 3


def ask_password(person: User, say: OutputWrapper) -> str:
    """Ask twice, until it is one that ``person`` may have; raise CommandError after TRIES."""
    for _ in range(TRIES):
        password = getpass("Password: ")
        if password != getpass("The same password again: "):
            say.write("The two passwords differ.")
            continue
        try:
            validate_password(password, person)
        except ValidationError as error:
            say.write("\n".join(error.messages))
        else:
            return password
    raise CommandError(f"No password after {TRIES} tries; nothing was changed.")
