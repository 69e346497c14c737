"""The project package as an app: users, work rows and the history."""

from django.apps import AppConfig, apps
from django.db.backends.signals import connection_created
from django.db.models.signals import post_migrate

from factcheck.celery import app as celery_app


class FactcheckConfig(AppConfig):
    """Sets the Celery application, so that hints find it in every process."""

    name = "factcheck"
    celery_app = celery_app

    def ready(self) -> None:
        """Have roles made once the permissions they hold exist, and queries timed."""
        from factcheck.logs import time_queries  # noqa: PLC0415 - reads settings
        from factcheck.roles import make_roles  # noqa: PLC0415 - models load before this

        post_migrate.connect(make_roles, sender=apps.get_app_config("claims"))
        connection_created.connect(time_queries)
