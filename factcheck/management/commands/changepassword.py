"""Set somebody's password, in the place of Django's command, which tells the history nothing."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from factcheck.management.passwords import ask_password
from factcheck.models import User
from factcheck.people import set_password


class Command(BaseCommand):
    help = "Set somebody's password and end their sessions."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the user name."""
        parser.add_argument("username")

    def handle(self, *, username: str, **options: object) -> None:
        """Ask for the password; the history says that it was set."""
        person = User.objects.filter(username=username).first()
        if person is None:
            raise CommandError(f"Nobody has the user name {username}.")
        set_password(person.pk, password=ask_password(person, self.stderr), by="terminal")
        self.stdout.write(self.style.SUCCESS(f"{username} logs in with the new password."))
