"""What the browser tests stand on: a Chromium, a running app, and a page that is watched for errors."""

import re
import socket
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, ViewportSize

from tests.deadline import wait_until

ROOT = Path(__file__).resolve().parents[2]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--renderer-process-limit=1",  # the next page finds the front end compiled, and takes half as long
    "--disable-features=ScriptStreaming",  # which would compile it once more while it comes
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE 127.0.0.2",  # no network but the server
]
SCREEN = ViewportSize(width=1280, height=720)
SEEN_BEFORE = "try { localStorage.setItem('glassbox seen', '1'); } catch { /* a frame without storage */ }"
"""Runs before every page: its visitor has been here before, and no player greets."""


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        port: int = s.getsockname()[1]
    return port


def healthy(base: str) -> bool:
    # No proxy: one that the environment names would be asked for loopback too.
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(f"{base}/_stcore/health", timeout=2) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


@contextmanager
def start_server(script: Path = ROOT / "streamlit_app.py", module: str = "streamlit") -> Iterator[str]:
    """A server of one's own, cold, that ends with the block; gives its address. Fails with its output if it dies.

    `module` is what Python runs for it.
    Look at it through a `watched_page` within the block: a page that outlives its server logs errors.
    """
    port = free_port()
    base = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", module, "run", script.name, "--server.headless=true"]
    command += [f"--server.port={port}", "--server.address=127.0.0.1"]
    command += ["--browser.gatherUsageStats=false"]
    # A file, not a pipe: a pipe that nobody reads fills up and stops the server.
    with (
        tempfile.TemporaryFile() as output,
        subprocess.Popen(
            command, cwd=script.parent, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT
        ) as process,
    ):

        def said() -> str:
            output.seek(0)
            return output.read().decode(errors="replace")[-4000:]

        def fail(words: str) -> None:
            pytest.fail(f"{words}\n{said()}", pytrace=False)

        try:
            wait_until(lambda: process.poll() is not None or healthy(base), lambda: f"{said()}\nThe server is up")
            if process.poll() is not None:
                fail(f"The server ended with {process.returncode} before it was up.")
            try:
                yield base
            finally:  # also where a test has failed already: the death is the reason
                if process.poll() is not None:
                    fail(f"The server died with {process.returncode} during the tests.")
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()


@contextmanager
def watched_page(
    browser: Browser,
    viewport: ViewportSize = SCREEN,
    phone: bool = False,
    still: bool = False,
    newcomer: bool = False,
) -> Iterator[Page]:
    """A fresh page; fails at the end if the console showed an error or a script threw one.

    Not counted is that Streamlit, opened at /step, looks for its server at /step/_stcore before it does at /_stcore.
    A `phone` has touch and no mouse, and a context of its own; on a `still` machine the system is set to reduced
    motion. Only a `newcomer` is greeted by a player that moves. All other pages share the browser's first context,
    whose cache has the front end, and leave nothing there.
    """
    errors: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error" and not re.search(r"/\w+/_stcore/", message.location["url"]):
            errors.append(message.text)

    own = browser.new_context(viewport=viewport, is_mobile=True, has_touch=True) if phone else None
    context = own or browser.contexts[0]
    page = context.new_page()
    page.set_viewport_size(viewport)
    page.emulate_media(reduced_motion="reduce" if still else "no-preference")
    if not newcomer:
        page.add_init_script(SEEN_BEFORE)
    page.on("console", hear)
    page.on("pageerror", lambda error: errors.append(str(error)))
    try:
        yield page
    finally:
        leave_nothing(page)
        if own:
            own.close()
    if errors:
        pytest.fail("The browser's console showed errors:\n" + "\n".join(errors), pytrace=False)


def leave_nothing(page: Page) -> None:
    """Close a page, and what it kept in the browser goes with it, but for the cache."""
    kept = {"origin": "*", "storageTypes": "cookies,local_storage,indexeddb,service_workers,cache_storage"}
    page.context.new_cdp_session(page).send("Storage.clearDataForOrigin", kept)
    page.context.clear_permissions()
    page.close()
