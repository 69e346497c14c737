"""What moderators do for the people who log in."""

from django.db import transaction

from factcheck.models import Actor, Event, LoginTries, User


@transaction.atomic
def allow_login(user_id: int, *, by: Actor) -> None:
    """Let a person try their password again at once, from everywhere."""
    user = User.objects.get(pk=user_id)
    addresses = LoginTries.objects.forget(user.username)
    Event.objects.record("login.allowed", user, by=by, addresses=addresses)
