"""What is worked out once is remembered for all visitors, by the text of the experiment it belongs to.

Streamlit would walk an experiment cell by cell to tell it from others, which took longer than drawing the page. Its
text says as much: `repr` of a float reads back as the same float.
"""

from collections.abc import Callable
from typing import Any

from engine import Experiment

HASH_BY_TEXT: dict[str | type[Any], Callable[[Any], Any]] = {Experiment: repr}
"""Pass as `hash_funcs` to a cache that is asked for an experiment."""
