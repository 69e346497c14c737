"""Make the logins of a workspace that has just been set up."""

import os
import secrets
from pathlib import Path

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

# name, groups, superuser: two people who may approve each other's verdicts, and one for the rest
LOGINS = [
    ("reviewer", ["Reviewers"], False),
    ("editor", ["Reviewers", "Editors"], False),
    ("administrator", ["Reviewers", "Editors", "Moderators"], True),
]


class Command(BaseCommand):
    help = "Create a reviewer, an editor and an administrator with random passwords."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file that keeps the passwords."""
        parser.add_argument("file", type=Path, help="gets a line for each login made; mode 0600")

    def handle(self, *, file: Path, **options: object) -> None:
        """Create who is missing; nobody's password is ever changed."""
        User = get_user_model()  # noqa: N806 - a class
        kept = dict(line.split() for line in file.read_text().splitlines()) if file.exists() else {}
        made = {name: secrets.token_urlsafe(12) for name, _, _ in LOGINS}
        with transaction.atomic():
            for name, groups, superuser in LOGINS:
                if User.objects.filter(username=name).exists():
                    del made[name]
                    continue
                user = User.objects.create_user(
                    name, password=made[name], is_staff=superuser, is_superuser=superuser
                )
                user.groups.set(Group.objects.filter(name__in=groups))
            # Before the commit: a password that nobody was told is worse than a spare line.
            if made:
                write(file, kept | made)


def write(file: Path, passwords: dict[str, str]) -> None:
    """Replace ``file`` in one step, readable by its owner only."""
    unfinished = file.with_name(f"{file.name}.new")
    unfinished.unlink(missing_ok=True)
    with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
        out.writelines(f"{name:15}{password}\n" for name, password in passwords.items())
    unfinished.replace(file)
