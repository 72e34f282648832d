"""The host: a server started like the product, whose memory and processor time can be read."""

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
    """A running server: its address, its process, and the file its meter writes to."""

    base: str
    process: int
    meter: Path

    def seconds(self) -> float:
        """Processor seconds so far, user plus system."""
        return seconds(self.process)

    def worker_seconds(self) -> float:
        """Processor seconds of its worker process, if it has started one."""
        return sum(map(seconds, children(self.process)))

    def megabytes(self, peak: bool = False) -> float:
        """Resident memory of both processes, now or at its peak."""
        return sum(megabytes(process, peak) for process in (self.process, *children(self.process)))

    def parts(self) -> dict[str, tuple[float, int]]:
        """Milliseconds and calls of each part since the last call."""
        self.meter.unlink(missing_ok=True)
        os.kill(self.process, signal.SIGUSR1)
        while not self.meter.exists():
            time.sleep(0.01)
        time.sleep(0.05)
        return {part: (spent, times) for part, (spent, times) in json.loads(self.meter.read_text()).items()}

    @staticmethod
    def busy() -> float:
        """The load of the whole machine over the last minute."""
        return os.getloadavg()[0]


@contextmanager
def serve() -> Iterator[Host]:
    """A new server, stopped at the end of the block."""
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
    """Resident memory of a process, now or at its peak."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    (line,) = (line for line in lines if line.startswith("VmHWM:" if peak else "VmRSS:"))
    return int(line.split()[1]) / 1024


def children(process: int) -> set[int]:
    """The child processes of a process."""
    lists = Path(f"/proc/{process}/task").glob("*/children")
    return {int(process) for found in lists for process in found.read_text().split()}
