"""How far the vectors of the library are."""

from django.core.management.base import BaseCommand, CommandParser

from sources import registry
from sources.indexing import begin_encoding
from sources.models import Encoding, Passage


class Command(BaseCommand):
    help = "Say which encoder answers searches, and how many passages wait for which."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take an encoder that was replaced and is wanted again."""
        parser.add_argument(
            "--begin",
            choices=sorted(registry.ENCODERS),
            help="read the library with this encoder (again), and let it answer after",
        )

    def handle(self, *, begin: str | None, **options: object) -> None:
        """Print one line for each encoder that was ever used."""
        if begin:
            begin_encoding(begin, by="embedder")
        passages = Passage.objects.findable().count()
        for encoding in Encoding.objects.order_by("pk"):
            told = encoding.get_state_display().lower()
            waiting = encoding.waiting.count()
            behind = f"; {waiting:,} passages wait" if waiting else ""
            self.stdout.write(f"{encoding.encoder}: {told}{behind}")
        self.stdout.write(f"The library holds {passages:,} passages.")
