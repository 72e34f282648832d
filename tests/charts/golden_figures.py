"""A dozen golden figures, as rounded JSON: a test notices a chart that has lost an axis or a line.

After an intended change, run python -m tests.charts.golden_figures, and review the difference in git.
"""

import json
from collections.abc import Callable
from pathlib import Path

from engine import Experiment, record
from pages.charts.activations.activation_curve import activation_card_figure
from pages.charts.activations.neuron_positions import neuron_positions
from pages.charts.activations.neurons_on_curve import activation_figure, slope_figure
from pages.charts.history.network import network_figure
from pages.charts.history.run_figures import run_figures
from pages.charts.style.base import Dict, EpochAxis
from pages.charts.style.highlight import Highlight
from pages.charts.style.palette import DARK, LIGHT, Palette, palette_for
from pages.charts.style.sizes import PROJECTOR
from tests.charts.runs import axis_of, run

FOLDER = Path(__file__).with_name("golden")
WRITE = "python -m tests.charts.golden_figures"


def chart(preset: str, name: str, colors: Palette = LIGHT, log: bool = True) -> Dict:
    history = run(preset)
    return run_figures(history, (name,), 1, axis_of(history, log), colors, "token")[name]


def held_out_loss() -> Dict:
    history = record(Experiment(test_rows=(1,), epochs=40))
    return run_figures(history, ("loss",), 0, EpochAxis(40, log=True), LIGHT, "token")["loss"]


FIGURES: dict[str, Callable[[], Dict]] = {
    "lesson network": lambda: chart("tutorial", "network"),
    "lesson outputs": lambda: chart("tutorial", "outputs"),
    "lesson weights, dark": lambda: chart("tutorial", "weights", DARK),
    "lesson loss": lambda: chart("tutorial", "loss"),
    "xor network, projector": lambda: network_figure(
        run("xor"), 1, palette_for("light", PROJECTOR), "token", 580, Highlight(row=1)
    ),
    "xor outputs, linear axis": lambda: chart("xor", "outputs", log=False),
    "fruit outputs": lambda: chart("fruit", "outputs"),
    "mixed weights": lambda: chart("mixed", "weights"),
    "held-out loss": held_out_loss,
    "tanh card": lambda: activation_card_figure("tanh", LIGHT),
    "xor neurons": lambda: activation_figure(neuron_positions(run("xor"), 0, 1), LIGHT, "token"),
    "xor slopes, dark": lambda: slope_figure(neuron_positions(run("xor"), 0, 1), DARK, "token"),
}


def summary(figure: Dict) -> Dict:
    """The part of a figure that is kept: layout, traces, first and last frame, with numbers to three digits."""
    frames = figure.get("frames", [])
    ends = frames[:1] + frames[-1:] if len(frames) > 1 else frames
    return {"layout": round_numbers(figure["layout"]), "data": round_numbers(figure["data"])} | (
        {"frames": len(frames), "ends": round_numbers(ends)} if frames else {}
    )


def round_numbers(value: object) -> object:
    """The same with every number rounded to three digits, and long lists cut to five items and their length."""
    if isinstance(value, dict):
        return {key: round_numbers(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        items = list(value) if len(value) <= 9 else [value[place * (len(value) - 1) // 4] for place in range(5)]
        return [*map(round_numbers, items), *([f"of {len(value)}"] if len(value) > 9 else [])]
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(f"{value:.3g}")
    return value


def path(name: str) -> Path:
    return FOLDER / f"{name.replace(',', '').replace(' ', '_')}.json"


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    for name, make in FIGURES.items():
        path(name).write_text(json.dumps(summary(make()), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
