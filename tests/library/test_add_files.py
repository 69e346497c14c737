"""Files of their own: who published them, when, what they are called; and what is counted."""

import pytest
from django.core.management import CommandError

from factcheck.refusals import Refused
from sources import registry
from sources.library import Library
from sources.models import NOT_KNOWN, Outlet, Passage, Source
from sources.moderating import describe_outlet
from sources.ports import Query
from tests.documents import pdf_drawn
from tests.factories import UserFactory
from tests.library.test_add_documents import ROWS, add, written

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def reports(tmp_path_factory, monkeypatch):
    monkeypatch.chdir(tmp_path_factory.mktemp("reports"))


MINUTES = "Minutes of 4 May\n\nThe council met at noon. It closed the ferry to Portsea.\n"


def test_files_that_do_not_say_who_published_them_have_no_outlet_in_common(tmp_path):
    for place in ("north", "south", "west"):
        (tmp_path / f"{place}.txt").write_text(f"The {place} ferry to Portsea carried 40 people.\n")

    add(tmp_path)

    found = Library(registry.encoder()).search(Query("The ferry to Portsea carried 40 people."), 4)
    assert [item.outlet for item in found] == [""] * 3
    assert len({item.origin for item in found}) == 3
    assert {source.outlet.name for source in Source.objects.all()} == {NOT_KNOWN}
    with pytest.raises(Refused, match="This is no publisher"):
        describe_outlet(Outlet.objects.get().pk, name="Gazette", kind="news", by=UserFactory())


def test_somebody_says_who_published_files_and_when(tmp_path):
    (tmp_path / "minutes.txt").write_text(MINUTES)

    add(tmp_path, "--outlet", "Portsea Council", "--kind=government", "--published-at=2024-05-06")

    source = Source.objects.get()
    assert (source.outlet.name, source.outlet.kind) == ("Portsea Council", "government")
    assert str(source.published_at) == "2024-05-06"


def test_a_kind_without_an_outlet_and_a_day_that_is_none_are_refused_before_anything_is_read():
    with pytest.raises(CommandError, match="give --outlet too"):
        add("/nowhere", "--kind=government")
    with pytest.raises(CommandError, match="is no day; write it like"):
        add("/nowhere", "--published-at=4/5/24")
    with pytest.raises(CommandError, match="1019-05-06 is before 1600"):
        add("/nowhere", "--published-at=1019-05-06")


@pytest.mark.parametrize(
    ("lines", "title"),
    [
        (["Minutes of 4 May", "The council met at noon. It closed the ferry."], "Minutes of 4 May"),
        (["The council met at noon.", "It closed the ferry to Portsea."], "minutes"),
    ],
)
def test_a_pdf_without_metadata_is_called_by_its_heading(tmp_path, lines, title):
    def draw(canvas):
        for number, line in enumerate(lines):
            canvas.drawString(72, 700 - 40 * number, line)

    (tmp_path / "minutes.pdf").write_bytes(pdf_drawn(draw))
    add(tmp_path)
    assert Source.objects.get().title == title


def test_what_is_only_cited_is_not_counted_as_held(tmp_path):
    file = written(tmp_path / "news.jsonl", ROWS)
    add(file)
    Passage.objects.filter(pk=Passage.objects.first().pk).update(words=0)

    said, _ = add(file)

    assert said == "0 passages added; the library holds 11.\n"
