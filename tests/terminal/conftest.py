"""An article, a library, and ./dev check typed with workers at hand."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from factcheck.management.commands import check_article
from sources import registry
from sources.actions import read_snapshots
from sources.ports import Judgement, Stance
from sources.storing import store_documents
from tests.terminal.harbour import ARTICLE, LIBRARY
from tests.workers import work_off


class Reader:
    """A stance model that takes a side where the passage says "denies" or "confirm"."""

    name = "reader/1"

    def judge(self, claim: str, passages: list[str]) -> list[Judgement]:
        return [self._judged(text) for text in passages]

    def _judged(self, text: str) -> Judgement:
        end = text.index(".") + 1
        for word, stance in (("denies", Stance.CONTRADICTS), ("confirm", Stance.SUPPORTS)):
            if word in text:
                return Judgement(stance, 0.87, shown=True, rationale=(0, end))
        return Judgement(Stance.NEUTRAL, 0.7, shown=False)


@pytest.fixture(autouse=True)
def workers(monkeypatch) -> None:
    """While the command waits, workers work."""
    seconds = iter(range(1, 100_000, 10))
    clock = SimpleNamespace(monotonic=lambda: next(seconds), sleep=lambda _: work_off())
    monkeypatch.setattr(check_article, "time", clock)
    monkeypatch.setattr(registry, "stance_model", Reader)


@pytest.fixture
def library() -> None:
    read_snapshots(store_documents(LIBRARY), registry.encoder())


@pytest.fixture
def article(tmp_path) -> Path:
    file = tmp_path / "boats.txt"
    file.write_text(ARTICLE)
    return file


@pytest.fixture
def check(capsys) -> Callable[..., str]:
    """Type the command; return what it prints."""

    def run(*arguments: object) -> str:
        command = check_article.Command()
        command.run_from_argv(["manage.py", "check_article", *map(str, arguments)])
        return capsys.readouterr().out

    return run


@pytest.fixture
def refused(capsys) -> Callable[..., str]:
    """Type the command, which cannot do it; return its one line."""

    def run(*arguments: object) -> str:
        command = check_article.Command()
        with pytest.raises(SystemExit) as ended:
            command.run_from_argv(["manage.py", "check_article", *map(str, arguments)])
        assert ended.value.code == 2
        out, err = capsys.readouterr()
        lines = [line for line in err.splitlines() if line.strip()]
        assert out == ""
        assert len(lines) == 1, err
        assert "Traceback" not in err
        return lines[0]

    return run
