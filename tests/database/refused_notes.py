"""Notes to colleagues that no database takes."""

from claims.models import LONGEST_NOTE, Addressee, TakenAway
from tests.database.refusals import refused, twice
from tests.factories import ClaimFactory, NoteFactory, UserFactory


@refused("note_has_words")
def leave_an_empty_note():
    NoteFactory(text="")


@refused("note_is_short")
def leave_a_note_as_long_as_a_document():
    NoteFactory(text="ab" * LONGEST_NOTE)


@refused("taken_away_once_per_claim_and_person")
def tell_somebody_twice_that_a_claim_left_their_hands():
    twice(TakenAway.objects.create, claim=ClaimFactory(), person=UserFactory())


@refused("addressee_once_per_note")
def address_somebody_twice():
    twice(Addressee.objects.create, note=NoteFactory(), person=UserFactory())
