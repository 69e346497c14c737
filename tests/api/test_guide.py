"""docs/api.md, followed to the letter by somebody who knows nothing else."""

import os
import re
import subprocess
from pathlib import Path

import pytest
from django.conf import settings as project

from tests.api.asking import asking
from tests.api.live import accept_some_evidence, fill_library, working

GUIDE = project.BASE_DIR / "docs" / "api.md"
STEPS = re.split(r"^## ", GUIDE.read_text(), flags=re.MULTILINE)[1:]
LONGEST = 120  # seconds a command may take


def commands(step: str) -> list[str]:
    return re.findall(r"^```sh\n(.*?)^```", step, flags=re.DOTALL | re.MULTILINE)


class Shell:
    """One terminal: what a command sets, the next one knows."""

    def __init__(self, folder: Path, **variables: str) -> None:
        self._folder = folder
        self._environment = {**os.environ, **variables}
        (folder / "variables").touch()

    def run(self, command: str) -> str:
        script = f"set -ae\n. ./variables\n{command}\nset +e\nexport -p > variables\n"
        done = subprocess.run(
            ["bash", "-c", script],
            cwd=self._folder,
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=LONGEST,
            check=False,
        )
        assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
        return done.stdout


@pytest.mark.django_db(transaction=True)
def test_every_command_of_the_guide_works_in_its_order(live_server, settings, tmp_path):
    settings.SITE_URL = live_server.url
    fill_library()
    shell = Shell(tmp_path, FACTCHECK_CHECKOUT=str(project.BASE_DIR))
    told: list[str] = []
    with working():
        for step in STEPS:
            if step.startswith("4."):
                accepted = accept_some_evidence()
            for command in commands(step):
                told.append(shell.run(command))
                if "export KEY" in command:
                    shell.run(f"KEY={asking().raw}\nFACTCHECK={live_server.url}")
    said = "\n".join(told)
    assert '{"results":[],"next":null}' in said
    assert "Handed in once." in said
    assert accepted.passage.text in said
    assert "new 1\n" in said
    assert "nine schools" in said
