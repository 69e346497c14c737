"""Checks by others and answers of those concerned, as publishers read them with a claim."""

from rest_framework import serializers

from claims.models import ReplyOutcome


class CheckSerializer(serializers.Serializer):
    """A check by another fact-checker, with their rating on their own scale."""

    outlet = serializers.CharField(help_text="Who checked it.")
    rating = serializers.CharField(help_text="Their words for what they found.")
    claim = serializers.CharField(help_text="The claim as they put it.")
    title = serializers.CharField()
    url = serializers.URLField()
    checked_at = serializers.DateField(allow_null=True)


class ReplySerializer(serializers.Serializer):
    """Somebody who was asked for an answer to the claim, and what came of it."""

    asked = serializers.CharField(help_text="Who was asked; empty if nobody was.")
    asked_on = serializers.DateField()
    outcome = serializers.ChoiceField(choices=ReplyOutcome.choices)
    answer = serializers.CharField(help_text="Their words, or why nobody was asked.")
    answered_on = serializers.DateField(allow_null=True)
