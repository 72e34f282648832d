"""Hostile links against a running server: run by hand, `python -m tests.benchmarks.hostile [links]`, 10,000 by default.

Good links are damaged in many ways and opened, four at a time, as a browser would: the address by HTTP, the page by its
websocket. There must be no answer 500, no traceback on the page or in the log, and no growth of memory.
"""

import http.client
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from urllib.parse import quote, urlencode

from engine import PRESETS
from engine.serialization.url_format import to_url
from tests.browser.launch import free_port
from tests.browser.replicas import Replica
from tests.browser.tab import Tab

LINKS = 10_000
AT_ONCE = 4
REPORT = 500
PAGES = ("", "step", "activations", "compare", "surface", "sweep", "learn", "code", "about", "nowhere")
VIEW = {"at": "3", "row": "2", "weight": "1,1,1", "axis": "linear", "lesson": "xor", "hide": "loss", "play": "1"}
NASTY = (
    *(
        "",
        "-1",
        "0",
        "1e999",
        "nan",
        "-inf",
        "9" * 400,
        "1_0",
        "٣",
        "\uff11",
        "0x10",
        "1,,2",
        "_",
        ",",
        "=",
        "&",
        ";",
        "#",
    ),
    *(
        "%",
        "%00",
        "%FF",
        "%ED%A0%80",
        "\x00",
        "\ufeff",
        "\u202e",
        "😀",
        "\r\nSet-Cookie: a=b",
        "../../etc/passwd",
        "{}",
        "[]",
    ),
    *(
        "<script>alert(1)</script>",
        "![a](http://evil.invalid)",
        "$\\frac{1}{0}$",
        "__import__('os')",
        "'; DROP TABLE",
        "{{7*7}}",
    ),
)


def links(seed: int) -> Iterator[tuple[str, str]]:
    """An endless series of damaged links, page and query, always the same for a seed."""
    chance = random.Random(seed)
    good = [to_url(experiment) for experiment in PRESETS.values()]
    while True:
        parameters = list((chance.choice(good) | dict(chance.sample(sorted(VIEW.items()), 2))).items())
        for _ in range(chance.randint(1, 3)):
            at = chance.randrange(len(parameters))
            key, value = parameters[at]
            cut = chance.randint(0, len(value))
            parameters[at] = chance.choice(
                (
                    (key, chance.choice(NASTY)),
                    (key, value[:cut] + chance.choice(NASTY) + value[cut:]),
                    (key, value[:cut]),
                    (key, value * chance.choice((2, 50))),
                    (chance.choice(parameters)[0], value),
                    (key + chance.choice(NASTY), value),
                )
            )
        query = urlencode(parameters, errors="surrogatepass")
        if chance.random() < 0.3:
            cut = chance.randint(0, len(query))
            query = query[:cut] + quote(chance.choice(NASTY), safe="%&=;#") + query[cut:]
        page = chance.choice(PAGES)
        yield (page + quote(chance.choice(NASTY), safe="%") if chance.random() < 0.1 else page), query


def status(port: int, page: str, query: str) -> int:
    """The HTTP status of an address."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", f"/{page}?{query}")
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


def wrong(replica: Replica, page: str, query: str) -> list[str]:
    """Open one link, and return what went wrong."""
    found = [str(code)] if (code := status(replica.port, page, query)) >= 500 else []
    tab = Tab(replica.base)
    tab.open(query, page)
    tab.leave()
    return found + tab.wrong


def main() -> None:
    """Start a server, open the links and print the result."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else LINKS
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(AT_ONCE) as crowd:
        replica = Replica(free_port(), Path(folder) / "output")
        replica.start()
        replica.wait()
        began, offences = time.monotonic(), 0
        try:
            tried = list(islice(links(1), count))
            for done, (link, found) in enumerate(
                zip(tried, crowd.map(lambda a: wrong(replica, *a), tried), strict=True), 1
            ):
                if found:
                    offences += 1
                    print(f"/{link[0]}?{link[1]}\n    {found}")
                if done % REPORT == 0:
                    passed = time.monotonic() - began
                    print(
                        f"{done:6} links, {passed:5.0f} s, {offences} offences, {replica.megabytes():.0f} MB",
                        flush=True,
                    )
            print(f"tracebacks in the log: {replica.output.read_text(errors='replace').count('Traceback')}")
        finally:
            replica.kill()


if __name__ == "__main__":
    main()
