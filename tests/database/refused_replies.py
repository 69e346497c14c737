"""Rows on the right of reply that no database takes."""

from tests.database.refusals import refused
from tests.factories import LONG_AGO, ReplyRequestFactory


@refused("reply_outcome_known")
def record_an_outcome_nobody_knows():
    ReplyRequestFactory(outcome="guessed")


@refused("reply_names_who_was_asked")
def ask_without_a_name():
    ReplyRequestFactory(asked="")


@refused("reply_answered_has_words")
def answer_without_words():
    ReplyRequestFactory(outcome="answered")


@refused("reply_due_after_asking")
def want_the_answer_before_asking():
    ReplyRequestFactory(due_on=LONG_AGO.date())
