"""Notes on a claim, as one person may read them, and those that wait for a person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from claims.addressing import meant, names_in, pieces, shortest
from claims.models import Addressee, Claim, Note
from factcheck.models import User


@dataclass(frozen=True, slots=True)
class Said:
    """What a note said, and until when; of its present words, nothing."""

    pieces: list[tuple[str, str]]
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class NoteShown:
    """A note as one person reads it.

    ``to`` is who else it is for. ``nobodys`` are names in it that are no colleague's, for
    its author to see. Of what was taken back there are words for its author alone.
    """

    note: Note
    own: bool
    to: list[User]
    unread: bool
    said: Said | None
    before: list[Said]
    nobodys: list[str]


@dataclass(frozen=True, slots=True)
class Nameable:
    """A colleague whom a note can name, and as what."""

    person: User
    as_named: str


def whom_to_name(people: Sequence[User], reader: User) -> list[Nameable]:
    """Those of ``people``, all who may work here, whom a note by ``reader`` can name."""
    names = shortest([one.username for one in people])
    return [
        Nameable(one, names[one.username])
        for one in people
        if one != reader and one.username in names
    ]


def notes_on(claim: Claim, person: User) -> list[NoteShown]:
    """The notes on a claim for a person, the oldest first. Two queries, one without notes."""
    notes = Note.objects.of(claim).select_related("author", "claim")
    return [_shown(note, person) for note in notes.prefetch_related("addressees__person")]


def notes_for(person: User, most: int) -> list[NoteShown]:
    """What was written to a person and waits for them, the oldest first. Two queries."""
    unread = Addressee.objects.unread_by(person).values("note")
    notes = Note.objects.filter(pk__in=unread).select_related("author", "claim").order_by("pk")
    return [_shown(note, person) for note in notes.prefetch_related("addressees__person")[:most]]


def _shown(note: Note, person: User) -> NoteShown:
    own = note.author_id == person.pk
    rows = list(note.addressees.all())
    people = {row.person.username: row.person for row in rows}
    usernames = [*people, note.author.username]
    readable = own or note.taken_back_at is None
    earlier = [(was["text"], datetime.fromisoformat(was["until"])) for was in note.earlier]
    names = names_in(note.text)
    known = meant(names, usernames)

    def said(text: str, until: datetime | None = None) -> Said:
        return Said(pieces(text, meant(names_in(text), usernames)), until)

    return NoteShown(
        note=note,
        own=own,
        to=[one.person for one in rows],
        unread=note.taken_back_at is None
        and any(row.person_id == person.pk and row.read_at is None for row in rows),
        said=said(note.text) if readable else None,
        before=[said(*was) for was in reversed(earlier)] if readable else [],
        nobodys=[name for name in names if name not in known] if own else [],
    )
