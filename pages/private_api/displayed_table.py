"""A data frame and what is displayed in some of its cells, in place of pandas' Styler, which took a sixth of every run.

Streamlit knows a Styler by the name of its class, and calls two private methods of it (`marshall_styler` in its
elements/lib/pandas_styler_utils.py). Here they give what was passed, and only for the cells that need it: pandas makes
HTML of every cell, and Streamlit then writes each column that it finds there anew.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from pandas.io.formats.style import Styler


class DisplayedTable(Styler):
    """`texts` are displayed in place of the cells, `styles` are CSS: both by column, one for each row.

    A style is one declaration, such as "color: red", or "" for none.
    """

    __module__, __qualname__ = Styler.__module__, Styler.__qualname__

    def __init__(
        self, data: pd.DataFrame, texts: Mapping[str, Sequence[str]], styles: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        super().__init__(data)
        places = {column: place for place, column in enumerate(data.columns)}
        self._texts = {places[column]: cells for column, cells in texts.items()}
        self._styles = {places[column]: cells for column, cells in (styles or {}).items()}

    def _compute(self) -> "DisplayedTable":
        return self

    def _translate(self, *_: object, **__: object) -> dict[str, Any]:
        body = [
            [{"id": f"row{row}_col{place}", "display_value": text} for row, text in enumerate(cells)]
            for place, cells in self._texts.items()
        ]
        selectors: dict[str, list[str]] = defaultdict(list)
        for place, cells in self._styles.items():
            for row, style in enumerate(cells):
                if style:
                    selectors[style].append(f"row{row}_col{place}")
        styled = [{"props": [tuple(style.split(": "))], "selectors": cells} for style, cells in selectors.items()]
        return {"body": body, "cellstyle": styled}
