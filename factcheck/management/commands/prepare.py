"""Bring the database up to date before the workspace starts, in one process."""

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from factcheck.checks import database_fits
from factcheck.management.commands.load_demo import DEMO


class Command(BaseCommand):
    help = "Migrate the database, if it is one the product can live in."
    requires_system_checks = []  # for speed; tests run them

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the steps that not every caller wants."""
        parser.add_argument("--logins", help="create logins and keep their passwords in this file")
        parser.add_argument("--demo", action="store_true", help="load the demo content")
        parser.add_argument(
            "--library", action="store_true", help="load the library of the demo alone"
        )
        parser.add_argument(
            "--restore-hints", action="store_true", help="put hints back: no worker is alive"
        )

    def handle(
        self,
        *,
        logins: str | None,
        demo: bool,
        library: bool,
        restore_hints: bool,
        **options: object,
    ) -> None:
        """Run the steps in order; each does nothing where nothing is to be done."""
        if unfit := database_fits(None, ["default"]):
            raise CommandError(unfit[0].msg)
        call_command("migrate", verbosity=0, interactive=False)
        if library:
            call_command("add_documents", str(DEMO / "documents.jsonl"))
        if demo:
            call_command("load_demo")
        if logins:
            call_command("create_logins", logins)
        if restore_hints:
            call_command("restore_hints")
