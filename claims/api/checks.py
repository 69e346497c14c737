"""Checks by others, as publishers read them with a claim or a verdict."""

from rest_framework import serializers


class CheckSerializer(serializers.Serializer):
    """A check by another fact-checker, with their rating on their own scale."""

    outlet = serializers.CharField(help_text="Who checked it.")
    rating = serializers.CharField(help_text="Their words for what they found.")
    claim = serializers.CharField(help_text="The claim as they put it.")
    title = serializers.CharField()
    url = serializers.URLField()
    checked_at = serializers.DateField(allow_null=True)
