"""The project package as an app: users, work rows and the history."""

from django.apps import AppConfig

from factcheck.celery import app as celery_app


class FactcheckConfig(AppConfig):
    """Sets the Celery application, so that hints find it in every process."""

    name = "factcheck"
    celery_app = celery_app

    def ready(self) -> None:
        """Register the checks."""
        from factcheck import checks  # noqa: F401, PLC0415 - connections exist only now
