"""A class with cold browsers on the hosted server, by hand: `python -m tests.benchmarks.cold_browsers [CHECKOUT ...]`.

Forty at once ask for all that a real one was seen to ask for, six connections each, and then open the page. Prints the
bytes that one of them takes and what all cost the server, in turns with the same of other checkouts.
"""

import asyncio
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import sync_playwright

from tests.benchmarks.host import seconds
from tests.benchmarks.visitor import together
from tests.browser.install import find_chromium
from tests.browser.launch import FLAGS, ROOT, free_port
from tests.browser.replicas import Replica

BROWSERS, CONNECTIONS, TURNS = 40, 6, 5
TAKEN = 3_200_000
"""The most bytes that a cold browser may take."""


def paths_of_a_cold_browser(base: str) -> list[str]:
    """What a browser that has never been here asks the server for, until its charts are drawn."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        page = browser.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url) if request.url.startswith(base) else None)
        page.goto(base)
        page.wait_for_selector(".js-plotly-plot .textpoint", state="attached")
        browser.close()
    return [urlsplit(url).path or "/" for url in asked]


async def fetch(port: int, paths: asyncio.Queue[str]) -> int:
    """Fetch paths over one connection until there are none: the bytes that came, heads included."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    taken = 0
    while not paths.empty():
        path = paths.get_nowait()
        writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept-Encoding: gzip, br\r\n\r\n".encode())
        head = await reader.readuntil(b"\r\n\r\n")
        fields = dict(line.lower().split(b": ", 1) for line in head.split(b"\r\n")[1:-2])
        length = int(fields[b"content-length"])
        await reader.readexactly(length)
        taken += len(head) + length
    writer.close()
    return taken


async def cold_browser(port: int, paths: Sequence[str]) -> int:
    """One browser: the bytes that it takes."""
    queue: asyncio.Queue[str] = asyncio.Queue()
    for path in paths:
        queue.put_nowait(path)
    return sum(await asyncio.gather(*(fetch(port, queue) for _ in range(CONNECTIONS))))


async def class_of_cold_browsers(port: int, paths: Sequence[str]) -> int:
    """All browsers at once, and then all pages: the bytes that one of them takes."""
    taken = await asyncio.gather(*(cold_browser(port, paths) for _ in range(BROWSERS)))
    visitors = await together(f"http://127.0.0.1:{port}", BROWSERS)
    await asyncio.gather(*(visitor.open() for visitor in visitors))
    received = visitors[0].received
    await asyncio.gather(*(visitor.leave() for visitor in visitors))
    return taken[0] + received


@contextmanager
def servers(checkouts: Sequence[Path]) -> Iterator[dict[Path, Replica]]:
    """The hosted server of each checkout."""
    with tempfile.TemporaryDirectory() as folder, ExitStack() as ends:
        started = {path: Replica(free_port(), Path(folder) / f"{n}", root=path) for n, path in enumerate(checkouts)}
        for server in started.values():
            server.start()
            ends.callback(server.kill)
        for server in started.values():
            server.wait()
        yield started


def main() -> None:
    """Measure and print."""
    with servers([ROOT, *map(Path, sys.argv[1:])]) as started:
        paths = paths_of_a_cold_browser(started[ROOT].base)
        spent: dict[Path, list[float]] = {path: [] for path in started}
        taken: dict[Path, int] = {}
        for _ in range(TURNS):
            for path, server in started.items():
                assert server.process
                before = seconds(server.process.pid)
                taken[path] = asyncio.run(class_of_cold_browsers(server.port, paths))
                spent[path].append(seconds(server.process.pid) - before)
    for path, turns in spent.items():
        verdict = "kept" if taken[path] < TAKEN else "LOST"
        print(
            f"{path}: a cold browser asks for {len(paths)} files and takes {taken[path]:,} bytes, bar {TAKEN:,} "
            f"{verdict}; {BROWSERS} at once cost the server {statistics.median(turns):.2f} s of processor "
            f"({', '.join(f'{turn:.2f}' for turn in turns)})"
        )


if __name__ == "__main__":
    main()
