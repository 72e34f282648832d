"""What the browser tests stand on: a Chromium, a running app, and a page that is watched for errors."""

import getpass
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from filelock import FileLock
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
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""The first is a Chromium without the window, its menus and its buttons, which nobody looks at here."""
SCREEN = ViewportSize(width=1280, height=720)
INSTALL_SECONDS = 300
INSTALLING = FileLock(Path(tempfile.gettempdir()) / f"glassbox-install-{getpass.getuser()}.lock")
"""Held by a worker that looks for a program and installs it: of two that find none, one installs it, as Debian's
packages let nobody else in meanwhile, and then both have it."""
SEEN_BEFORE = "try { localStorage.setItem('glassbox seen', '1'); } catch { /* a frame without storage */ }"
"""Runs before every page: its visitor has been here before, and no player greets."""

# Asked in a process of its own: Playwright's driver would leave an event loop behind in this one.
PLAYWRIGHTS_OWN = """
from playwright.sync_api import sync_playwright
with sync_playwright() as p:
    print(p.chromium.executable_path)
"""


def said_by(command: list[str], seconds: float) -> tuple[bool, str]:
    """Run a command: whether it ended well in time, and what it said."""
    try:
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=seconds
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return False, f"{error}\n"
    return done.returncode == 0, done.stdout.decode(errors="replace")


def starts(path: str) -> bool:
    """Whether it is there and starts: a browser without its system libraries is as good as none."""
    return said_by([path, "--version"], 60)[0]


def named() -> str | None:
    return next((path for path in map(shutil.which, NAMES) if path and starts(path)), None)


def playwrights_own() -> str | None:
    found, path = said_by([sys.executable, "-c", PLAYWRIGHTS_OWN], 60)
    path = path.strip()
    return path if found and starts(path) else None


def debian_package(*names: str) -> list[str]:
    """The command that installs packages of Debian; as root, or with a `sudo` that asks for no password."""
    sudo = "" if os.geteuid() == 0 else "sudo -n "
    wait = f"-o DPkg::Lock::Timeout={INSTALL_SECONDS // 2}"  # a machine that has just started may update itself
    install = f"{sudo}env DEBIAN_FRONTEND=noninteractive apt-get install {wait} -y --no-install-recommends"
    return ["sh", "-c", f"{sudo}apt-get update -q; {install} -q {' '.join(names)}"]


@INSTALLING
def find_chromium() -> str:
    """The path of a Chromium that starts: the one given, one that is installed, or one installed now."""
    given = os.environ.get("CHROMIUM")
    if given:
        path = shutil.which(given)
        if path and starts(path):
            return path
        pytest.fail(f"CHROMIUM is {given}, which does not start: set it to a Chromium, or unset it.", pytrace=False)
    if installed := named() or playwrights_own():
        return installed
    tries: list[tuple[list[str], Callable[[], str | None]]] = [
        ([sys.executable, "-m", "playwright", "install", "chromium"], playwrights_own),
        (debian_package("chromium-headless-shell", "fonts-dejavu-core"), named),
        (debian_package("chromium", "fonts-dejavu-core"), named),
    ]
    told = []
    for command, find in tries:
        told.append(f"$ {' '.join(command)}\n{said_by(command, INSTALL_SECONDS)[1][-1500:]}")
        if installed := find():
            return installed
    pytest.fail(
        "The browser tests need Chromium, and none could be installed. Install one yourself: "
        "`python -m playwright install --with-deps chromium`, or `apt-get install chromium` on Debian, "
        "or set CHROMIUM to the path of one.\n" + "\n".join(told),
        pytrace=False,
    )


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
