"""The load driver's visitor is a real one to the server; when a visitor leaves, their training stops."""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import parse_qsl

import pytest

from engine import Experiment
from engine.serialization.url_format import from_url
from tests.benchmarks.load_patterns import LIMIT
from tests.benchmarks.visitor import Visitor

SECONDS = 60
SHARING = ", taking turns with 1 other training"
Act = Callable[[str], Coroutine[None, None, None]]


def progress(visitor: Visitor) -> list[str]:
    """What the progress bar said in this run."""
    return [element.progress.text for element in visitor.said if element.WhichOneof("type") == "progress"]


async def train(base: str) -> Visitor:
    """A visitor whose long training has begun."""
    visitor = await Visitor.arrive(base)
    await visitor.open(LIMIT)
    await visitor.ask({"train": True})
    await says(visitor, "Epoch ")
    return visitor


async def hear_until(visitor: Visitor, happened: Callable[[], bool], what: str) -> None:
    """Take in messages until it has happened."""
    try:
        async with asyncio.timeout(SECONDS):
            while not happened():
                await visitor.hear()
    except TimeoutError:
        raise AssertionError(f"{what}: not within {SECONDS} seconds. Said: {progress(visitor)[-3:]}") from None


async def says(visitor: Visitor, words: str, least: int = 1) -> None:
    """Wait until the progress bar has said this so many times."""
    said = f"The progress bar says {words!r}, at least {least} times"
    await hear_until(visitor, lambda: sum(words in text for text in progress(visitor)) >= least, said)


async def says_no_more(visitor: Visitor, words: str) -> None:
    """Wait until the progress bar says something without these words."""
    await hear_until(visitor, lambda: words not in progress(visitor)[-1], f"The progress bar says no more {words!r}")


async def one_visitor(base: str) -> None:
    visitor = await Visitor.arrive(base)
    await visitor.open("n=500&seed=7")
    charts = [element.plotly_chart for element in visitor.said if element.WhichOneof("type") == "plotly_chart"]
    assert len(charts) == 3
    first = visitor.received
    await visitor.act({"train": True})
    assert visitor.received - first < first / 2, "what the visitor has kept is not sent again"
    await visitor.act({"epochs": "600"})
    assert "n=600" in visitor.query
    assert visitor.errors == []
    assert visitor.runs == 3
    await visitor.leave()


async def leaving(base: str) -> None:
    first = await train(base)
    second = await train(base)
    await says(second, SHARING)
    await says(first, SHARING)
    await first.leave()
    await says_no_more(second, SHARING)
    await second.leave()
    third = await train(base)
    await says_no_more(third, SHARING)
    await third.leave()


async def others_work_on(base: str) -> None:
    trainer, visitor = await train(base), await Visitor.arrive(base)
    await visitor.open("n=500")
    before = len(progress(trainer))
    await visitor.act({"look at": ["2"]})
    await says(trainer, "Epoch ", before + 1)
    await trainer.leave()
    await visitor.leave()


async def keeping_to_oneself(base: str) -> None:
    first, second = await Visitor.arrive(base), await Visitor.arrive(base)
    await first.open("xn=ohmmeter,tesla,farad&x=0,0,1_1,1,1_1,0,1_0,1,0.4711&n=500")
    await first.act({"learning_rate": "henry"})
    mine = " ".join(map(str, first.said))
    await second.open("n=500")
    theirs = " ".join(map(str, second.said))
    # long words: what is packed as letters and digits has many a short one by chance
    for typed in ("ohmmeter", "tesla", "farad", "henry", "0.4711"):
        assert typed in mine
        assert typed not in theirs
    await first.leave()
    await second.leave()


@pytest.mark.parametrize("act", [one_visitor, leaving, others_work_on, keeping_to_oneself])
def test_visitors(server: str, act: Act) -> None:
    with ThreadPoolExecutor(1) as aside:  # Playwright may have an event loop in this thread already
        aside.submit(asyncio.run, asyncio.wait_for(act(server), 3 * SECONDS)).result()


def test_the_limit_is_accepted_and_long() -> None:
    experiment, problems = from_url(dict(parse_qsl(LIMIT)))
    assert problems == ()
    assert experiment != Experiment()
    assert 30 < experiment.predicted_seconds < 120
