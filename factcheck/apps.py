"""The project package as an app: users, work rows and the history."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created

from factcheck.celery import app as celery_app


class FactcheckConfig(AppConfig):
    """Sets the Celery application, so that hints find it in every process."""

    name = "factcheck"
    celery_app = celery_app

    def ready(self) -> None:
        """Have queries timed."""
        from factcheck.logs import time_queries  # noqa: PLC0415 - reads settings

        connection_created.connect(time_queries)
