"""Let somebody in who typed too many wrong passwords."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from factcheck.models import User
from factcheck.people import allow_login


class Command(BaseCommand):
    help = "Forget somebody's wrong passwords, so that they can try again at once."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the user name."""
        parser.add_argument("username")

    def handle(self, *, username: str, **options: object) -> None:
        """Forget the tries; the history says that it was done."""
        user = User.objects.filter(username=username).first()
        if user is None:
            raise CommandError(f"Nobody has the user name {username}.")
        allow_login(user.pk, by="terminal")
        self.stdout.write(self.style.SUCCESS(f"{username} can try again."))
