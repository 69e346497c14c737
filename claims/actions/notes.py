"""Notes to colleagues about a claim: writing one, wording it anew, taking it back.

Whoever a note names with an @, and whoever has the claim in hand, is to read it.
"""

from collections.abc import Iterable

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from claims.actions.refusals import Overtaken, Refused, check_fields, check_not_replaced
from claims.addressing import meant, names_in
from claims.models import LONGEST_NOTE, Addressee, Claim, Note
from claims.states import ClaimState, IllegalMove
from factcheck.models import Event, User
from factcheck.people import colleagues


@transaction.atomic
def write_note(claim_id: int, text: str, *, by: User) -> Note:
    """Leave a note on a claim; whatever was written to ``by`` about it is answered and read.

    Who sends the same words twice in a row has written one note.
    """
    claim = Claim.objects.select_for_update(no_key=True).get(pk=claim_id)
    check_not_replaced(claim)
    note = Note(claim=claim, author=by, text=_words(text))
    check_fields(note, ["text"])
    last = claim.notes.order_by("-pk").first()
    if last is not None and _stands(last, by, note.text):
        return last
    note.save(force_insert=True)
    _address(note, claim)
    answered = Addressee.objects.filter(note__in=Note.objects.of(claim))
    answered.filter(person=by, read_at__isnull=True).update(read_at=Now())
    Event.objects.record("note.written", note, by=by, thread=claim)
    return note


@transaction.atomic
def reword_note(note_id: int, text: str, *, wording: int, by: User) -> Note:
    """Let one's own note say something else; what it said before stays beside it.

    ``wording`` is the number of the wording the author saw; raise Overtaken if it
    has another by now, from another tab. Who is named only now is to read it; who is
    not named any more and has not read it is not.
    """
    note, claim = _own(note_id, by)
    words = _words(text)
    if note.wording != wording:
        raise Overtaken("You reworded this note meanwhile, on another page. Read that first.")
    if words == note.text:
        raise Refused("These are the words the note has.", "text")
    said = {"text": note.text, "until": timezone.now().isoformat(timespec="seconds")}
    note.earlier, note.text = [*note.earlier, said], words
    check_fields(note, ["text"])
    note.save(update_fields=["text", "earlier"])
    _address(note, claim)
    Event.objects.record("note.reworded", note, by=by, thread=claim, wording=note.wording)
    return note


@transaction.atomic
def take_back_note(note_id: int, *, by: User) -> Note:
    """Take one's own note back: others read that it was there, and not what it said."""
    note, claim = _own(note_id, by)
    note.taken_back_at = timezone.now()
    note.save(update_fields=["taken_back_at"])
    Event.objects.record("note.taken_back", note, by=by, thread=claim)
    return note


def mark_read(note_id: int, *, reader: User) -> None:
    """Let a note wait for ``reader`` no longer. No act: the history does not tell who read what."""
    addressed = Addressee.objects.filter(note=note_id, person=reader, read_at__isnull=True)
    addressed.update(read_at=Now())


def nobodys_names(note: Note) -> list[str]:
    """The names in a note that are no colleague's: those stay plain words. One query at most."""
    names = names_in(note.text)
    found = _people(names)
    return [name for name in names if name not in found]


def _own(note_id: int, by: User) -> tuple[Note, Claim]:
    """A note of ``by``, and its claim, locked."""
    claim_id = Note.objects.values_list("claim", flat=True).get(pk=note_id)
    claim = Claim.objects.select_for_update(no_key=True).get(pk=claim_id)
    note = Note.objects.get(pk=note_id)
    if note.author_id != by.pk:
        raise Refused("A note is its author's: write one of your own.")
    if note.taken_back_at is not None:
        raise IllegalMove("It was taken back; write another.")
    return note, claim


def _stands(note: Note, by: User, words: str) -> bool:
    return (note.author_id, note.text, note.taken_back_at) == (by.pk, words, None)


def _words(text: str) -> str:
    """What was typed, however a browser ends its lines; raise Refused if a note cannot say it."""
    words = "\n".join(text.splitlines()).strip()
    if not words:
        raise Refused("Write what your colleagues should know.", "text")
    if len(words) > LONGEST_NOTE:
        raise Refused(
            f"A note has {LONGEST_NOTE:,} characters at most, and this one has {len(words):,}. "
            "Bring what is longer as a document.",
            "text",
        )
    return words


def _address(note: Note, claim: Claim) -> None:
    """Let a note wait for whoever it is for now, and for nobody else who has not read it."""
    wanted = {person.pk for person in _people(names_in(note.text)).values()}
    if claim.state == ClaimState.IN_REVIEW and claim.reviewer_id is not None:
        wanted.add(claim.reviewer_id)
    wanted.discard(note.author_id)
    Addressee.objects.filter(note=note, read_at__isnull=True).exclude(person__in=wanted).delete()
    known = set(Addressee.objects.filter(note=note).values_list("person", flat=True))
    Addressee.objects.bulk_create(
        Addressee(note=note, person_id=key) for key in sorted(wanted - known)
    )


def _people(names: Iterable[str]) -> dict[str, User]:
    """The colleague each name addresses. One query, and none without names."""
    names = list(names)
    people = {person.username: person for person in colleagues()} if names else {}
    return {name: people[username] for name, username in meant(names, people).items()}
