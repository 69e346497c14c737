"""What the product would send out of this machine, recorded and refused."""

import socket

import pytest


class Outward:
    """Names that were looked up and addresses that were connected to."""

    def __init__(self) -> None:
        self.asked: list[object] = []

    def watch(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Stand before the sockets of this process, whatever library uses them."""
        connect = socket.socket.connect

        def refuse(connection: socket.socket, address: object) -> None:
            if connection.family == socket.AF_UNIX:  # Valkey, which is this machine
                connect(connection, address)
                return
            self.asked.append(address)
            raise ConnectionRefusedError("There is no outside in tests.")

        def look_up(host: object, *args: object, **options: object) -> None:
            self.asked.append(host)
            raise socket.gaierror(socket.EAI_NONAME, "There is no outside in tests.")

        monkeypatch.setattr(socket, "getaddrinfo", look_up)
        monkeypatch.setattr(socket.socket, "connect", refuse)
        monkeypatch.setattr(socket.socket, "connect_ex", refuse)
