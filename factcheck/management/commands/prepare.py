"""Bring the database up to date before the workspace starts, in one process."""

from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandParser


class Command(BaseCommand):
    help = "Migrate and load the demo content."
    requires_system_checks = []  # migrate runs the database's own

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the steps that not every caller wants."""
        parser.add_argument("--logins", help="create logins and keep their passwords in this file")
        parser.add_argument(
            "--restore-hints", action="store_true", help="put hints back: no worker is alive"
        )
        parser.add_argument("--quiet", action="store_true", help="say nothing unless it fails")

    def handle(
        self, *, logins: str | None, restore_hints: bool, quiet: bool, **options: object
    ) -> None:
        """Run the steps in order; each does nothing where nothing is to be done."""
        verbosity = 0 if quiet else 1
        call_command("migrate", verbosity=verbosity, interactive=False, skip_checks=False)
        if "load_demo" in get_commands():
            call_command("load_demo", verbosity=verbosity)
        if logins:
            call_command("create_logins", logins, verbosity=verbosity)
        if restore_hints:
            call_command("restore_hints", verbosity=verbosity)
