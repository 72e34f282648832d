"""The process put in order, once."""

import gc
from functools import lru_cache

import pandas as pd

from pages.private_api.sockets import disable_nagle

COLLECTION_THRESHOLD = 50_000
"""New objects before Python looks for garbage among them: a page is made of 20,000, and hardly one is garbage."""


# For tables as small as these, Arrow's strings take a third longer. Set before the first page is drawn: a grid whose
# texts are sent in another way is a new grid to Streamlit, and what was typed into the old one is lost.
pd.set_option("mode.string_storage", "python")


@lru_cache(maxsize=1)
def tune_process() -> None:
    """Have connections send at once, and freeze what has been imported: every full collection took 60 ms to walk it."""
    disable_nagle()
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECTION_THRESHOLD, 20, 20)
