"""Who may log in, and with which roles: what moderators decide about people.

Moderators decide about others, never about themselves, and only a superuser
decides about a superuser. A person's name and password are their own.
"""

from collections.abc import Collection
from typing import Any

from django.contrib.auth.models import Group
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import Concat, Trim

from factcheck.models import Actor, Event, LoginTries, User
from factcheck.refusals import Refused, check_fields
from factcheck.roles import EVERY_ROLE, ROLES


class InvitationTokens(PasswordResetTokenGenerator):
    """Signs invitations: one is good until a password is set, or for PASSWORD_RESET_TIMEOUT."""

    key_salt = "factcheck.people.InvitationTokens"

    def _make_hash_value(self, user: object, timestamp: int) -> str:
        active = isinstance(user, User) and user.is_active
        return f"{super()._make_hash_value(user, timestamp)}{active}"  # type: ignore[arg-type]


class PasswordLinkTokens(PasswordResetTokenGenerator):
    """Signs links to another password: one is good until it is used, or for as long as invitations.

    It ends before that when the person logs in, is shut out, or is given another.
    """

    key_salt = "factcheck.people.PasswordLinkTokens"

    def _make_hash_value(self, user: User, timestamp: int) -> str:
        ends = ["person.password_link_made", "person.shut_out"]
        events = Event.objects.filter(object_id=user.public_id, verb__in=ends)
        last = events.order_by("-position").values_list("position", flat=True).first()
        return f"{super()._make_hash_value(user, timestamp)}{last}"


invitations = InvitationTokens()
password_links = PasswordLinkTokens()


def has_joined(person: User) -> bool:
    """Whether the person has ever set a password."""
    return person.has_usable_password()


def colleagues() -> QuerySet[User]:
    """Everybody who may work here: they may log in, and have a role. By name."""
    return User.objects.with_perm(EVERY_ROLE).order_by("first_name", "last_name", "username")


@transaction.atomic
def invite(*, email: str, roles: Collection[str], by: User) -> tuple[User, str]:
    """Make a login for somebody who has none; return it and the token of the invitation.

    The e-mail address is the name they log in with. Raise Refused when
    somebody has it already, or when no role is given.
    """
    if not roles:
        raise Refused("Choose at least one role: without one nothing is open to a person.")
    person = User()
    person.set_unusable_password()
    _save_with_email(person, email, force_insert=True)
    _set_roles(person, roles)
    Event.objects.record("person.invited", person, by=by, roles=sorted(roles))
    return person, invitations.make_token(person)


@transaction.atomic
def invite_again(person_id: int, *, by: User) -> tuple[User, str]:
    """Give a person who has not joined yet another invitation; the earlier ones end."""
    person = _other(person_id, by)
    _check_not_joined(person)
    person.set_unusable_password()  # another one: what was signed with the last is void
    person.save(update_fields=["password"])
    Event.objects.record("person.invited", person, by=by, again=True)
    return person, invitations.make_token(person)


@transaction.atomic
def correct_email(person_id: int, *, email: str, by: User) -> tuple[User, str]:
    """Invite a person who has not joined yet at another address; the earlier invitations end.

    Raise Refused as ``invite`` does, and once the person has joined: then it
    is the name they log in with.
    """
    person = _other(person_id, by)
    _check_not_joined(person)
    person.set_unusable_password()
    _save_with_email(person, email, update_fields=["username", "email", "password"])
    Event.objects.record("person.email_corrected", person, by=by)
    return person, invitations.make_token(person)


@transaction.atomic
def join(person_id: int, token: str, *, first_name: str, last_name: str, password: str) -> User:
    """Take up an invitation: name and password are the person's own to choose.

    Raise Refused when the invitation was used, is too old or was taken back.
    """
    person = User.objects.select_for_update(no_key=True).get(pk=person_id)
    if not person.is_active or not invitations.check_token(person, token):
        raise Refused("This invitation was used or is too old; ask for another.")
    person.first_name, person.last_name = first_name.strip(), last_name.strip()
    check_fields(person, ["first_name", "last_name"])
    person.set_password(password)
    person.save(update_fields=["first_name", "last_name", "password"])
    Event.objects.record("person.joined", person, by=person)
    return person


@transaction.atomic
def change_password(*, password: str, by: User) -> User:
    """Give oneself another password; whoever is logged in with the last is out."""
    person = User.objects.select_for_update(no_key=True).get(pk=by.pk)
    person.set_password(password)
    person.save(update_fields=["password"])
    Event.objects.record("person.password_changed", person, by=by)
    return person


@transaction.atomic
def set_password(person_id: int, *, password: str, by: Actor) -> User:
    """Give somebody another password; whoever is logged in with the last is out."""
    person = User.objects.select_for_update(no_key=True).get(pk=person_id)
    person.set_password(password)
    person.save(update_fields=["password"])
    Event.objects.record("person.password_set", person, by=by)
    return person


@transaction.atomic
def make_password_link(person_id: int, *, by: User) -> tuple[User, str]:
    """Give somebody who forgot their password a link to another; the earlier links end."""
    person = _other(person_id, by)
    if not has_joined(person):
        raise Refused(f"{person.name} has not joined yet; make another invitation.")
    if not person.is_active:
        raise Refused(f"{person.name} may not log in; let them in again first.")
    LoginTries.objects.forget(person.username)  # made in vain: they may remember it after all
    Event.objects.record("person.password_link_made", person, by=by)
    return person, password_links.make_token(person)


@transaction.atomic
def follow_password_link(person_id: int, token: str, *, password: str) -> User:
    """Choose another password by a link; whoever is logged in with the last is out.

    Raise Refused when the link was used, is too old or was taken back.
    """
    person = User.objects.select_for_update(no_key=True).get(pk=person_id)
    if not person.is_active or not password_links.check_token(person, token):
        raise Refused("This link was used or is too old; ask for another.")
    person.set_password(password)
    person.save(update_fields=["password"])
    Event.objects.record("person.password_changed", person, by=person)
    return person


@transaction.atomic
def change_name(*, first_name: str, last_name: str, by: User) -> User:
    """Say what colleagues call oneself from now on, also beside what was done before.

    Raise Refused for the name of somebody else.
    """
    person = User.objects.select_for_update(no_key=True).get(pk=by.pk)
    person.first_name, person.last_name = first_name.strip(), last_name.strip()
    check_fields(person, ["first_name", "last_name"])
    _check_name_is_free(person)
    person.save(update_fields=["first_name", "last_name"])
    Event.objects.record("person.renamed", person, by=by)
    return person


def _check_name_is_free(person: User) -> None:
    name = person.name
    called = Trim(Concat("first_name", Value(" "), "last_name"))
    others = User.objects.exclude(pk=person.pk).annotate(called=called)
    if others.filter(Q(called__iexact=name) | Q(username__iexact=name)).exists():
        raise Refused("Somebody else is called that: choose a name that tells you apart.")


@transaction.atomic
def make_superuser(
    *, username: str, email: str, first_name: str, last_name: str, password: str, by: Actor
) -> User:
    """Make a login that may do everything; raise Refused when somebody has the name."""
    person = User(
        username=username.strip(),
        email=email.strip().lower(),
        first_name=first_name.strip(),
        last_name=last_name.strip(),
        is_staff=True,
        is_superuser=True,
    )
    check_fields(person, ["username", "email", "first_name", "last_name"])
    if User.objects.filter(username__iexact=person.username).exists():
        raise Refused(f"Somebody has the user name {person.username}.")
    person.set_password(password)
    person.save(force_insert=True)
    Event.objects.record("person.made_superuser", person, by=by)
    return person


@transaction.atomic
def give_roles(person_id: int, *, roles: Collection[str], by: User) -> User:
    """Say which roles a person has from now on: these and no other."""
    person = _other(person_id, by)
    _set_roles(person, roles)
    Event.objects.record("person.roles_given", person, by=by, roles=sorted(roles))
    return person


@transaction.atomic
def shut_out(person_id: int, *, by: User) -> User:
    """Let a person log in no more; whoever is logged in is out at the next request."""
    person = _other(person_id, by)
    if not person.is_active:
        raise Refused(f"{person.name} is shut out already.")
    person.is_active = False
    if not has_joined(person):
        person.set_unusable_password()  # another one: let in again, the invitation stays void
    person.save(update_fields=["is_active", "password"])
    Event.objects.record("person.shut_out", person, by=by)
    return person


@transaction.atomic
def let_in(person_id: int, *, by: User) -> User:
    """Let a person who was shut out log in again."""
    person = _other(person_id, by)
    if person.is_active:
        raise Refused(f"{person.name} may log in already.")
    person.is_active = True
    person.save(update_fields=["is_active"])
    Event.objects.record("person.let_in", person, by=by)
    return person


@transaction.atomic
def allow_login(person_id: int, *, by: Actor) -> None:
    """Let a person try their password again at once, from everywhere."""
    person = User.objects.get(pk=person_id)
    addresses = LoginTries.objects.forget(person.username)
    Event.objects.record("login.allowed", person, by=by, addresses=addresses)


def _other(person_id: int, by: User) -> User:
    """Lock somebody whom ``by`` may decide about."""
    person = User.objects.select_for_update(no_key=True).get(pk=person_id)
    if person == by:
        raise Refused("Nobody decides about themselves; ask another moderator.")
    if person.is_superuser and not by.is_superuser:
        raise Refused(f"{person.name} is a superuser; only a superuser decides about them.")
    return person


def _check_not_joined(person: User) -> None:
    if has_joined(person):
        raise Refused(f"{person.name} has joined and has a password.")
    if not person.is_active:
        raise Refused(f"{person.name} may not log in; let them in again first.")


def _save_with_email(person: User, email: str, **how: Any) -> None:
    """Store the address somebody is invited at, which is also the name they log in with."""
    person.username = person.email = email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise Refused(f"{email or 'Nothing'} is not an e-mail address.") from None
    others = User.objects.exclude(pk=person.pk)
    if others.filter(Q(username__iexact=email) | Q(email__iexact=email)).exists():
        raise Refused(f"Somebody has a login with {email}; see the list of people.")
    check_fields(person, ["username", "email"])
    try:
        with transaction.atomic():
            person.save(**how)
    except IntegrityError:
        raise Refused(f"Somebody has just invited {email}.") from None


def _set_roles(person: User, roles: Collection[str]) -> None:
    unknown = sorted(set(roles) - ROLES.keys())
    if unknown:
        raise Refused(f"There is no role {', '.join(unknown)}.")
    person.groups.set(Group.objects.filter(name__in=roles))
