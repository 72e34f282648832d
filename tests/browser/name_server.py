"""A name server on loopback that knows one name's addresses, as Docker's own knows the containers of a service."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager

A, INTERNET, SECONDS = 1, 1, 600
"""Type and class of a record that holds an IPv4 address (RFC 1035), and how long Docker says that it may be kept."""


def answer(question: bytes, name: str, addresses: list[str]) -> bytes:
    """The answer to a question about a name: all its addresses, or none where another name or type is asked for."""
    end = question.index(0, 12) + 5  # the name ends with an empty label; type and class follow
    asked, (kind, _) = question[12 : end - 4], struct.unpack(">HH", question[end - 4 : end])
    known = b"".join(bytes([len(label)]) + label.encode() for label in name.split(".")) + b"\0"
    found = addresses if asked.lower() == known and kind == A else []
    flags = 0x8580 if asked.lower() == known else 0x8583  # an answer, of one who knows; there is no such name
    head = question[:2] + struct.pack(">HHHHH", flags, 1, len(found), 0, 0)
    # 0xC00C points at the name in the question.
    records = (struct.pack(">HHHIH", 0xC00C, A, INTERNET, SECONDS, 4) + socket.inet_aton(address) for address in found)
    return head + question[12:end] + b"".join(records)


@contextmanager
def name_server(name: str, addresses: list[str]) -> Iterator[int]:
    """Answer until the block ends with what is in the list at that moment; gives the port."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]

        def serve() -> None:
            while True:
                question, asker = listening.recvfrom(4096)
                if not question:
                    return
                listening.sendto(answer(question, name, addresses), asker)

        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield port
        finally:
            with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as ending:
                ending.sendto(b"", ("127.0.0.1", port))
            thread.join()
