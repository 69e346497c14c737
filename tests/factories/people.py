"""Users, publishers and where these are told."""

import factory
from django.conf import settings
from factory.django import DjangoModelFactory

from claims import models
from claims.notices import CHOSEN
from claims.signing import new_seed
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
    seed = factory.LazyFunction(lambda: new_seed(settings.SECRET_KEY))
    notices = [notice.value for notice in CHOSEN]

    class Params:
        paused = factory.Trait(active=False, paused_because="A moderator paused it.")
