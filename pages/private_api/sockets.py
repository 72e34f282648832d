"""The server's connections send at once."""

import os
import socket
from contextlib import suppress


def disable_nagle() -> None:
    """Have this server's connections, and those to come, send at once: each inherits that from what it came in by.

    Streamlit listens on a socket that does not say it is TCP's, so asyncio leaves Nagle's algorithm on, and uvicorn
    does too (https://github.com/encode/uvicorn/pull/3149). The end of a page then waits until the browser has
    acknowledged what came before, which takes Linux up to 40 ms.
    """
    with suppress(OSError):  # Windows, for one, does not list what is open
        for number in os.listdir("/dev/fd"):
            with suppress(OSError):  # what is no socket is left alone, and what is none of TCP's
                borrowed = socket.socket(fileno=int(number))
                try:
                    borrowed.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                finally:
                    borrowed.detach()  # it is not ours to close
