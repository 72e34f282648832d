"""Replicas are servers as a host runs them, each on a port of its own, with HAProxy before them: one link for all."""

import os
import shutil
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import pytest

from tests.browser.install import INSTALL_SECONDS, INSTALLING, debian_package, run_command
from tests.browser.launch import ROOT, free_port, healthy
from tests.browser.name_server import name_server
from tests.deadline import wait_until

CONFIGURATION = ROOT / "deploy/haproxy.cfg"
SETTINGS = {"HEADLESS": "true", "COOKIE_SECRET": "one for all", "FILE_WATCHER_TYPE": "none"}


@INSTALLING
def find_haproxy() -> str:
    """The path of HAProxy: an installed one, or one installed now. Debian keeps it where only root looks."""
    command = debian_package("haproxy")
    path = f"{os.environ.get('PATH', '')}:/usr/sbin"
    if found := shutil.which("haproxy", path=path):
        return found
    told = run_command(command, INSTALL_SECONDS)[1]
    if found := shutil.which("haproxy", path=path):
        return found
    pytest.fail(
        "The tests of the hosted link need HAProxy, and it could not be installed. Install it yourself: "
        f"`apt-get install haproxy` on Debian.\n$ {' '.join(command)}\n{told[-1500:]}",
        pytrace=False,
    )


@dataclass(slots=True)
class Replica:
    """One server, which can be killed and started again on its port."""

    port: int
    output: Path
    host: str = "127.0.0.1"
    root: Path = ROOT
    process: subprocess.Popen[bytes] | None = None

    @property
    def base(self) -> str:
        return f"http://{self.host}:{self.port}"

    @property
    def is_up(self) -> bool:
        """Whether it has been started and not ended since."""
        return self.process is not None and self.process.poll() is None

    def start(self) -> None:
        """Start it; it is not healthy yet."""
        settings = {f"STREAMLIT_SERVER_{name}": value for name, value in SETTINGS.items()}
        settings |= {"STREAMLIT_SERVER_PORT": str(self.port), "STREAMLIT_SERVER_ADDRESS": self.host}
        command = [sys.executable, "-m", "streamlit", "run", "deploy/server.py"]
        self.process = run(command, self.output, os.environ | settings, self.root)

    def wait(self) -> None:
        wait_until(lambda: healthy(self.base), lambda: f"{self.said()}\nA replica is healthy")

    def kill(self) -> None:
        """End it as a failing machine would: at once, and without a word to anyone."""
        if self.process:
            self.process.kill()
            self.process.wait()

    def pause(self) -> None:
        """Stop it where it is: its port is open, but it answers nothing."""
        self.signal(signal.SIGSTOP)

    def resume(self) -> None:
        self.signal(signal.SIGCONT)

    def signal(self, number: signal.Signals) -> None:
        if self.process:
            self.process.send_signal(number)

    def megabytes(self) -> float:
        """Its memory, as the system counts it."""
        assert self.process
        lines = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:"))

    def said(self) -> str:
        return self.output.read_text(errors="replace")[-4000:]


def run(
    command: list[str], output: Path, environment: dict[str, str] | None = None, root: Path = ROOT
) -> subprocess.Popen[bytes]:
    file: IO[bytes]
    with output.open("ab") as file:
        return subprocess.Popen(
            command, cwd=root, env=environment, stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.STDOUT
        )


HOSTS = ("127.0.0.1", "127.0.0.2")


@contextmanager
def hosted(folder: Path, known: list[str] | None = None) -> Iterator[tuple[str, list[Replica]]]:
    """The link's address and the two replicas behind it, with the configuration of `deploy`, addresses aside.

    As containers do, the replicas have one port, each on an address of its own, which a name server tells: all of them,
    or those that are in `known` at the moment.
    """
    haproxy = find_haproxy()
    inside, port = free_port(), free_port()
    replicas = [Replica(inside, folder / host, host) for host in HOSTS]
    told = [*HOSTS] if known is None else known
    with ExitStack() as ends:
        names = ends.enter_context(name_server("page", told))
        text = CONFIGURATION.read_text()
        ours = {"bind :8500": f"bind 127.0.0.1:{port}", "127.0.0.11:53": f"127.0.0.1:{names}", ":8501": f":{inside}"}
        for written, free in ours.items():
            assert written in text, f"{CONFIGURATION} should have {written}"
            text = text.replace(written, free)
        (folder / "haproxy.cfg").write_text(text)
        for replica in replicas:
            replica.start()
            ends.callback(replica.kill)
        for replica in replicas:
            replica.wait()
        balancer = run([haproxy, "-f", str(folder / "haproxy.cfg")], folder / "haproxy")
        ends.callback(balancer.wait)
        ends.callback(balancer.kill)
        base = f"http://127.0.0.1:{port}"
        wait_until(lambda: healthy(base), lambda: f"{(folder / 'haproxy').read_text()}\nHAProxy answers")
        wait_until(lambda: cookies_of(base) == len(told), "HAProxy knows all replicas")
        yield base, replicas


def cookies_of(base: str) -> int:
    """How many replicas new browsers are given: each is known by its cookie, and they take turns."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    cookies = set()
    for _ in range(2 * len(HOSTS)):
        with opener.open(f"{base}/_stcore/health", timeout=10) as answer:
            cookies.add(str(answer.headers["Set-Cookie"]).partition(";")[0])
    return len(cookies)
