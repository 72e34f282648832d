"""What the server sends is little, since it refers to what the page has; and the page still has it when that comes."""

from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, WebSocket, WebSocketRoute, expect
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from engine import PRESETS, Experiment
from engine.serialization import to_url
from tests.benchmarks.picture_speed import spiral
from tests.browser.playground import open_at, texts, wait_for_stage
from tests.browser.stillness import a_run, wait_for

RATES = ("0.2", "0.3", "0.4")
TRAININGS = {"XOR": (PRESETS["xor"], 150_000), "200 rows": (spiral(200), 500_000)}
"""Bytes that one training may take: forty laptops share a classroom's network."""


class Line:
    """The connection of a page, on which what the server says can be held back."""

    def __init__(self, page: Page) -> None:
        self.held: list[str | bytes] | None = None
        self.ended = 0  # runs, held back or not
        page.route_web_socket("**/_stcore/stream", self._connect)

    def _connect(self, client: WebSocketRoute) -> None:
        self._client = client
        client.connect_to_server().on_message(self._hear)

    def _hear(self, message: str | bytes) -> None:
        self.ended += is_the_end(message)
        if self.held is None:
            self._client.send(message)
        else:
            self.held.append(message)

    def let_go(self) -> None:
        """Deliver what was held back, and hold back no more."""
        held, self.held = self.held or [], None
        for message in held:
            self._client.send(message)


def is_the_end(message: str | bytes) -> bool:
    """Whether it says that a run is over."""
    return isinstance(message, bytes) and ForwardMsg.FromString(message).WhichOneof("type") == "script_finished"


def set_rate(page: Page, rate: str) -> None:
    field = page.get_by_role("textbox", name="Learning rate")
    field.fill(rate)
    field.press("Enter")


@pytest.mark.parametrize("changes", [1, 2, 3])
def test_a_change_is_taken_back_while_the_answer_to_the_last_one_is_on_its_way(
    page: Page, server: str, changes: int
) -> None:
    line = Line(page)
    open_at(page, f"{server}/?lr=0.1&n=900")
    drawn = texts(page, "Weight evolution")
    for rate in RATES[: changes - 1]:
        with a_run(page):
            set_rate(page, rate)
    line.held, ended = [], line.ended
    set_rate(page, RATES[changes - 1])
    wait_for(page, lambda: line.ended > ended, True)
    now = line.ended
    set_rate(page, "0.1")
    line.let_go()
    wait_for(page, lambda: line.ended > now, True)
    expect(page.get_by_role("textbox", name="Learning rate")).to_have_value("0.1")
    wait_for(page, lambda: "lr=0.1&" in page.url, True)
    wait_for_stage(page)
    assert texts(page, "Weight evolution") == drawn


@pytest.mark.parametrize(("experiment", "most"), TRAININGS.values(), ids=TRAININGS)
def test_a_training_sends_what_is_new_and_no_code(page: Page, server: str, experiment: Experiment, most: int) -> None:
    heard = list[bytes]()

    def listen(socket: WebSocket) -> None:
        socket.on("framereceived", lambda message: heard.append(message) if isinstance(message, bytes) else None)

    page.on("websocket", listen)
    open_at(page, f"{server}/?{urlencode(to_url(experiment))}")
    heard.clear()
    with a_run(page):
        set_rate(page, "0.02")
    wait_for_stage(page)
    sizes = [len(message) for message in heard]
    assert max(sizes) > 10_000  # the numbers have come
    assert sum(sizes) < most
