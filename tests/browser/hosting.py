"""Asking a hosted link beside a browser: by http, for its counts, and by websockets of one's own."""

import http.client
import socket
import urllib.request

from tests.browser.replicas import Replica
from tests.browser.tab import Tab


def got(address: str, **headers: str) -> http.client.HTTPResponse:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    answer: http.client.HTTPResponse = opener.open(urllib.request.Request(address, headers=headers), timeout=10)
    return answer


def trainings(replica: Replica) -> int:
    """How many trainings it has begun since it was started."""
    with got(f"{replica.base}/metrics") as answer:
        lines = answer.read().decode().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("glassbox_trainings_total "))


def sessions(replica: Replica) -> int:
    """How many pages are open there."""
    with got(f"{replica.base}/_stcore/metrics?families=active_sessions") as answer:
        lines = answer.read().decode().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("active_sessions "))


def shout(tab: Tab, size: int) -> None:
    """Send one long message, and wait for an answer."""
    tab.connection.send(bytes(size))
    tab.connection.recv(10)


def knock(port: int) -> tuple[socket.socket, bytes]:
    """Ask for a websocket by hand, and the first line of the answer."""
    found = socket.create_connection(("127.0.0.1", port), timeout=10)
    key = "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
    upgrade = f"Host: 127.0.0.1:{port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n{key}"
    found.sendall(f"GET /_stcore/stream HTTP/1.1\r\n{upgrade}\r\n".encode())
    return found, found.recv(4096).partition(b"\r\n")[0]
