import inspect

import pytest
from factory.django import DjangoModelFactory

from tests import factories

FACTORIES = [
    made
    for _, made in inspect.getmembers(factories, inspect.isclass)
    if issubclass(made, DjangoModelFactory) and made is not DjangoModelFactory
]


@pytest.mark.django_db
@pytest.mark.parametrize("made", FACTORIES, ids=lambda made: made.__name__)
def test_a_row_of_each_factory_is_valid(made):
    made()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("made", "trait"),
    [(made, trait) for made in FACTORIES for trait in made._meta.parameters],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_each_trait_makes_a_valid_row(made, trait):
    made(**{trait: True})
