"""Clicks on the landscape, which tell the place that was clicked on."""

from pathlib import Path

import numpy as np
import streamlit as st

from engine.training.surface import LossSurface
from pages.charts.surface.surface_map import round_along
from pages.private_api.plotly import PLOTLY_JS
from pages.state.comparison.surface_choice import SurfaceChoice
from pages.state.widget_values import component_value

JS = PLOTLY_JS + Path(__file__).with_name("clicks.js").read_text(encoding="utf-8")
KEY = "places"


def take_clicks(choice: SurfaceChoice, surface: LossSurface, chart: str) -> None:
    """Choose the place of a mark that is clicked on in the chart with this token."""

    def take() -> None:
        match component_value(KEY, "point", dict):
            case {"chart": str(told), "point": int(point)} if told == chart and 0 <= point < surface.loss.size:
                place = np.unravel_index(point, surface.loss.shape)
                axes = zip(surface.axes, place, strict=True)
                choice.choose_place(tuple(round_along(axis[index : index + 1], axis)[0] for axis, index in axes))

    st.components.v2.component("glassbox_places", js=JS)(key=KEY, data={"chart": chart}, on_point_change=take)
