"""Functions run at the same moment, each on its own connection to the database."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import connection


def at_once(*functions: Callable[[], object]) -> list[object]:
    """What each function returned or raised."""
    start = threading.Barrier(len(functions))

    def run(function: Callable[[], object]) -> object:
        try:
            start.wait()
            return function()
        except Exception as error:  # noqa: BLE001 - what it raised is what is asked for
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(functions)) as pool:
        return list(pool.map(run, functions))
