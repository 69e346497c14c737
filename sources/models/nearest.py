"""Vectors of several encoders in one column: each row says whose its vector is.

Only vectors of one encoder can be compared, and each encoder has a width of its
own. So such a column has none, and each encoder has an index of its own.
"""

from django.contrib.postgres.indexes import OpClass
from django.db.models import Q
from django.db.models.functions import Cast
from pgvector.django import HalfVectorField, HnswIndex


def nearest_by(encoder: str, name: str, *, width: int) -> HnswIndex:
    """An index of the vectors by one encoder."""
    return HnswIndex(
        OpClass(Cast("vector", HalfVectorField(dimensions=width)), name="halfvec_cosine_ops"),
        name=name,
        m=16,
        ef_construction=64,
        condition=Q(encoder=encoder),
    )


def unread_by(encoder: str) -> Q:
    """Rows whose vector is not by ``encoder``; not "other than", which no index answers."""
    return Q(encoder__lt=encoder) | Q(encoder__gt=encoder)
