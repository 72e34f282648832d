"""The controls: five that everybody needs, and the rest under "More". Each writes to the bench when it changes."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from engine import ACTIVATIONS, INITIALIZERS, LIMITS, LOSSES, OPTIMIZERS
from pages.state.bound_widget import bind
from pages.state.visit import Bench
from pages.widgets.playground.start_weights import show_start_weights

EPOCHS = (*(digit * 10**power for power in range(6) for digit in (1, 2, 5)), LIMITS["epochs"])
HIDDEN_CHOICES = ("none", "2", "3", "4", "8", "4, 4", "8, 8", "16, 16")


def number_setting(bench: Bench, field: str) -> dict[str, Any]:
    """Value, key and callback that tie a field for numbers to one field of the bench's settings."""
    value = bench.settings[field]
    return {"value": value} | bind(field, value, lambda new: bench.settings.update({field: new}))


def select_options(name: str, value: str, options: Iterable[str], take: Callable[[Any], object]) -> dict[str, Any]:
    """Options, the chosen one, key and callback for a select box."""
    listed = list(options)
    return {"options": listed, "index": listed.index(value)} | bind(name, value, take)


def select_record(bench: Bench, field: str, records: Mapping[str, Any]) -> dict[str, Any]:
    """The same for a field of the bench's settings that names one of the engine's records."""
    tied = select_options(field, bench.settings[field], records, lambda new: bench.settings.update({field: new}))
    return tied | {"format_func": lambda name: records[name].label}


def show_controls(bench: Bench) -> None:
    """The five, in pairs: what the network is made of, and how it learns; a sixth where there are hidden layers."""
    hidden, locked = bool(bench.settings["hidden"]), "controls" in bench.handout.fixed
    pairs = st.container(key="pairs of controls")
    shape = ", ".join(map(str, bench.settings["hidden"])) or "none"
    pairs.selectbox(
        "Hidden layers",
        accept_new_options=True,
        disabled=locked,
        help="Neurons in each layer between input and output: 4, or 8, 8 for two layers. Type your own.",
        **select_options(
            "hidden", shape, dict.fromkeys((*HIDDEN_CHOICES, shape)), lambda text: set_hidden_layers(bench, text)
        ),
    )
    if hidden:
        choose_activation(bench, None if len(bench.settings["hidden"]) > 1 else 0, pairs, locked)
    pairs.selectbox(
        "Output activation" if hidden else "Activation",
        disabled=locked,
        format_func=lambda name: ACTIVATIONS[name].label,
        help="What the output makes of its sum: sigmoid for yes or no, linear for numbers, softmax for classes.",
        **select_options(
            "output activation",
            bench.settings["activations"][-1],
            ACTIVATIONS,
            lambda name: set_activation(bench, -1, name),
        ),
    )
    pairs.selectbox(
        "Loss",
        disabled=locked,
        help="The number that training makes small: how wrong the outputs are.",
        **select_record(bench, "loss", LOSSES),
    )
    pairs.number_input(
        "Learning rate",
        disabled=locked,
        format="%.5g",
        step=None,
        help="How big a step each update takes. Too small is slow, too big jumps past the goal.",
        **number_setting(bench, "learning_rate"),
    )
    pairs.number_input(
        "Epochs",
        disabled=locked,
        step=1,
        format="%d",
        help="How often training goes through the whole table. Type a number, or slide.",
        **number_setting(bench, "epochs"),
    )
    typed = bench.settings["epochs"]
    slid = typed if typed in range(1, LIMITS["epochs"] + 1) else bench.wanted.epochs
    stops = sorted({*EPOCHS, slid})
    pairs.select_slider(
        "Epochs, on a log scale",
        stops,
        slid,
        disabled=locked,
        format_func=lambda value: f"{value:,}",
        label_visibility="collapsed" if hidden else "hidden",
        **bind("epochs slid", slid, lambda stop: bench.settings.update(epochs=stop), stops),
    )


def effective_batch_size(size: int | None, rows: int) -> int | None:
    """A batch size as typed; None where it takes in all rows anyway."""
    return None if size is None or size >= rows else size


def set_hidden_layers(bench: Bench, text: str | None) -> None:
    """Take hidden layers as typed, "8, 8", and give each an activation."""
    words = [
        word for word in (text or "").replace("none", "").replace(";", ",").replace("x", ",").split(",") if word.strip()
    ]
    words = words[: LIMITS["hidden layers"] + 1]  # one too many is enough to be told
    hidden = tuple(int(word) if word.strip().isdecimal() and len(word) < 9 else word.strip() for word in words)
    activations = bench.settings["activations"]
    inner = (activations[:-1] or ("tanh",))[: len(hidden)]
    inner += inner[-1:] * (len(hidden) - len(inner))
    bench.reshape(hidden=hidden, activations=(*inner, activations[-1]))


def set_activation(bench: Bench, layer: int | None, name: str) -> None:
    """Give one layer an activation, or all hidden ones."""
    activations = list(bench.settings["activations"])
    for index in range(len(activations) - 1) if layer is None else (layer,):
        activations[index] = name if name in ACTIVATIONS else activations[index]
    bench.settings["activations"] = tuple(activations)


def choose_activation(bench: Bench, layer: int | None, place: DeltaGenerator, locked: bool) -> None:
    """A select box for the activation of one hidden layer, or of all."""
    inner = bench.settings["activations"][:-1]
    names = [name for name, activation in ACTIVATIONS.items() if activation.is_elementwise]
    now = inner[layer or 0] if layer is not None or len(set(inner)) == 1 else "mixed"
    place.selectbox(
        "Hidden activation" if layer is None or len(inner) == 1 else f"Activation of hidden layer {layer + 1}",
        format_func=lambda name: ACTIVATIONS[name].label if name in ACTIVATIONS else "Mixed, see More",
        disabled=locked,
        help="What hidden neurons make of their weighted sums.",
        **select_options(
            f"activation {layer}",
            now,
            names if now != "mixed" else ["mixed", *names],
            lambda name: set_activation(bench, layer, name),
        ),
    )


def show_more_controls(bench: Bench) -> None:
    """Everything else, closed at first, and made when somebody opens it."""
    fold = st.expander("More", key="more", on_change="rerun")
    if not fold.open:
        return
    with fold:
        locked = "more" in bench.handout.fixed
        left, right = st.columns(2, gap="small")
        rows = len(bench.wanted.train_rows)
        size = bench.settings["batch_size"] or rows
        left.selectbox(
            "Optimizer",
            disabled=locked,
            help="How a gradient becomes a step.",
            **select_record(bench, "optimizer", OPTIMIZERS),
        )
        right.number_input(
            "Batch size",
            1,
            LIMITS["rows"],
            size,
            disabled=locked,
            help=f"Rows looked at before each update, in the table's order. {rows:,} or more: all of them.",
            **bind(
                "batch_size", size, lambda typed: bench.settings.update(batch_size=effective_batch_size(typed, rows))
            ),
        )
        left.selectbox(
            "Start weights",
            disabled=locked,
            help="How the start weights are drawn.",
            **select_record(bench, "initializer", INITIALIZERS),
        )
        right.number_input(
            "Seed",
            disabled=locked,
            step=1,
            help="The number the start weights are drawn from: the same seed, the same weights.",
            **number_setting(bench, "seed"),
        )
        for place, field, words in (
            (left, "l1", "Pulls weights towards exactly 0, by the same amount each."),
            (right, "l2", "Pulls large weights towards 0."),
        ):
            place.number_input(
                f"{field.upper()} penalty",
                min_value=0.0,
                format="%.5g",
                step=None,
                disabled=locked,
                help=words,
                **number_setting(bench, field),
            )
        st.toggle(
            "Bias",
            bench.settings["bias"],
            disabled=locked,
            help="A weight on an input that is always 1: lets a neuron be on when all its inputs are 0.",
            **bind("bias", bench.settings["bias"], lambda on: bench.settings.update(bias=on, initial_biases=())),
        )
        if len(bench.settings["hidden"]) > 1:
            for layer in range(len(bench.settings["hidden"])):
                choose_activation(bench, layer, st.container(), locked or "controls" in bench.handout.fixed)
        if not locked:  # the start weights can be read at epoch 0
            show_start_weights(bench)
