"""Subscribe to a feed from a terminal, and see how feeds do."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from factcheck.models import User
from factcheck.refusals import Refused
from sources.models import Feed
from sources.subscribing import add_feed


class Command(BaseCommand):
    """Subscribe; without an address, list what is subscribed to."""

    help = "Subscribe to a sitemap, RSS or Atom feed; without an address, list all feeds."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take an address, who publishes there, how often it is read, and who wants it."""
        parser.add_argument("url", nargs="?", help="address of the sitemap or feed")
        parser.add_argument("--outlet", default="", help="who publishes its documents")
        parser.add_argument("--minutes", type=int, default=60, help="from one reading to the next")
        parser.add_argument("--by", metavar="NAME", help="the login of whoever subscribes")

    def handle(
        self, *, url: str | None, outlet: str, minutes: int, by: str | None, **options: object
    ) -> None:
        """Call the act a moderator's button calls."""
        if url is None:
            for feed in Feed.objects.order_by("pk"):
                read = f"{feed.read_at:%Y-%m-%d %H:%M}" if feed.read_at else "not read yet"
                state = feed.last_error or (read if feed.active else "stopped")
                self.stdout.write(f"{feed.url}  {feed.kind or '-'}  {state}")
            if not Feed.objects.exists():
                self.stdout.write("No feed yet. Subscribe to one: add_feed ADDRESS --by LOGIN")
            return
        person = User.objects.filter(username=by, is_active=True).first() if by else None
        if person is None:
            raise CommandError("Say with --by who subscribes: the login of a moderator.")
        if not person.has_perm("claims.moderate"):
            raise CommandError(f"{by} is no moderator.")
        try:
            feed = add_feed(url=url, outlet=outlet, minutes=minutes, by=person)
        except Refused as refused:
            raise CommandError(str(refused)) from None
        self.stdout.write(f"Subscribed to {feed.url}; a worker reads it at once.")
