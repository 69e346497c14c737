"""What is done about people who log in, ready to be performed once."""

from functools import partial

from django.contrib.auth.hashers import make_password

from factcheck import people
from factcheck.models import LoginTries, User
from tests.acts.registry import Act, act
from tests.factories import UserFactory


@act
def allow_login() -> Act:
    user = UserFactory()
    LoginTries.objects.take(user.username, "192.0.2.7")
    return partial(people.allow_login, user.pk, by=UserFactory())


@act
def invite() -> Act:
    return partial(people.invite, email="ada@desk.example", roles=["Reviewers"], by=UserFactory())


@act
def invite_again() -> Act:
    return partial(people.invite_again, UserFactory().pk, by=UserFactory())


@act
def join() -> Act:
    invited = UserFactory()
    return partial(
        people.join,
        invited.pk,
        people.invitations.make_token(invited),
        first_name="Ada",
        last_name="Moss",
        password="quiet-reading-room-7",
    )


@act
def change_password() -> Act:
    return partial(people.change_password, password="quiet-reading-room-7", by=UserFactory())


@act
def set_password() -> Act:
    user = UserFactory()
    return partial(people.set_password, user.pk, password="quiet-reading-room-7", by="terminal")


def joined() -> User:
    return UserFactory(password=make_password("quiet-reading-room-7"))


@act
def make_password_link() -> Act:
    person = joined()
    LoginTries.objects.take(person.username, "192.0.2.7")
    return partial(people.make_password_link, person.pk, by=UserFactory())


@act
def follow_password_link() -> Act:
    person = joined()
    token = people.password_links.make_token(person)
    return partial(people.follow_password_link, person.pk, token, password="another-room-8")


@act
def change_name() -> Act:
    return partial(people.change_name, first_name="Ada", last_name="Moss", by=UserFactory())


@act
def make_superuser() -> Act:
    given = {"username": "root", "email": "", "first_name": "Ada", "last_name": "Moss"}
    return partial(people.make_superuser, **given, password="quiet-room-7", by="terminal")


@act
def correct_email() -> Act:
    return partial(
        people.correct_email, UserFactory().pk, email="ada@desk.example", by=UserFactory()
    )


@act
def give_roles() -> Act:
    return partial(people.give_roles, UserFactory().pk, roles=["Editors"], by=UserFactory())


@act
def shut_out() -> Act:
    return partial(people.shut_out, UserFactory().pk, by=UserFactory())


@act
def let_in() -> Act:
    return partial(people.let_in, UserFactory(is_active=False).pk, by=UserFactory())
