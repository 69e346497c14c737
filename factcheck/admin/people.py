"""People and their roles."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin  # noqa: F401 - registers what is taken out below
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import Group
from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest

from factcheck import people
from factcheck.forgotten import hand_over_new_password
from factcheck.joining import hand_over
from factcheck.models import User
from factcheck.moderation import Button, Moderated, told
from factcheck.roles import ROLES

admin.site.unregister(Group)  # roles are given by acts, and what a role may do is code

ROLE_MEANINGS = {
    "Reviewers": "Reviewer: takes claims, judges evidence, writes verdicts",
    "Editors": "Editor: also approves and publishes what others wrote",
    "Moderators": "Moderator: also looks after people, sources and keys",
}


ROLE_CHOICES = [(name, ROLE_MEANINGS[name]) for name in ROLES]


class RolesForm(forms.Form):
    """Which roles a person has."""

    roles = forms.MultipleChoiceField(
        choices=ROLE_CHOICES, widget=forms.CheckboxSelectMultiple, required=False
    )


class InviteForm(forms.Form):
    """Whom to invite, and as what."""

    email = forms.EmailField(
        label="E-mail address", max_length=150, help_text="They log in with it."
    )
    roles = forms.MultipleChoiceField(
        choices=ROLE_CHOICES,
        widget=forms.CheckboxSelectMultiple,
        help_text="At least one: without a role nothing is open to them.",
        error_messages={"required": "Choose at least one role."},
    )


class EmailForm(forms.Form):
    """Where a person is invited instead."""

    email = forms.EmailField(label="E-mail address", max_length=150)


def _roles(person: Any) -> dict[str, Any]:
    return {"roles": [group.name for group in person.groups.all()]}


def _is_invited(person: Any) -> bool:
    return person.is_active and not people.has_joined(person)


class Standing(admin.SimpleListFilter):
    """Whether somebody may log in."""

    title = "standing"
    parameter_name = "standing"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:
        """The answers, as the list words them."""
        return [("in", "May log in"), ("invited", "Invited"), ("out", "Shut out")]

    def queryset(self, request: Any, queryset: Any) -> Any:
        """Narrow the list."""
        never_joined = Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
        match self.value():
            case "in":
                return queryset.filter(~never_joined, is_active=True)
            case "invited":
                return queryset.filter(never_joined, is_active=True)
            case "out":
                return queryset.filter(is_active=False)
        return queryset


class HasRole(admin.SimpleListFilter):
    """People of one role."""

    title = "role"
    parameter_name = "role"

    def lookups(self, request: Any, model_admin: Any) -> list[tuple[str, str]]:
        """The roles."""
        return [(name, name) for name in ROLES]

    def queryset(self, request: Any, queryset: Any) -> Any:
        """Narrow the list."""
        return queryset.filter(groups__name=self.value()) if self.value() else queryset


@admin.register(User)
class UserAdmin(Moderated):
    """Who may log in, and with which roles."""

    heading = "People"
    logged_in = told("last_login", "Last login", empty="never")
    list_display = ["login", "called", "roles", "standing", "logged_in"]
    list_filter = [Standing, HasRole]
    search_fields = ["username", "first_name", "last_name", "email"]
    search_help_text = "A part of the name or the e-mail address."
    ordering = ["username"]
    sortable_by = ()
    fields = ["login", "called", "email", "roles", "standing", "logged_in", "date_joined"]
    readonly_fields = ["login", "called", "roles", "standing", "logged_in"]
    list_buttons = (
        Button(
            "invite",
            "Invite a person",
            people.invite,
            "The person is invited.",
            "You get a link to hand over: with it they choose a name and a password, once. "
            "It works for three days.",
            form=InviteForm,
            shows=hand_over,
        ),
    )
    buttons = (
        Button(
            "roles",
            "Change roles",
            people.give_roles,
            "The roles are changed.",
            "Somebody without any role sees nothing of the work.",
            form=RolesForm,
            begins_with=_roles,
        ),
        Button(
            "invite-again",
            "Make another invitation",
            people.invite_again,
            "The person is invited again.",
            "The links made before end.",
            offered=_is_invited,
            shows=hand_over,
        ),
        Button(
            "correct-email",
            "Correct the e-mail address",
            people.correct_email,
            "The person is invited at the corrected address.",
            "They log in with it. The links made before end; you get another to hand over.",
            form=EmailForm,
            begins_with=lambda person: {"email": person.email},
            offered=_is_invited,
            shows=hand_over,
        ),
        Button(
            "new-password",
            "Make a link for a new password",
            people.make_password_link,
            "The person can choose another password.",
            "You get a link to hand over: with it they choose another password, once, within three "
            "days. Until then the password they have stays good. The links made before end.",
            offered=lambda person: person.is_active and people.has_joined(person),
            shows=hand_over_new_password,
        ),
        Button(
            "allow-login",
            "Let try again",
            people.allow_login,
            "They may try their password again at once.",
            "After too many wrong passwords nobody may try for a quarter of an hour. "
            "This ends the wait, from wherever they log in.",
            offered=people.has_joined,
        ),
        Button(
            "shut-out",
            "Shut out",
            people.shut_out,
            "The person can log in no more.",
            "They are logged out at once. What they did stays, with their name. Claims they have "
            "in hand can be put back on the desk.",
            offered=lambda person: person.is_active,
        ),
        Button(
            "let-in",
            "Let in again",
            people.let_in,
            "The person may log in again.",
            offered=lambda person: not person.is_active,
        ),
    )

    def more(self, row: Model) -> dict[str, Any]:
        """Lead to what they have in hand and to all they did."""
        claims = f"/admin/claims/claim/?reviewer={row.pk}"
        return {
            "links": [
                ("Claims they have in hand", f"{claims}&state__exact=in_review"),
                ("Claims they decided or have in hand", claims),
            ]
        }

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """People with their roles."""
        return super().get_queryset(request).prefetch_related("groups")

    @admin.display(description="Logs in as")
    def login(self, person: User) -> str:
        """The name somebody types to log in."""
        return person.username

    @admin.display(description="Name")
    def called(self, person: User) -> str:
        """What colleagues call them."""
        return person.get_full_name()

    @admin.display
    def roles(self, person: User) -> str:
        """Their roles, in words."""
        names = [group.name.removesuffix("s") for group in person.groups.all()]
        return ", ".join([*sorted(names), *(["Superuser"] if person.is_superuser else [])])

    @admin.display
    def standing(self, person: User) -> str:
        """Whether they may log in."""
        if not person.is_active:
            return "Shut out"
        return "May log in" if people.has_joined(person) else "Invited"
