"""A page's last words must not wait for the browser to acknowledge the ones before."""

import socket

from pages.widgets.house import hasten


def sends_at_once(connection: socket.socket) -> bool:
    return connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY) != 0


def test_connections_that_are_open_and_those_that_come_send_at_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        with socket.create_connection(listening.getsockname()), listening.accept()[0] as first:
            assert not sends_at_once(first)
            hasten()
            assert sends_at_once(first)
        with socket.create_connection(listening.getsockname()), listening.accept()[0] as second:
            assert sends_at_once(second)


def test_what_is_open_stays_open_and_what_is_no_socket_is_left_alone() -> None:
    one, other = socket.socketpair()
    with one, other:
        hasten()
        one.sendall(b"still here")
        assert other.recv(10) == b"still here"
