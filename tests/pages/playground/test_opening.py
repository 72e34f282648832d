"""The page opens with the tutorial, trained, with every number in its place."""

import json
from dataclasses import replace

import numpy as np
import pytest
from streamlit.dataframe_util import convert_arrow_bytes_to_pandas_df
from streamlit.testing.v1 import AppTest

from engine import PRESETS, Experiment
from engine.serialization import to_url
from pages.charts.history.curves import loss_curve, output_convergence, weight_evolution
from pages.charts.style.base import EpochAxis
from pages.charts.style.palette import palette_for
from pages.private_api.prebuilt_figure import pack_frames
from pages.widgets.player.run_charts import STRIP_HEIGHT
from tests.pages.components import player, scene
from tests.pages.visit import (
    CHARTS,
    assert_shows,
    charts,
    control,
    figures,
    grid,
    messages,
    on_stage,
    outputs,
    plain_key,
    turn,
    type_number,
    visit,
    weights,
    words,
)
from tests.pages.weight_table import assert_last_weights

TUTORIAL = Experiment()


def test_the_page_opens_with_the_tutorial() -> None:
    at = visit()
    assert_shows(at, TUTORIAL)
    assert at.query_params == {}


def test_the_tutorials_numbers_are_on_the_page() -> None:
    at = visit()
    assert words(at) == "All 4 rows are right by epoch 4; loss 0.000129 after 10,000 epochs."
    assert figures(at) == {"Epoch": "10,000", "Loss": "0.000129", "Accuracy": "100%"}
    assert outputs(at) == [["0.00967"], ["0.992"], ["0.994"], ["0.00786"]]
    (table,) = weights(at)
    assert list(table.index) == ["x1", "x2", "x3"]
    assert np.round(table["y1"], 8).tolist() == [9.67298312, -0.20801771, -4.6295278]


def test_the_grid_has_the_tutorials_table() -> None:
    cells = grid(visit())[["x1", "x2", "x3", "y1"]].to_numpy(dtype=float).tolist()
    assert cells == [[0, 0, 1, 0], [1, 1, 1, 1], [1, 0, 1, 1], [0, 1, 1, 0]]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_charts_are_sent_as_they_were_built(theme: str) -> None:
    at = visit(theme=theme)
    history, colors = on_stage(at), palette_for(theme)
    axis, sent = EpochAxis(10_000, log=True), charts(at)
    token = {name: chart["layout"]["meta"]["stage"] for name, chart in sent.items()}
    built = {
        "chart outputs": output_convergence(history, axis, colors, token["chart outputs"], row=0),
        "chart weights": weight_evolution(history, axis, colors, token["chart weights"]),
        "chart loss": loss_curve(history, axis, colors, token["chart loss"], STRIP_HEIGHT),
    }
    assert sent == json.loads(json.dumps({name: pack_frames(figure) for name, figure in built.items()}))
    assert player(at)[1]["charts"] == list(token.values())


def test_a_chart_is_sent_anew_only_where_it_shows_something_else() -> None:
    at = visit({"preset": "xor"})
    before = charts(at)
    after = charts(turn(at, "segmented_control", "look at", 2))
    assert {name for name in after if after[name] != before[name]} == {"chart outputs"}
    before, after = after, charts(turn(at, "segmented_control", "axis", "linear"))
    assert {name for name in after if after[name] != before[name]} == set(before)
    assert len(set(player(at)[1]["charts"])) == CHARTS


def test_a_newcomer_sees_five_controls_and_the_rest_under_more() -> None:
    at = visit(opened=("more",))
    (fold,) = (found for found in at.expander if found.label == "More")
    more = {plain_key(found) for kind in ("selectbox", "text_input", "toggle") for found in fold.get(kind)}
    shown = {plain_key(found) for kind in ("selectbox", "text_input") for found in at.get(kind)} - more - {"preset"}
    assert shown == {"hidden", "output activation", "loss", "learning_rate", "epochs"}
    assert more == {
        "optimizer",
        "batch_size",
        "initializer",
        "seed",
        "l1",
        "l2",
        "bias",
        "by hand",
        "freezing",
        "scaling",
        "target_scaling",
    }
    at = visit(opened=())
    (unfolded,) = (fold for fold in at.expander if fold.proto.expanded)
    assert unfolded.label == "1 neuron, sigmoid, rate 1, 10,000 epochs"
    folded = [fold for fold in at.expander if fold.label != unfolded.label]
    kinds = ("selectbox", "text_input", "toggle")
    assert [found for fold in folded for kind in kinds for found in fold.get(kind)] == []


def test_what_is_folded_away_is_made_when_it_is_opened() -> None:
    at, folded = visit(opened=()), ("more", "in words")
    before = len(at.table)
    for key in folded:
        at.session_state[key] = True
    assert len(at.run().table) == before + 1
    for alt in scene(at)["alt"].values():  # of the canvases, as of the charts
        assert any(alt in text.value for text in at.markdown)
    type_number(at, "seed", 5)
    for key in folded:
        at.session_state[key] = False
    assert_shows(at.run(), Experiment(seed=5))
    at.session_state["more"] = True
    assert control(at.run(), "text_input", "seed").value == "5"


def test_every_control_has_a_sentence_of_help() -> None:
    at = visit({"h": "2,2", "a": "tanh,relu,sigmoid"})
    found = [widget for kind in ("selectbox", "text_input", "toggle") for widget in at.get(kind)]
    assert len(found) > 12
    for widget in found:
        assert str(getattr(widget, "help", "")).endswith(".") or plain_key(widget).startswith("name ")


def test_a_second_run_changes_nothing() -> None:
    at = visit()
    before = at.main
    at.run()
    assert_shows(at, TUTORIAL)
    assert messages(at) == []
    assert str(at.main) == str(before)


def written_weights(at: AppTest) -> list[str]:
    """The texts in the table of weights."""
    (table,) = (table for table in at.dataframe if table.editing_mode == "read_only")
    shown = convert_arrow_bytes_to_pandas_df(table.proto.arrow_data.styler.display_values)
    return [str(text) for text in shown.to_numpy().ravel()]


def test_weights_of_a_diverged_run_keep_their_exponents() -> None:
    """Written out they would be cut: -4.456567282147... without its e295."""
    shown = visit(to_url(replace(PRESETS["line"], learning_rate=1_000.0)))
    history = on_stage(shown)
    assert np.abs(history.weights[0][-1]).max() > 1e100
    assert_last_weights(weights(shown), history)


def test_weights_that_rounding_left_are_no_minus_0() -> None:
    assert written_weights(visit({"preset": "xor_one_neuron"})) == ["≈0"] * 3
