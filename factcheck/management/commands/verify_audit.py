"""Prove that nobody rewrote the history."""

from django.core.management.base import BaseCommand, CommandError

from factcheck.models import Event


class Command(BaseCommand):
    help = "Follow the chain of events from the first to the last and say where it is broken."

    def handle(self, **options: object) -> None:
        """Print a sentence for each break; exit with 1 if there is one."""
        breaks = 0
        for sentence in Event.objects.verify():
            breaks += 1
            self.stdout.write(sentence)
        if breaks:
            raise CommandError("The history was changed after it was written.", returncode=1)
        count = Event.objects.count()
        self.stdout.write(self.style.SUCCESS(f"The history is whole: {count:,} events."))
