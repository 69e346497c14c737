"""Let reviewers' decisions re-calibrate the stance model's confidence."""

from django.core.management.base import BaseCommand, CommandError

from claims.actions.recalibrating import recalibrate
from claims.actions.refusals import Refused
from sources import registry
from sources.ports import Stance
from sources.stance.recalibration import Line

EXAMPLES = (0.7, 0.8, 0.9, 0.95)


class Command(BaseCommand):
    help = "Fit the confidence of suggested stances to what reviewers made of them so far."

    def handle(self, **options: object) -> None:
        """Say what was learnt; it applies to every search from now on."""
        try:
            made = recalibrate(registry.stance_network().name, by="terminal")
        except Refused as refused:
            raise CommandError(str(refused)) from None
        for stance in (Stance.SUPPORTS, Stance.CONTRADICTS):
            decisions = getattr(made, f"{stance}_decisions")
            agreed = getattr(made, f"{stance}_agreed")
            line = Line(getattr(made, f"{stance}_slope"), getattr(made, f"{stance}_offset"))
            told = ", ".join(f"{sure:.2f} is now {line(sure):.2f}" for sure in EXAMPLES)
            self.stdout.write(f"{stance}: reviewers agreed with {agreed} of {decisions}; {told}")
        self.stdout.write(self.style.SUCCESS(f"Suggestions from now on are made by {made}."))
