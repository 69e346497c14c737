"""Puts our site in the place of Django's."""

from django.contrib.admin.apps import AdminConfig


class AdministrationConfig(AdminConfig):
    """Django's admin, with the site of this package."""

    default_site = "factcheck.administration.site.Administration"
