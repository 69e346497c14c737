"""Roles exist in every workspace and survive every migration."""

from django.apps import apps
from django.contrib.auth.models import Group

from factcheck.roles import ROLES, make_roles


def test_each_role_is_a_group_with_its_permissions(db):
    for name, codes in ROLES.items():
        held = Group.objects.get(name=name).permissions.values_list("codename", flat=True)
        assert set(held) == set(codes)


def test_making_them_again_changes_nothing(db):
    make_roles(apps.get_app_config("claims"), using="default")
    assert Group.objects.count() == len(ROLES)
