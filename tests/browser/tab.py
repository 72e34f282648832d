"""A simulated browser tab: an address, a cookie and a websocket, without any drawing."""

import time
from contextlib import ExitStack

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

SECONDS = 60


class Tab:
    """A connected tab. `address` is what the page wrote into the address bar, `wrong` lists what went wrong."""

    def __init__(self, base: str, cookie: str = "") -> None:
        self.base, self.cookie, self.address, self.session = base, cookie, "", ""
        self.wrong: list[str] = []
        self.ends = ExitStack()
        self.connection = self.connect()

    def connect(self) -> ClientConnection:
        """A new connection, with the cookie from the last one."""
        asked = connect(
            self.base.replace("http", "ws", 1) + "/_stcore/stream",
            subprotocols=[Subprotocol("streamlit")],
            additional_headers={"Cookie": self.cookie} if self.cookie else None,
            open_timeout=SECONDS,
            max_size=None,
            proxy=None,
        )
        found = self.ends.enter_context(asked)
        if found.response and (brought := found.response.headers.get("Set-Cookie")):
            self.cookie = brought.partition(";")[0]
        return found

    def reconnect(self) -> None:
        """Do as a browser does after losing its connection: connect again, and request the page at its address."""
        self.leave()
        self.connection = self.connect()
        self.open(self.address)

    def leave(self) -> None:
        """Close the tab."""
        self.ends.close()

    def open(self, address: str, page: str = "") -> None:
        """Request a page with these parameters, and receive messages until the run has ended."""
        self.address = address
        back = BackMsg()
        back.rerun_script.query_string, back.rerun_script.page_name = address, page
        self.connection.send(back.SerializeToString())
        until = time.monotonic() + SECONDS
        while True:
            try:
                data = self.connection.recv(max(0, until - time.monotonic()))
            except TimeoutError:
                raise AssertionError(f"the page at {address!r} has not ended within {SECONDS} seconds") from None
            assert isinstance(data, bytes), "the server speaks in binary messages"
            if b"Traceback" in data:
                self.wrong.append(f"a traceback in {data!r}"[:2000])
            message = ForwardMsg.FromString(data)
            element = message.delta.new_element
            if element.WhichOneof("type") == "exception":
                self.wrong.append(str(element.exception))
            kind = message.WhichOneof("type")
            if kind == "new_session":
                self.session = message.new_session.initialize.session_id
            elif kind == "page_info_changed":
                self.address = message.page_info_changed.query_string
            elif kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                break
        if message.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY:
            self.wrong.append(f"the run ended as {message.script_finished}")
