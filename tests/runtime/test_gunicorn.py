"""A process of the web server is ready when it says so."""

import subprocess
import sys

from django.conf import settings

BEGUN = """
import gc, sys
import django
django.setup()
from factcheck import gunicorn
assert "claims.api.claims" not in sys.modules
gunicorn.post_worker_init(None)
assert "claims.api.claims" in sys.modules
assert gc.get_freeze_count() > 10_000
"""


def test_a_process_has_read_the_code_of_every_page_before_its_first_request():
    begun = subprocess.run(
        [sys.executable, "-c", BEGUN],
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=False,
    )
    assert begun.returncode == 0, begun.stderr
