"""Connections that are kept between requests."""

import psycopg
import pytest
from django.db import close_old_connections, connection


@pytest.mark.django_db(transaction=True)
def test_the_first_request_after_a_restart_of_the_database_finds_a_new_connection():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (process,) = cursor.fetchone()
    with psycopg.connect(**connection.get_connection_params()) as other:
        assert other.execute("SELECT pg_terminate_backend(%s, 5000)", [process]).fetchone()[0]
    close_old_connections()  # as a request begins
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        assert cursor.fetchone()[0] != process
