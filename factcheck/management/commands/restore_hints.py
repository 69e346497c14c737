"""Put back the hints that killed workers had taken."""

from typing import Any

from django.core.management.base import BaseCommand

from factcheck.celery import app

AT_MOST = 10_000


class Command(BaseCommand):
    help = "Put back hints that killed workers had taken; only while no worker is alive."
    requires_system_checks = []

    def handle(self, **options: Any) -> None:
        """Treat every hint that is not acknowledged as lost, whatever its age.

        Workers would do that too, but only after the broker's visibility timeout.
        """
        with app.connection_for_write() as connection:
            waiting = connection.default_channel.qos
            waiting.visibility_timeout = 0
            waiting.restore_visible(0, AT_MOST, interval=1)
