"""A Plotly figure that is sent without validation, and its frames in columns."""

from collections.abc import Sequence
from typing import Any

from plotly.basedatatypes import BaseFigure


class PrebuiltFigure(BaseFigure):
    """A figure made of the dict that is sent.

    Plotly would validate every number of every frame, in 40 to 115 ms; a test validates each builder once instead.
    Streamlit passes the figure to `plotly.tools.return_figure_from_figure_or_data`, which lets any BaseFigure through,
    and then calls `to_dict`.
    """

    def __init__(self, ready: dict[str, Any]) -> None:
        object.__setattr__(self, "ready", ready)

    def to_dict(self) -> dict[str, Any]:
        """The dict as it was built, with its frames packed."""
        ready: dict[str, Any] = object.__getattribute__(self, "ready")
        return pack_frames(ready)


def pack_frames(figure: dict[str, Any]) -> dict[str, Any]:
    """The figure with its frames in `layout.meta.frames`, where plotly.js has them: half as long to send.

    They are {names, traces, data}; data has for each trace what moves, and each part as a list, one item a frame, or
    where it is a list itself as {columns}, its items over the frames. Every frame moves the same parts of the same
    traces. The names are epochs.
    """
    frames = figure.get("frames")
    if not frames:
        return figure
    packed = {
        "names": [int(frame["name"]) for frame in frames],
        "traces": frames[0]["traces"],
        "data": [columns_of(moves) for moves in zip(*(frame["data"] for frame in frames), strict=True)],
    }
    layout = figure["layout"] | {"meta": figure["layout"].get("meta", {}) | {"frames": packed}}
    return {"data": figure["data"], "layout": layout}


def columns_of(moves: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """What dicts with the same keys hold, by key; dicts in them likewise."""
    return {key: pack_part([move[key] for move in moves]) for key in moves[0]}


def pack_part(parts: list[Any]) -> list[Any] | dict[str, Any]:
    """One part of all frames.

    Of a list, what never moves stands once, and an item that moves as one before it does has {same}, the other's place.
    """
    if isinstance(parts[0], dict):
        return columns_of(parts)
    if not isinstance(parts[0], list) or len({len(part) for part in parts}) > 1:
        return parts
    columns, packed = [list(column) for column in zip(*parts, strict=True)], list[Any]()
    for place, column in enumerate(columns):
        if column.count(column[0]) == len(column) and not isinstance(column[0], list | dict):
            packed.append(column[0])
        else:
            packed.append({"same": first} if (first := columns.index(column)) < place else column)
    return {"columns": packed}
