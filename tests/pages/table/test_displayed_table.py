"""What is sent of a table with texts displayed in its cells is what Streamlit sends of pandas' own Styler."""

from collections.abc import Callable, Sequence

import pandas as pd
import pytest
from streamlit.dataframe_util import (
    convert_anything_to_pandas_df,
    convert_arrow_bytes_to_pandas_df,
    is_pandas_styler,
)
from streamlit.elements.lib.pandas_styler_utils import marshall_styler
from streamlit.proto.ArrowData_pb2 import ArrowData

from pages.private_api.displayed_table import DisplayedTable

ROWS = 3
FRAME = pd.DataFrame({"row": list("123"), "o1": [""] * ROWS, "held": [True, False, True], "x1": [0.5, -1.0, 2e7]})


@pytest.mark.parametrize("styles", [{}, {"row": ["", "color: red", ""], "x1": ["color: red", "color: #00f", ""]}])
@pytest.mark.parametrize("texts", [{}, {"o1": ["0.1", "", "0.3 ✗"]}, {"x1": list("abc"), "row": ["1 !", "2", "3 ○"]}])
def test_the_same_is_sent_as_of_a_styler(texts: dict[str, list[str]], styles: dict[str, list[str]]) -> None:
    ours, pandas = DisplayedTable(FRAME, texts, styles), FRAME.style
    for column in FRAME.columns:
        pandas = pandas.format(one_by_one(texts.get(column, FRAME[column].astype(str).tolist())), subset=[column])
        look = styles.get(column, [""] * ROWS)
        pandas = pandas.apply(lambda _, look=look: look, subset=[column])
    assert is_pandas_styler(ours)
    found, wanted = ArrowData(), ArrowData()
    for message, table in ((found, ours), (wanted, pandas)):
        table.set_uuid("table")
        marshall_styler(message, table, "")
    assert rules(found) == rules(wanted)
    displayed, as_pandas = (convert_arrow_bytes_to_pandas_df(each.styler.display_values) for each in (found, wanted))
    pd.testing.assert_frame_equal(displayed, as_pandas)
    assert convert_anything_to_pandas_df(ours).equals(FRAME)


def one_by_one(texts: Sequence[str]) -> Callable[[object], str]:
    """The next of these texts, whatever it is asked for."""
    left = iter(texts)
    return lambda _: next(left)


def rules(message: ArrowData) -> set[str]:
    """The rules of CSS for each single cell, which Streamlit writes for several that look alike."""
    return {
        f"{selector.strip()} {{{look}"
        for rule in message.styler.styles.splitlines()
        for cells, look in [rule.split("{")]
        for selector in cells.split(",")
    }
