"""What the visitors of the load benchmark do: all at once, or each at their own pace, the same every time."""

import asyncio
import itertools
import json
import random
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from streamlit.util import calc_hash

from engine import PRESETS
from engine.serialization.url_format import to_url
from tests.benchmarks.visitor import Visitor

PACE = (3.0, 7.0)
SECONDS = 30.0
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


def long_sweep() -> str:
    """The parameters of an experiment that no other session has, and whose sweep takes longer than all the others."""
    return urlencode(to_url(replace(PRESETS["xor"], hidden=(24,), epochs=1_000_000, seed=next(number))))


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
    return list(itertools.chain(*await asyncio.gather(*itertools.starmap(work, enumerate(visitors)))))


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


async def beside_a_sweep(visitors: Sequence[Visitor]) -> list[float]:
    """Everyone at their own pace, while one more visitor trains a sweep and looks at how far it is."""
    greedy = await Visitor.arrive(visitors[0].base)
    greedy.page = calc_hash("sweep")
    await greedy.open(long_sweep())
    await greedy.act({"start sweep": True})
    done = asyncio.Event()
    looking = asyncio.create_task(greedy.poll(done))
    waited = await at_own_pace(visitors)
    done.set()
    await looking
    assert "progress" in [element.WhichOneof("type") for element in greedy.said], (
        "the sweep ended before the others did"
    )
    await greedy.act({"stop sweep": True})
    await greedy.leave()
    return waited


async def work(seed: int, visitor: Visitor) -> list[float]:
    """One visitor's changes for a while, each followed by the player's report of the cursor."""
    waited, chance = [], random.Random(seed)
    until = time.monotonic() + SECONDS
    await asyncio.sleep(chance.uniform(0, PACE[1]))
    for turn in itertools.count():
        if time.monotonic() > until:
            break
        waited.append(await visitor.act(cursor(visitor, chance) if turn % 2 else change(visitor, turn // 2, chance)))
        await asyncio.sleep(chance.uniform(*PACE))
    return waited


def change(visitor: Visitor, turn: int, chance: random.Random) -> dict[str, Any]:
    """One change: in turn a cell, the row in the drawing, the number of epochs, the axis."""
    grid = next(key for key in visitor.widgets if key.startswith("grid"))
    cell = {"edited_rows": {"0": {"x1": str(chance.random())}}, "added_rows": [], "deleted_rows": []}
    changes: tuple[dict[str, Any], ...] = (
        {grid: json.dumps(cell)},
        {"look at": [str(turn // 4 % 3 + 2)]},
        {"epochs": str(chance.randint(5_000, 15_000))},
        {"axis": [("linear", "log")[turn // 4 % 2]]},
    )
    return changes[turn % len(changes)]


def cursor(visitor: Visitor, chance: random.Random) -> dict[str, str]:
    """The player's report of an epoch."""
    moved = {"run": visitor.player["run"], "epoch": chance.choice(visitor.player["epochs"]), "at": time.time()}
    return {"player": json.dumps({"moved": moved})}


PATTERNS: dict[str, Pattern] = {
    "open one link": Pattern(open_same, 1.5, opened=False),
    "open their own": Pattern(open_own, 1.5, opened=False),
    "Train": Pattern(press_train, 2.0),
    "edit and Train": Pattern(train_anew, 2.0),
    "own pace": Pattern(at_own_pace, 0.1),
    "beside one at the limit": Pattern(beside_the_limit, 0.6),
    "beside a sweep": Pattern(beside_a_sweep, 0.13),
}
