"""Boxes for numbers of the settings, read as every number on the page: 0,05 is five hundredths, as 0.05 is.

A number field of the browser reads it as 5: it drops what it does not know, without a word.
"""

from collections.abc import Callable
from typing import Any

from streamlit.delta_generator import DeltaGenerator

from pages.reading.cells import cell_text, read_cell, read_whole_number
from pages.state.bound_widget import bind
from pages.state.visit import Visit


def show_number_box(
    place: DeltaGenerator,
    visit: Visit,
    field: str,
    label: str,
    about: str,
    value: object,
    take: Callable[[Any], object] | None = None,
    *,
    is_whole: bool = False,
    is_locked: bool = False,
) -> None:
    """A box for a field of the settings that shows `value`; what was read other than typed is shown as read.

    `take` gets the number, or what was typed where that is none, which the experiment then refuses by name. Without it
    the field itself changes.
    """
    read = read_whole_number if is_whole else read_cell

    def take_text(text: str) -> None:
        reading = read(text)
        cell = reading.cell
        number = int(cell) if is_whole and isinstance(cell, float) and cell.is_integer() else cell
        (take or (lambda new: visit.draft.change(**{field: new})))(number)

    shown = cell_text(value)
    place.text_input(label, shown, disabled=is_locked, help=about, **bind(field, shown, take_text))
