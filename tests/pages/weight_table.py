"""What a table of weights below the charts is held to."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
from streamlit.dataframe_util import convert_arrow_bytes_to_pandas_df
from streamlit.testing.v1 import AppTest

from engine import History
from engine.model.types import Array


def assert_last_weights(tables: Sequence[pd.DataFrame], history: History) -> None:
    """Assert that these are the weights and biases at the last epoch, a table a layer."""
    for layer, table in enumerate(tables):
        values = history.weights[layer][-1]
        if history.biases:
            values = np.vstack([values, history.biases[layer][-1]])
        assert_same_weights(table, values)


def assert_same_weights(table: pd.DataFrame, values: Array) -> None:
    """Assert that a table has these weights: as numbers or, where one is very large, as texts with eight decimals."""
    shown = table.to_numpy()
    if shown.dtype == float:
        assert np.array_equal(shown, values)
    else:
        assert shown.tolist() == [[f"{value:.8e}" for value in row] for row in values.tolist()]


def weight_texts(at: AppTest) -> list[str]:
    """What is written in the first table of weights, of one neuron."""
    (table, *_) = (frame for frame in at.dataframe if "layer" in str(frame.value.index.name))
    styled = table.proto.arrow_data.styler.display_values
    shown = convert_arrow_bytes_to_pandas_df(styled) if styled else table.value
    texts: list[str] = shown.iloc[:, 0].tolist()
    return texts
