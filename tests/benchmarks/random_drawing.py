"""A hand that draws, types and undoes at random, 0 to 400 ms apart: is the table what all of it adds up to?

`python -m tests.benchmarks.random_drawing 7 1000` does a thousand operations with seed 7, compares the table after each
ten, and prints what differs, if anything does. By hand, as it takes ten minutes.
"""

import random
import sys
import time

from playwright.sync_api import sync_playwright

from tests.browser.drawing import Hand, start_drawing, table_in_address
from tests.browser.install import find_chromium
from tests.browser.launch import FLAGS, start_server, watched_page

EVERY = 10


def main(seed: int, count: int) -> None:
    """Draw, and print."""
    with start_server() as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        browser.new_context()  # the first context, which `watched_page` uses
        with watched_page(browser) as page:
            start_drawing(page, base)
            hand, differences, began = Hand(page, random.Random(seed)), 0, time.perf_counter()
            for operation in range(1, count + 1):
                hand.act()
                hand.pause()
                if operation % EVERY:
                    continue
                try:
                    hand.compare()
                except AssertionError:
                    differences += 1
                    there = table_in_address(page)
                    print(f"after {operation}: missing {sorted(set(hand.table) - set(there))}, ", end="")
                    print(f"instead {sorted(set(there) - set(hand.table))}; done: {hand.done[-EVERY:]}", flush=True)
                    hand.table, hand.past = there, []
            print(
                f"{count} operations in {time.perf_counter() - began:.0f} s: {differences} of {count // EVERY} differ"
            )
        browser.close()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:3]))
