"""The cache key of an experiment: its `repr`.

Streamlit hashes a dataclass cell by cell, which took longer than drawing the page. The text is as exact: `repr` of a
float reads back as the same float.
"""

from collections.abc import Callable
from typing import Any

from engine import Experiment

HASH_BY_TEXT: dict[str | type[Any], Callable[[Any], Any]] = {Experiment: repr}
"""The `hash_funcs` of every cache with an experiment among its arguments."""
