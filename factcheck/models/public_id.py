"""Public identifiers: what the outside may know of a row."""

from django.db import models
from django.db.models import Func


class UUIDv7(Func):
    """PostgreSQL 18's ``uuidv7()``: sortable by time, made by the database."""

    function = "uuidv7"
    arity = 0
    output_field = models.UUIDField()


class HasPublicId(models.Model):
    """A row that is named outside by a UUIDv7; its integer key stays inside."""

    public_id = models.UUIDField(db_default=UUIDv7(), unique=True, editable=False)

    class Meta:
        abstract = True
