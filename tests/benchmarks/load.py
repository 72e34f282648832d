"""A classroom on one server, with the driver on the same machine: `python -m tests.benchmarks.load [sessions ...]`.

For 1, 10 and 40 sessions: all open the same link at once, or links of their own; all, each with a table of their own,
press Train at once, unchanged or with another number of epochs; all work at their own pace, alone or while one more
visitor trains at the limit. It prints the waits, the processor time of server and driver, and what each part of a run
costs. The bars are seconds at the 95th percentile for 40 sessions on two cores, on a machine where the tutorial's loop
takes 6.75 microseconds per epoch; the time it takes on this machine is printed too.
"""

import asyncio
import itertools
import json
import random
import resource
import statistics
import sys
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from engine import PRESETS, Experiment
from engine.serialization.url_format import to_url
from tests.benchmarks import contenders
from tests.benchmarks.host import Host, serve
from tests.benchmarks.visitor import Visitor, together

SESSIONS = (1, 10, 40)
PACE = (3.0, 7.0)
SECONDS = 30.0
MEGABYTES = 400
LIMIT = urlencode(to_url(replace(PRESETS["sine"], epochs=1_000_000, batch_size=5)))
"""A million epochs of five batches: more than a minute of training, and the limit is two."""

number = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Pattern:
    """What all sessions do, the bar, and whether each has opened a table of its own before."""

    act: Callable[[Sequence[Visitor]], Awaitable[list[float]]]
    bar: float
    opened: bool = True


def own_table() -> str:
    """The parameters of a table that no other session has."""
    return f"x=0,0,1_1,1,1_1,0,1_0,1,{next(number) / 1000}&seed=1"


async def open_same(visitors: Sequence[Visitor]) -> list[float]:
    """Everyone opens the same link at once."""
    return list(await asyncio.gather(*(visitor.open() for visitor in visitors)))


async def open_own(visitors: Sequence[Visitor]) -> list[float]:
    """Everyone opens a link of their own at once."""
    return list(await asyncio.gather(*(visitor.open(own_table()) for visitor in visitors)))


async def press_train(visitors: Sequence[Visitor]) -> list[float]:
    """Everyone presses Train at once, for the run that is already shown."""
    return list(await asyncio.gather(*(visitor.act({"train": True}) for visitor in visitors)))


async def train_anew(visitors: Sequence[Visitor]) -> list[float]:
    """Everyone types another number of epochs and presses Train at once."""
    return list(await asyncio.gather(*(visitor.act({"epochs": "10001", "train": True}) for visitor in visitors)))


async def at_own_pace(visitors: Sequence[Visitor]) -> list[float]:
    """Everyone changes something every few seconds."""
    return list(itertools.chain(*await asyncio.gather(*map(work, visitors))))


async def beside_the_limit(visitors: Sequence[Visitor]) -> list[float]:
    """Everyone at their own pace, while one more visitor trains for more than a minute."""
    greedy = await Visitor.arrive(visitors[0].base)
    await greedy.open(LIMIT)
    await greedy.ask({"train": True})
    training = asyncio.create_task(greedy.finished())
    waited = await at_own_pace(visitors)
    assert not training.done(), "the long training ended before the others did"
    training.cancel()
    await greedy.leave()
    return waited


async def work(visitor: Visitor) -> list[float]:
    """One visitor's changes for a while, each followed by the player's report of the cursor."""
    waited = []
    until = time.monotonic() + SECONDS
    await asyncio.sleep(random.uniform(0, PACE[1]))
    for turn in itertools.count():
        if time.monotonic() > until:
            break
        waited.append(await visitor.act(cursor(visitor) if turn % 2 else change(visitor, turn // 2)))
        await asyncio.sleep(random.uniform(*PACE))
    return waited


def change(visitor: Visitor, turn: int) -> dict[str, Any]:
    """One change: in turn a cell, the row in the drawing, the number of epochs, the axis."""
    grid = next(key for key in visitor.widgets if key.startswith("grid"))
    cell = {"edited_rows": {"0": {"x1": str(random.random())}}, "added_rows": [], "deleted_rows": []}
    changes: tuple[dict[str, Any], ...] = (
        {grid: json.dumps(cell)},
        {"look at": [str(turn // 4 % 3 + 2)]},
        {"epochs": str(random.randint(5_000, 15_000))},
        {"axis": [("linear", "log")[turn // 4 % 2]]},
    )
    return changes[turn % len(changes)]


def cursor(visitor: Visitor) -> dict[str, str]:
    """The player's report of an epoch."""
    moved = {"run": visitor.player["run"], "epoch": random.choice(visitor.player["epochs"]), "at": time.time()}
    return {"player": json.dumps({"moved": moved})}


PATTERNS: dict[str, Pattern] = {
    "open one link": Pattern(open_same, 1.5, opened=False),
    "open their own": Pattern(open_own, 1.5, opened=False),
    "Train": Pattern(press_train, 2.0),
    "edit and Train": Pattern(train_anew, 2.0),
    "own pace": Pattern(at_own_pace, 0.1),
    "beside one at the limit": Pattern(beside_the_limit, 0.6),
}


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
