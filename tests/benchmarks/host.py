"""The host is a server of our own, started as the product is, with its memory and its processor time to be read."""

import json
import os
import signal
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.browser.launch import start_server

TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Host:
    """A running server: its address, its process, and the file that its meter writes."""

    base: str
    process: int
    meter: Path

    def seconds(self) -> float:
        """Processor seconds so far, user and system."""
        return seconds(self.process)

    def workshop_seconds(self) -> float:
        """The same of the process in which it trains meanwhile, if it has opened one."""
        return sum(map(seconds, children(self.process)))

    def megabytes(self, peak: bool = False) -> float:
        """Resident memory now, or the most so far, of both."""
        return sum(megabytes(process, peak) for process in (self.process, *children(self.process)))

    def parts(self) -> dict[str, tuple[float, int]]:
        """Milliseconds and calls of each part since this was asked last."""
        self.meter.unlink(missing_ok=True)
        os.kill(self.process, signal.SIGUSR1)
        while not self.meter.exists():
            time.sleep(0.01)
        time.sleep(0.05)
        return {part: (spent, times) for part, (spent, times) in json.loads(self.meter.read_text()).items()}

    @staticmethod
    def busy() -> float:
        """The machine's load over the last minute, everything on it included."""
        return os.getloadavg()[0]


@contextmanager
def serve() -> Iterator[Host]:
    """A server of one's own that ends with the block."""
    with tempfile.TemporaryDirectory() as folder:
        meter = Path(folder) / "parts.json"
        os.environ["METERED"] = str(meter)
        before = children(os.getpid())
        with start_server(module="tests.benchmarks.metered") as base:
            (process,) = children(os.getpid()) - before
            yield Host(base, process, meter)


def seconds(process: int) -> float:
    """Processor seconds of a process so far."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def megabytes(process: int, peak: bool) -> float:
    """Its resident memory now, or the most so far."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    (line,) = (line for line in lines if line.startswith("VmHWM:" if peak else "VmRSS:"))
    return int(line.split()[1]) / 1024


def children(process: int) -> set[int]:
    """The processes that it has started."""
    lists = Path(f"/proc/{process}/task").glob("*/children")
    return {int(process) for found in lists for process in found.read_text().split()}
