"""Helpers for the page Activations: the table of its neurons, and the sentence above it."""

from functools import partial

import pandas as pd
from streamlit.testing.v1 import AppTest

from tests.pages.visit import come_to

PAGE = "pages/views/activations.py"
come = partial(come_to, PAGE)


def table(at: AppTest) -> pd.DataFrame:
    (found,) = at.table
    return found.value


def said(at: AppTest) -> str:
    """The sentence above the table."""
    (found,) = (text.value for text in at.markdown if text.value.startswith("**Epoch"))
    return found
