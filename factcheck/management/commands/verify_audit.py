"""Prove that nobody rewrote the history."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from factcheck.models import Event, EventChain

NO_HEAD = 2
CHANGED = 3  # what neither Python, nor compose, nor ssh ends with by itself


class Command(BaseCommand):
    help = "Follow the chain of events from the first to the last and say where it is broken."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take a head that was printed before."""
        parser.add_argument(
            "--head",
            metavar="POSITION:DIGEST",
            help="a head printed before and kept elsewhere: finds what was written anew since",
        )

    def handle(self, *, head: str | None, **options: object) -> None:
        """Print a sentence for each break, or the head to note.

        Exit with CHANGED if there is a break, with NO_HEAD if ``head`` is none; any other
        code but 0 means that the history could not be looked at.
        """
        now = EventChain.objects.get()
        breaks = 0
        for sentence in Event.objects.verify():
            breaks += 1
            self.stdout.write(sentence)
        if head is not None:
            try:
                difference = Event.objects.differs_from(head)
            except ValueError as error:
                raise CommandError(str(error), returncode=NO_HEAD) from None
            if difference:
                breaks += 1
                self.stdout.write(difference)
        if breaks:
            raise CommandError("The history was changed after it was written.", returncode=CHANGED)
        self.stdout.write(self.style.SUCCESS(f"The history is whole: {now.position:,} events."))
        self.stdout.write(str(now))
