"""Fill a fresh workspace with its worked example; run again, it adds nothing."""

import json
from datetime import date

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand

from claims.actions.intake import Handed, submit
from claims.models import Submission
from factcheck.models import User

DEMO = settings.BASE_DIR / "factcheck" / "demo"


class Command(BaseCommand):
    """The demo library, and the demo articles handed in by the user "demo"."""

    help = "Load the demo library and hand in the demo articles."

    def handle(self, **options: object) -> None:
        """Add what is missing; the workers do the rest."""
        call_command("add_documents", str(DEMO / "documents.jsonl"), stdout=self.stdout)
        demo, _ = User.objects.get_or_create(username="demo", defaults={"is_active": False})
        handed_in = set(
            Submission.objects.filter(submitted_by=demo).values_list("title", flat=True)
        )
        for path in sorted((DEMO / "articles").glob("*.json")):
            article = json.loads(path.read_text())
            if article["title"] in handed_in:
                continue
            submit(
                Handed(
                    text=article["text"],
                    title=article["title"],
                    outlet=article["outlet"],
                    published_at=date.fromisoformat(article["published_at"][:10]),
                ),
                by=demo,
            )
            self.stdout.write(f"Handed in: {article['title']}")
