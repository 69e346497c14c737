"""Users, publishers and where these are told."""

import factory
from factory.django import DjangoModelFactory

from claims import models
from factcheck.models import ApiKey, Publisher, User
from tests.factories.sources import digest_of


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User

    username = factory.Sequence(lambda n: f"reviewer{n}")
    password = "!"  # cannot log in; a test of logging in sets one


class PublisherFactory(DjangoModelFactory):
    class Meta:
        model = Publisher

    name = factory.Sequence(lambda n: f"The Harbour Times {n}")


class ApiKeyFactory(DjangoModelFactory):
    class Meta:
        model = ApiKey

    publisher = factory.SubFactory(PublisherFactory)
    label = "desk"
    prefix = factory.Sequence(lambda n: f"fc_{n}")
    digest = factory.LazyAttribute(lambda key: digest_of(key.prefix))


class EndpointFactory(DjangoModelFactory):
    class Meta:
        model = models.Endpoint

    publisher = factory.SubFactory(PublisherFactory)
    url = factory.Sequence(lambda n: f"https://customer.example/{n}")
    secret = "secret"
