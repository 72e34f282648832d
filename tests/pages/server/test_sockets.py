"""The last packet of a page does not wait for an acknowledgement of the ones before; every page ensures that."""

import os
import socket

import pytest

from pages.private_api.sockets import disable_nagle
from pages.server import process
from tests.pages.visit import visit


def sends_at_once(connection: socket.socket) -> bool:
    return connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0


def test_connections_that_are_open_and_those_that_come_send_at_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        with socket.create_connection(listening.getsockname()), listening.accept()[0] as first:
            assert not sends_at_once(first)
            disable_nagle()
            assert sends_at_once(first)
        with socket.create_connection(listening.getsockname()), listening.accept()[0] as second:
            assert sends_at_once(second)


def test_everything_that_is_open_stays_as_it_is() -> None:
    one, other = socket.socketpair()
    with one, other, open(os.devnull) as _:
        one.setblocking(False)
        out, into = os.pipe()
        before = len(os.listdir("/dev/fd"))
        disable_nagle()
        assert len(os.listdir("/dev/fd")) == before
        assert (one.getblocking(), other.getblocking()) == (False, True)
        assert (os.get_blocking(one.fileno()), os.get_blocking(other.fileno())) == (False, True)
        one.sendall(b"still here")
        assert other.recv(10) == b"still here"
        os.close(into)
        assert os.read(out, 1) == b"", "nobody else holds the end that was closed"
        os.close(out)


def test_every_page_asks_for_the_server_to_be_put_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(process, "tune_process", lambda: asked.append("tune"))
    visit()
    visit({"preset": "xor"})
    assert asked == ["tune", "tune"]
