import io
import json
import subprocess
import sys
from pathlib import Path

import pytest

from claims.splitting.__main__ import Unreadable, answers

ARTICLE = {
    "article": "a1",
    "text": "The council raised the fee to 12 euros.\n\nSource: example.org",
    "title": "",
    "published_at": "2020-06-24",
    "outlet": "",
}


def test_one_article_a_line_gives_one_answer_a_line():
    run = subprocess.run(
        [sys.executable, "-m", "claims.splitting"],
        input=json.dumps(ARTICLE) + "\n\n" + json.dumps({"text": "Why?"}) + "\n",
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    first, second = map(json.loads, run.stdout.splitlines())
    claim = first["claims"][0]

    assert first["article"] == "a1"
    assert ARTICLE["text"][claim["start"] : claim["end"]] == claim["quote"]
    assert {"text", "kind", "desk", "claimant", "attribution", "check_worthiness", "reasons"} <= (
        claim.keys()
    )
    assert first["dropped"][-1]["why"] == "source line"
    assert second["claims"] == []
    assert "no sentence" in second["error"]


def test_an_unreadable_line_is_named_by_its_number():
    with pytest.raises(Unreadable, match="line 2"):
        list(answers(io.StringIO(json.dumps(ARTICLE) + "\n{oops\n")))


@pytest.mark.parametrize("wrong", ['{"title": "no text"}', '{"text": 5}', "[]", "3"])
def test_something_that_is_no_article_is_refused(wrong):
    with pytest.raises(Unreadable, match="not an article"):
        list(answers([wrong]))


def _exit_code(code):
    run = subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2], check=False)
    return run.returncode


def test_the_splitter_imports_neither_django_nor_celery():
    assert not _exit_code(
        "import sys, claims.splitting, claims.anchoring;"
        "sys.exit(any(m.split('.')[0] in {'django', 'celery'} for m in sys.modules))"
    )


def test_the_model_is_not_loaded_by_importing():
    assert not _exit_code(
        "import claims.splitting, claims.splitting.language as language, sys;"
        "sys.exit(language._pipeline.cache_info().currsize)"
    )
