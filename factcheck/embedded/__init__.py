"""Real PostgreSQL and Valkey, from wheels, for a machine that has neither.

`servers.py` is the door: whoever needs the servers holds a lock while using them, a
keeper process starts them for the first user and stops them after the last.
"""
