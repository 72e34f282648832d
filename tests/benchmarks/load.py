"""A classroom on one server, with the driver on the same machine: `python -m tests.benchmarks.load [sessions ...]`.

For 1, 10 and 40 sessions: all open the same link at once, or links of their own; all, each with a table of their own,
press Train at once, unchanged or with another number of epochs; all work at their own pace, alone, while one more
visitor trains at the limit, or while one trains a sweep. It prints the waits, the processor time of server and driver,
and what each part of a run costs. The bars are seconds at the 95th percentile for 40 sessions on two cores, where the
tutorial's loop takes 6.75 microseconds per epoch; the time it takes here is printed too.
"""

import asyncio
import resource
import statistics
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace

from engine import Experiment
from tests.benchmarks import contenders
from tests.benchmarks.host import Host, serve
from tests.benchmarks.load_patterns import PATTERNS, own_table
from tests.benchmarks.visitor import together

SESSIONS = (1, 10, 40)
MEGABYTES = 400


def driver_seconds() -> float:
    """Processor seconds of this process so far."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def loop_microseconds() -> float:
    """Microseconds per epoch of the tutorial's loop, on this machine and at this moment."""
    experiment = replace(Experiment(), epochs=2_000)
    seconds, _ = contenders.measure({"loop": contenders.tutorial_loop(experiment)}, repeats=5)
    return 1e6 * seconds["loop"] / experiment.epochs


def percentile(waited: Sequence[float], share: float) -> float:
    """The wait that this share of the sessions did not exceed."""
    ordered = sorted(waited)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


async def measure(host: Host, name: str, count: int) -> None:
    """Run one pattern and print the result."""
    pattern, pace = PATTERNS[name], loop_microseconds()
    visitors = await together(host.base, count)
    if pattern.opened:
        for visitor in visitors:
            await visitor.open(own_table())
    host.parts()
    server, worker, driver = host.seconds(), host.worker_seconds(), driver_seconds()
    waited = await pattern.act(visitors)
    server, driver, parts = host.seconds() - server, driver_seconds() - driver, host.parts()
    worker = host.worker_seconds() - worker
    late = percentile(waited, 0.95)
    verdict = f"bar {pattern.bar} s {'kept' if late < pattern.bar else 'LOST'}" if count >= max(SESSIONS) else ""
    print(
        f"{count:3} {name:24} median {statistics.median(waited):6.3f} s, p95 {late:6.3f} s; processor: server "
        f"{server:5.2f} s, worker {worker:5.2f} s, driver {driver:5.2f} s; memory {host.megabytes():4.0f} MB; "
        f"load {host.busy():.1f}, loop {pace:.1f} us  {verdict}"
    )
    print(f"    {cost(parts, server)}", flush=True)
    seen = [error for visitor in visitors for error in visitor.errors]
    assert not seen, f"visitors saw {seen[:3]}"
    await asyncio.gather(*(visitor.leave() for visitor in visitors))


def cost(parts: dict[str, tuple[float, int]], seconds: float) -> str:
    """Milliseconds of each part per run of the script."""
    runs = parts["script, the rest"][1]
    each = {part: spent / runs for part, (spent, _) in sorted(parts.items(), key=lambda item: -item[1][0])}
    each["event loop and the rest"] = 1000 * seconds / runs - sum(each.values())
    return f"{runs} runs of {1000 * seconds / runs:.0f} ms: " + ", ".join(f"{p} {ms:.1f}" for p, ms in each.items())


def counts() -> Iterator[int]:
    """The numbers of sessions, from the command line."""
    yield from map(int, sys.argv[1:]) if len(sys.argv) > 1 else SESSIONS


async def measure_all(host: Host) -> None:
    """A first visitor, and then all patterns."""
    (first,) = await together(host.base, 1)
    print(f"the first visitor after the server says it is healthy: {await first.open():.3f} s")
    await first.leave()
    for count in counts():
        for name in PATTERNS:
            await measure(host, name, count)
    memory = host.megabytes(peak=True)
    print(f"memory at most {memory:.0f} MB, bar {MEGABYTES} MB {'kept' if memory < MEGABYTES else 'LOST'}")


def main() -> None:
    """Start a server, measure and print."""
    with serve() as host:
        asyncio.run(measure_all(host))


if __name__ == "__main__":
    main()
