"""The addresses below ``/api/v1/``."""

from django.urls import re_path

from claims.api.nowhere import Nowhere

app_name = "api"

urlpatterns = [
    re_path("", Nowhere.as_view(), name="nowhere"),
]
