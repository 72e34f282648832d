"""A simulated visitor: one browser tab that speaks Streamlit's websocket protocol, and draws nothing.

The browser sends BackMsg, the server ForwardMsg. The browser requests a run of the script with the address and the
values of all widgets, and the run ends with `script_finished`. The browser caches messages that the server marks, by
their hash, for as many runs as it is told, and says so; the server then sends only the hash.
"""

import asyncio
import json
import time
from collections.abc import Mapping
from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

VALUES = {"button": "trigger_value", "number_input": "double_value", "button_group": "string_array_value"}
"""The field of a WidgetState with the value of each kind of element."""


class Visitor:
    """One tab: its address, its widgets by key, and its cache of messages.

    `said` has all elements of the last run, `player` the player's data, `errors` the exceptions shown, `polls` the
    fragments that the page runs again by itself, each with its seconds.
    """

    def __init__(self, connection: ClientConnection, base: str) -> None:
        self.connection, self.base = connection, base
        self.query, self.page = "", ""
        self.widgets: dict[str, tuple[str, str]] = {}
        self.values: dict[str, tuple[str, Any]] = {}
        self.kept: dict[str, tuple[int, ForwardMsg]] = {}
        self.said: list[Element] = []
        self.player: dict[str, Any] = {}
        self.errors: list[str] = []
        self.polls: dict[str, float] = {}
        self.runs = self.received = self.most_age = 0

    @classmethod
    async def arrive(cls, base: str) -> "Visitor":
        """Connect to a server by its http address, without running the script."""
        address = base.replace("http", "ws", 1) + "/_stcore/stream"
        protocols = [Subprotocol("streamlit"), Subprotocol("unused")]
        return cls(await connect(address, subprotocols=protocols, max_size=None, compression=None, proxy=None), base)

    async def leave(self) -> None:
        """Close the tab."""
        await self.connection.close()

    async def open(self, query: str = "") -> float:
        """Open an address; returns the seconds until all of the page has arrived."""
        self.query = query
        return await self.act({})

    async def act(self, changes: Mapping[str, Any]) -> float:
        """Change widgets by key; returns the seconds until all of the answer has arrived."""
        began = time.perf_counter()
        await self.ask(changes)
        await self.finished()
        return time.perf_counter() - began

    async def poll(self, done: asyncio.Event) -> None:
        """Run again and again the fragment that the page runs by itself most often, until it is `done`."""
        while not done.is_set():
            fragment = min(self.polls, key=self.polls.__getitem__)
            await asyncio.sleep(self.polls[fragment])
            await self.ask({}, fragment)
            await self.finished()

    async def ask(self, changes: Mapping[str, Any], fragment: str = "") -> None:
        """Request a run of the script, or of a fragment. A button is pressed for one run only; other values stay."""
        back = BackMsg()
        state = back.rerun_script
        state.fragment_id, state.is_auto_rerun = fragment, bool(fragment)
        if not fragment:  # a run of the page says again what it runs by itself
            self.polls = {}
        state.query_string, state.page_script_hash = self.query, self.page
        state.context_info.url, state.context_info.color_scheme = f"{self.base}/", "light"
        state.context_info.timezone, state.context_info.locale = "UTC", "en"
        state.cached_message_hashes.extend(self.kept)
        once: dict[str, tuple[str, Any]] = {}
        for key, value in changes.items():
            identity, field = self.widgets[key]
            (once if field.endswith("trigger_value") else self.values)[identity] = (field, value)
        for identity, (field, value) in (self.values | once).items():
            widget = state.widget_states.widgets.add(id=identity)
            if field == "string_array_value":
                widget.string_array_value.data.extend(value)
            else:
                setattr(widget, field, value)
        self.said = []
        await self.connection.send(back.SerializeToString())

    async def finished(self) -> None:
        """Receive messages until a run has ended; one that ends early is followed by another."""
        while True:
            message = await self.hear()
            if message.WhichOneof("type") == "script_finished":
                if message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                    break
                self.said = []
        self.runs += 1
        self.kept = {name: kept for name, kept in self.kept.items() if self.runs - kept[0] < self.most_age}

    async def hear(self) -> ForwardMsg:
        """Receive the next message."""
        data = await self.connection.recv()
        assert isinstance(data, bytes), "the server speaks in binary messages"
        self.received += len(data)
        message = ForwardMsg()
        message.ParseFromString(data)
        kind = message.WhichOneof("type")
        if kind == "new_session":
            self.page = message.new_session.page_script_hash
            self.most_age = message.new_session.config.max_cached_message_age
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "auto_rerun":
            self.polls[message.auto_rerun.fragment_id] = message.auto_rerun.interval
        elif kind in ("delta", "ref_hash"):
            if kind == "ref_hash":
                self.kept[message.ref_hash] = (self.runs, self.kept[message.ref_hash][1])
                message = self.kept[message.ref_hash][1]
            elif message.metadata.cacheable:
                self.kept[message.hash] = (self.runs, message)
            if message.delta.WhichOneof("type") == "new_element":
                self.note(message.delta.new_element)
        return message

    def note(self, element: Element) -> None:
        """Remember an element and, if it is a widget, the field of its value."""
        self.said.append(element)
        kind = str(element.WhichOneof("type"))
        if kind == "exception":
            self.errors.append(f"{element.exception.type}: {element.exception.message}")
        if kind == "bidi_component" and element.bidi_component.id.endswith("-player"):
            self.player = json.loads(element.bidi_component.json)
        identity = getattr(getattr(element, kind), "id", "")
        key = identity.split("-", 2)[-1].partition(" · ")[0]
        if identity and key:
            self.widgets[key] = (
                identity,
                VALUES.get(kind, "json_value" if kind == "bidi_component" else "string_value"),
            )


async def together(base: str, count: int) -> list[Visitor]:
    """This many visitors, connected."""
    return list(await asyncio.gather(*(Visitor.arrive(base) for _ in range(count))))
