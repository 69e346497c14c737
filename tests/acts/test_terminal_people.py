"""What is done about people in a terminal: it is in the history, like everything else."""

from getpass import getpass

import pytest
from django.core.management import CommandError, call_command, get_commands
from django.test import Client

from factcheck.management import passwords
from factcheck.models import Event, User
from tests.ui.conftest import logged_in, person

pytestmark = pytest.mark.django_db
PASSWORD = "quiet-reading-room-7"


@pytest.fixture(autouse=True)
def passwords_cost_no_time(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def typed(monkeypatch):
    """What is typed where a terminal shows nothing."""
    assert passwords.getpass is getpass

    def type_in(*words):
        answers = iter(words)
        monkeypatch.setattr(passwords, "getpass", lambda prompt: next(answers))

    return type_in


def events():
    return [(event.verb, event.actor, event.object_id) for event in Event.objects.all()]


def test_the_commands_are_ours_and_not_those_that_tell_nothing():
    commands = get_commands()
    assert (commands["changepassword"], commands["createsuperuser"]) == ("factcheck", "factcheck")


def test_a_password_that_is_set_ends_the_sessions_and_is_in_the_history(typed):
    ada = person("ada", "Reviewers")
    browser = logged_in(ada)
    typed("short", "short", PASSWORD, "another", PASSWORD, PASSWORD)
    call_command("changepassword", "ada")
    assert events() == [("person.password_set", "terminal", ada.public_id)]
    assert browser.get("/desk/").url.startswith("/login/")
    assert Client().login(username="ada", password=PASSWORD)


def test_no_password_and_nobody_change_nothing(typed):
    before = person("ada").password
    typed(*["short"] * 6)
    with pytest.raises(CommandError, match="nothing was changed"):
        call_command("changepassword", "ada")
    with pytest.raises(CommandError, match="Nobody has the user name bob"):
        call_command("changepassword", "bob")
    assert User.objects.get().password == before
    assert not events()


def test_a_superuser_has_a_name_and_is_in_the_history(typed, monkeypatch):
    answers = iter(["root", "", "Ada", "Moss"])
    monkeypatch.setattr("builtins.input", lambda question: next(answers))
    typed(PASSWORD, PASSWORD)
    call_command("createsuperuser")
    root = User.objects.get()
    assert (root.name, root.is_superuser) == ("Ada Moss", True)
    assert events() == [("person.made_superuser", "terminal", root.public_id)]
    assert Client().login(username="root", password=PASSWORD)


def test_a_script_makes_one_without_questions(monkeypatch):
    with pytest.raises(CommandError, match="must be in DJANGO_SUPERUSER_PASSWORD"):
        call_command("createsuperuser", "--noinput", username="root")
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command("createsuperuser", "--noinput", username="root", first_name="Ada")
    with pytest.raises(CommandError, match="Somebody has the user name ROOT"):
        call_command("createsuperuser", "--noinput", username="ROOT")
    assert User.objects.get().name == "Ada"
