"""How columns are scaled before training, with the numbers that each is scaled by."""

import pandas as pd
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from engine import Experiment
from engine.model.scaling import SCALINGS, ColumnScale
from pages.charts.style.format import format_number
from pages.state.visit import Visit
from pages.widgets.frame.markdown import escape_markdown
from pages.widgets.settings.select_boxes import select_record

ABOUT = {
    "scaling": "Large or unlike numbers learn badly as they are. Measured over the rows that are trained on.",
    "target_scaling": "For targets that are numbers. Outputs are scaled back: everything you see is in your own units.",
}
LABELS = {"scaling": "Scale the inputs", "target_scaling": "Scale the targets"}


def show_scaling(visit: Visit, places: tuple[DeltaGenerator, DeltaGenerator], is_locked: bool) -> None:
    """A select box for the inputs and one for the targets."""
    for place, field in zip(places, LABELS, strict=True):
        place.selectbox(
            LABELS[field],
            disabled=is_locked,
            help=ABOUT[field],
            **select_record(visit, field, SCALINGS),
        )


def show_scales(experiment: Experiment) -> None:
    """A table of the numbers that the columns are scaled by; nothing where none are."""
    for scale, names, title in (
        (experiment.input_scale, experiment.feature_names, "Inputs"),
        (experiment.target_scale, experiment.target_names, "Targets"),
    ):
        if scale is not None:
            show_scale(scale, names, title)


def show_scale(scale: ColumnScale, names: tuple[str, ...], title: str) -> None:
    """One table: a row a column of the table."""
    heads = [measure.name for measure in scale.scaling.measures]
    rows = [
        (escape_markdown(name), *(map(format_number, numbers) if varies else ("one value: as it is", "")))
        for name, *numbers, varies in zip(names, scale.first.tolist(), scale.second.tolist(), scale.varies, strict=True)
    ]
    st.table(
        pd.DataFrame(rows, columns=[f"{title}, {scale.scaling.label.lower()}", *heads]),
        hide_index=True,
        border="horizontal",
        alt=f"{title}: the numbers that each column is scaled by",
    )
