"""Check that every frozen copy is still what it was when it was made."""

from hashlib import sha256

from django.core.management.base import BaseCommand, CommandError

from sources.models import Snapshot
from sources.warc import BrokenRecord, opened


class Command(BaseCommand):
    """Compare each text and each WARC record with its digest."""

    help = "Check every snapshot: the text against its digest, the WARC record against its own."

    def handle(self, **options: object) -> None:
        """Name each snapshot that is broken; fail if one is."""
        checked = records = broken = 0
        for snapshot in Snapshot.objects.select_related("source").order_by("pk").iterator(50):
            checked += 1
            try:
                records += _check(snapshot)
            except BrokenRecord as error:
                broken += 1
                self.stderr.write(f"{snapshot.public_id} ({snapshot.source}): {error}")
        self.stdout.write(f"{checked:,} snapshots checked, {records:,} of them WARC records.")
        if broken:
            raise CommandError(f"{broken:,} are broken.", returncode=2)


def _check(snapshot: Snapshot) -> int:
    """Whether there is a record, which is whole; raise BrokenRecord."""
    if sha256(snapshot.text.encode()).hexdigest() != snapshot.digest:
        raise BrokenRecord("The text is not the one that was frozen.")
    if snapshot.record is None:
        return 0
    opened(bytes(snapshot.record))
    return 1
