"""Socket options of the server: TCP_NODELAY."""

import os
import socket
from contextlib import suppress


def disable_nagle() -> None:
    """Set TCP_NODELAY on every open socket; connections accepted later inherit it from the listening one.

    Streamlit's listening socket is made without a protocol number, so asyncio does not set it, and uvicorn does not
    either (https://github.com/encode/uvicorn/pull/3149). The last packet of a page then waits until the browser has
    acknowledged the ones before, up to 40 ms on Linux.
    """
    with suppress(OSError):  # there is no /dev/fd on Windows
        for number in os.listdir("/dev/fd"):
            with suppress(OSError):  # not a socket, or not TCP
                borrowed = socket.socket(fileno=int(number))
                try:
                    borrowed.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                finally:
                    borrowed.detach()  # leaves the descriptor open: it is not ours
