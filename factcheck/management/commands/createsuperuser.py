"""Make a superuser, in the place of Django's command, which tells the history nothing."""

import os

from django.core.management.base import BaseCommand, CommandError, CommandParser

from factcheck.management.passwords import ask_password
from factcheck.models import User
from factcheck.people import make_superuser
from factcheck.refusals import Refused

QUESTIONS = {
    "username": "User name",
    "email": "E-mail address (may be empty)",
    "first_name": "First name",
    "last_name": "Last name (may be empty)",
}
PASSWORD = "DJANGO_SUPERUSER_PASSWORD"  # noqa: S105 - the variable that holds it


class Command(BaseCommand):
    help = f"Make a login that may do everything. What is not given is asked for; {PASSWORD} too."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what would be asked for."""
        for name, question in QUESTIONS.items():
            parser.add_argument(f"--{name.replace('_', '-')}", help=question)
        parser.add_argument(
            "--noinput", action="store_true", help=f"ask nothing; {PASSWORD} holds the password"
        )

    def handle(self, *, noinput: bool, **options: object) -> None:
        """Ask for the rest; the history says that the login was made."""
        given = {}
        for name, question in QUESTIONS.items():
            told = options[name]
            given[name] = str(told) if told is not None else "" if noinput else _ask(question)
        password = os.environ.get(PASSWORD, "")
        if noinput and not password:
            raise CommandError(f"Without questions the password must be in {PASSWORD}.")
        password = password or ask_password(User(**given), self.stderr)
        try:
            person = make_superuser(**given, password=password, by="terminal")
        except Refused as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(self.style.SUCCESS(f"{person.username} may log in and do everything."))


def _ask(question: str) -> str:
    try:
        return input(f"{question}: ")
    except EOFError:
        raise CommandError("Nobody answers: see --help for what can be given instead.") from None
