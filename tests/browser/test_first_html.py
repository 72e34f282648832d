"""What the hosted server sends before any page runs: the front end compressed, and words for who has no websocket."""

import gzip
import http.client
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from urllib.request import ProxyHandler, build_opener

import pytest
from playwright.sync_api import Browser, expect

from engine import PRESETS, record
from pages.charts.style.format import format_number
from tests.benchmarks.hostile import links, status
from tests.browser.launch import SCREEN, free_port, healthy
from tests.browser.playground import OUTPUTS, open_at, texts
from tests.browser.replicas import Replica, find_haproxy, run
from tests.deadline import wait_until

TAKEN = 3_200_000
"""The most bytes that a cold browser may take, websocket included."""

WITHOUT_WEBSOCKETS = """
defaults
    mode http
    timeout connect 2s
    timeout client 60s
    timeout server 60s
frontend school
    bind 127.0.0.1:{port}
    http-request deny if {{ hdr(Upgrade) -i websocket }}
    default_backend page
backend page
    server a 127.0.0.1:{inside}
"""
"""A network whose proxy lets no websocket through."""


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Replica]:
    replica = Replica(free_port(), tmp_path_factory.mktemp("host") / "output")
    replica.start()
    try:
        replica.wait()
        yield replica
    finally:
        replica.kill()


@pytest.fixture
def school(host: Replica, tmp_path: Path) -> Iterator[str]:
    """The address of the same server in such a network."""
    port = free_port()
    configuration = tmp_path / "haproxy.cfg"
    configuration.write_text(WITHOUT_WEBSOCKETS.format(port=port, inside=host.port))
    proxy = run([find_haproxy(), "-f", str(configuration)], tmp_path / "haproxy")
    try:
        wait_until(lambda: healthy(f"http://127.0.0.1:{port}"), lambda: (tmp_path / "haproxy").read_text())
        yield f"http://127.0.0.1:{port}"
    finally:
        proxy.kill()
        proxy.wait()


def answer(host: Replica, path: str, method: str = "GET", **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", host.port, timeout=30)
    connection.request(method, path, headers=headers)
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response, body


def test_a_cold_browser_takes_little_keeps_the_language_and_is_told_nothing_of_websockets(
    browser: Browser, host: Replica
) -> None:
    with browser.new_context(viewport=SCREEN) as context:
        page = context.new_page()
        page.clock.install()
        network = context.new_cdp_session(page)
        network.send("Network.enable")
        files: list[int] = []
        messages: list[int] = []
        network.on("Network.loadingFinished", lambda event: files.append(int(event["encodedDataLength"])))
        network.on(
            "Network.webSocketFrameReceived", lambda event: messages.append(len(event["response"]["payloadData"]))
        )
        open_at(page, host.base)
        taken = sum(files) + sum(messages) * 3 / 4  # messages come as base 64
        assert page.evaluate("document.documentElement.lang") == "en"
        page.clock.fast_forward(30_000)
        expect(page.locator("#no-websocket")).to_be_hidden()
    assert len(files) > 100
    assert taken < TAKEN, "a cold browser takes more bytes"


def scripts(host: Replica) -> list[str]:
    """The scripts that the first HTML names."""
    text = answer(host, "/")[1].decode()
    return ["/" + part.partition('"')[0] for part in text.split('"./')[1:] if part.partition('"')[0].endswith(".js")]


def test_what_is_kept_compressed_is_the_same_file(host: Replica) -> None:
    assert len(scripts(host)) > 20
    for path in scripts(host):
        plain, whole = answer(host, path)
        assert plain.headers["Content-Encoding"] is None
        for _ in range(2):  # compressed, and then as it was kept
            response, body = answer(host, path, **{"Accept-Encoding": "gzip, deflate, br"})
            if response.headers["Content-Encoding"] == "gzip":
                body = gzip.decompress(body)
            assert body == whole
            assert response.headers["Cache-Control"] == plain.headers["Cache-Control"]
            assert response.headers["Content-Type"] == plain.headers["Content-Type"]
            assert len(whole) < 1_000 or "Accept-Encoding" in response.headers["Vary"]


def test_the_largest_is_a_third_of_its_size_and_is_asked_for_in_other_ways_too(host: Replica) -> None:
    path = max(scripts(host), key=lambda path: len(answer(host, path)[1]))
    whole = answer(host, path)[1]
    compressed = answer(host, path, **{"Accept-Encoding": "gzip"})[1]
    assert len(compressed) < 0.4 * len(whole)
    assert answer(host, path, "HEAD", **{"Accept-Encoding": "gzip"})[1] == b""
    response, piece = answer(host, path, Range="bytes=10-19")
    assert (response.status, piece) == (206, whole[10:20])
    missing, page = answer(host, "/static/js/no-such-file.js", **{"Accept-Encoding": "gzip"})
    assert missing.headers["Cache-Control"] == "no-cache", "such an answer is not kept"
    assert b"<html" in gzip.decompress(page)


@pytest.mark.parametrize("path", ["/", "/step", "/about?seed=3"])
def test_the_first_html_has_its_language_and_our_title(host: Replica, server: str, path: str) -> None:
    response, text = answer(host, path)
    assert b'<html lang="en">' in text
    assert b"<title>Glassbox</title>" in text
    assert response.headers["Set-Cookie"] is None
    with build_opener(ProxyHandler({})).open(f"{server}{path}") as laptop:
        assert b'<html lang="en">' in laptop.read()


def test_who_has_no_websocket_is_told_and_given_the_charts(browser: Browser, school: str) -> None:
    with browser.new_context(viewport=SCREEN) as context:
        page = context.new_page()
        page.goto(f"{school}/?preset=and&at=100&row=2")
        words = page.get_by_role("alert")
        expect(words).to_contain_text("No connection to the server.")
        words.get_by_role("link").click()
        expect(page).to_have_title("Glassbox: a network learns")
        assert page.url == f"{school}/offline?preset=and&at=100&row=2"
        page.wait_for_function("() => document.querySelectorAll('.js-plotly-plot .main-svg').length >= 4")
        expect(page.get_by_role("button", name="Play", exact=True)).to_be_visible()
        page.keyboard.press("End")
        last = record(PRESETS["and"]).outputs[-1, :, 0]
        labels = {f"row {n}: {format_number(output)}" for n, output in enumerate(last, 1)}
        wait_until(lambda: labels <= {*texts(page, OUTPUTS)}, "The charts show the last epoch")


def test_the_charts_of_an_address_that_trains_too_long_are_refused_in_words(host: Replica) -> None:
    response, words = answer(host, "/offline?n=1000000")
    assert response.status == 422
    assert b"too long" in words


def test_damaged_addresses_have_charts_too(host: Replica) -> None:
    found = [status(host.port, "offline", query) for _, query in islice(links(3), 25)]
    assert set(found) <= {200, 422}, found
    assert "Traceback" not in host.said()
