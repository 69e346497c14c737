"""People who log in."""

from django.contrib.auth.models import AbstractUser

from factcheck.models.public_id import HasPublicId


class User(HasPublicId, AbstractUser):
    """A fact-checker, editor, moderator or administrator; roles are groups."""

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """What colleagues call this person."""
        return self.get_full_name() or self.username
