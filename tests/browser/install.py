"""The programs that the browser tests need: those that are installed, or that are installed now."""

import getpass
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
"""The first is a Chromium without the window, its menus and its buttons, which nobody looks at here."""
INSTALL_SECONDS = 300
INSTALLING = FileLock(Path(tempfile.gettempdir()) / f"glassbox-install-{getpass.getuser()}.lock")
"""Held by a worker that looks for a program and installs it: of two that find none, one installs it, as Debian's
packages let nobody else in meanwhile, and then both have it."""

# Asked in a process of its own: Playwright's driver would leave an event loop behind in this one.
PLAYWRIGHT_PATH = """
from playwright.sync_api import sync_playwright
with sync_playwright() as p:
    print(p.chromium.executable_path)
"""


def run_command(command: list[str], seconds: float) -> tuple[bool, str]:
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
    return run_command([path, "--version"], 60)[0]


def installed_chromium() -> str | None:
    return next((path for path in map(shutil.which, NAMES) if path and starts(path)), None)


def chromium_of_playwright() -> str | None:
    found, path = run_command([sys.executable, "-c", PLAYWRIGHT_PATH], 60)
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
    if installed := installed_chromium() or chromium_of_playwright():
        return installed
    tries: list[tuple[list[str], Callable[[], str | None]]] = [
        ([sys.executable, "-m", "playwright", "install", "chromium"], chromium_of_playwright),
        (debian_package("chromium-headless-shell", "fonts-dejavu-core"), installed_chromium),
        (debian_package("chromium", "fonts-dejavu-core"), installed_chromium),
    ]
    told = []
    for command, find in tries:
        told.append(f"$ {' '.join(command)}\n{run_command(command, INSTALL_SECONDS)[1][-1500:]}")
        if installed := find():
            return installed
    pytest.fail(
        "The browser tests need Chromium, and none could be installed. Install one yourself: "
        "`python -m playwright install --with-deps chromium`, or `apt-get install chromium` on Debian, "
        "or set CHROMIUM to the path of one.\n" + "\n".join(told),
        pytrace=False,
    )
