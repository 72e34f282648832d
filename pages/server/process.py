"""Settings of the server's process: sockets, callbacks, the garbage collector, how pandas stores strings."""

import gc
from functools import lru_cache

import pandas as pd

from pages.private_api.callbacks import let_callbacks_finish
from pages.private_api.sockets import disable_nagle

COLLECTION_THRESHOLD = 50_000
"""New objects before Python collects garbage: a page makes 20,000, and hardly any is garbage."""


# On tables this small, strings in Arrow take a third longer. Set before the first page: a grid whose strings are sent
# in another format is a new grid to Streamlit, and the edits of the old one are lost.
pd.set_option("mode.string_storage", "python")


@lru_cache(maxsize=1)
def tune_process() -> None:
    """Disable Nagle's algorithm, let callbacks finish, and freeze imported objects, which took 60 ms to walk."""
    disable_nagle()
    let_callbacks_finish()
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECTION_THRESHOLD, 20, 20)
