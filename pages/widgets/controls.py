"""The controls: five that everybody needs, and the rest under "More". Each writes to the bench when it changes."""

from typing import Any

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from engine import ACTIVATIONS, INITIALIZERS, LIMITS, LOSSES, OPTIMIZERS
from pages.widgets.bench import Bench
from pages.widgets.seeded import seeded
from pages.widgets.start_weights import by_hand

EPOCHS = (*(digit * 10**power for power in range(6) for digit in (1, 2, 5)), LIMITS["epochs"])
SHAPES = ("none", "2", "3", "4", "8", "4, 4", "8, 8", "16, 16")


def setting(bench: Bench, field: str, key: str | None = None) -> dict[str, Any]:
    """Key and callback that tie a widget to one field of the bench's settings."""
    key = seeded(key or field, bench.settings[field])
    return {"key": key, "on_change": lambda: bench.settings.update({field: st.session_state[key]})}


def controls(bench: Bench) -> None:
    """The five, in pairs: what the network is made of, and how it learns; a sixth where there are hidden layers."""
    hidden = bool(bench.settings["hidden"])
    places = (place for _ in range(3) for place in st.columns(2, gap="small"))
    shape = ", ".join(map(str, bench.settings["hidden"])) or "none"
    next(places).selectbox(
        "Hidden layers",
        list(dict.fromkeys((*SHAPES, shape))),
        key=seeded("hidden", shape),
        on_change=lambda: reshape(bench, st.session_state.hidden),
        accept_new_options=True,
        help="Neurons in each layer between input and output: 4, or 8, 8 for two layers. Type your own.",
    )
    if hidden:
        activation_of(bench, None if len(bench.settings["hidden"]) > 1 else 0, next(places))
    next(places).selectbox(
        "Output activation" if hidden else "Activation",
        list(ACTIVATIONS),
        key=seeded("output activation", bench.settings["activations"][-1]),
        on_change=lambda: activate(bench, -1, st.session_state["output activation"]),
        format_func=lambda name: ACTIVATIONS[name].label,
        help="What the output makes of its sum: sigmoid for yes or no, linear for numbers, softmax for classes.",
    )
    next(places).selectbox(
        "Loss",
        list(LOSSES),
        format_func=lambda name: LOSSES[name].label,
        help="The number that training makes small: how wrong the outputs are.",
        **setting(bench, "loss"),
    )
    next(places).number_input(
        "Learning rate",
        format="%.5g",
        step=None,
        value=None,
        help="How big a step each update takes. Too small is slow, too big jumps past the goal.",
        **setting(bench, "learning_rate"),
    )
    next(places).number_input(
        "Epochs",
        step=1,
        format="%d",
        value=None,
        help="How often training goes through the whole table. Type a number, or slide.",
        **setting(bench, "epochs"),
    )
    typed = bench.settings["epochs"]
    slid = typed if typed in range(1, LIMITS["epochs"] + 1) else bench.wanted.epochs
    next(places, st.container()).select_slider(
        "Epochs, on a log scale",
        sorted({*EPOCHS, slid}),
        format_func=lambda value: f"{value:,}",
        label_visibility="collapsed" if hidden else "hidden",
        key=seeded("epochs slid", slid),
        on_change=lambda: bench.settings.update(epochs=st.session_state["epochs slid"]),
    )


def reshape(bench: Bench, text: str | None) -> None:
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


def activate(bench: Bench, layer: int | None, name: str) -> None:
    """Give one layer an activation, or all hidden ones."""
    activations = list(bench.settings["activations"])
    for index in range(len(activations) - 1) if layer is None else (layer,):
        activations[index] = name if name in ACTIVATIONS else activations[index]
    bench.settings["activations"] = tuple(activations)


def activation_of(bench: Bench, layer: int | None, place: DeltaGenerator) -> None:
    """A select box for the activation of one hidden layer, or of all."""
    inner = bench.settings["activations"][:-1]
    names = [name for name, activation in ACTIVATIONS.items() if not activation.mixes]
    now = inner[layer or 0] if layer is not None or len(set(inner)) == 1 else "mixed"
    key = f"activation {layer}"
    place.selectbox(
        "Hidden activation" if layer is None or len(inner) == 1 else f"Activation of hidden layer {layer + 1}",
        names if now != "mixed" else ["mixed", *names],
        key=seeded(key, now),
        on_change=lambda: activate(bench, layer, st.session_state[key]),
        format_func=lambda name: ACTIVATIONS[name].label if name in ACTIVATIONS else "Mixed, see More",
        help="What hidden neurons make of their weighted sums.",
    )


def more(bench: Bench) -> None:
    """Everything else, closed at first."""
    with st.expander("More"):
        left, right = st.columns(2, gap="small")
        left.selectbox(
            "Optimizer",
            list(OPTIMIZERS),
            format_func=lambda name: OPTIMIZERS[name].label,
            help="How a gradient becomes a step.",
            **setting(bench, "optimizer"),
        )
        right.number_input(
            "Batch size",
            min_value=1,
            max_value=LIMITS["rows"],
            value=None,  # so that it can be emptied again; the bench's value comes through the key
            placeholder="all rows",
            help="Rows looked at before each update, in the table's order. Empty: all of them.",
            **setting(bench, "batch_size"),
        )
        left.selectbox(
            "Start weights",
            list(INITIALIZERS),
            format_func=lambda name: INITIALIZERS[name].label,
            help="How the start weights are drawn.",
            **setting(bench, "initializer"),
        )
        right.number_input(
            "Seed",
            step=1,
            value=None,
            help="The number the start weights are drawn from: the same seed, the same weights.",
            **setting(bench, "seed"),
        )
        for place, field, words in (
            (left, "l1", "Pulls weights towards exactly 0, by the same amount each."),
            (right, "l2", "Pulls large weights towards 0."),
        ):
            place.number_input(
                f"{field.upper()} penalty", min_value=0.0, format="%.5g", step=None, help=words, **setting(bench, field)
            )
        st.toggle(
            "Bias",
            key=seeded("bias", bench.settings["bias"]),
            on_change=lambda: bench.settings.update(bias=st.session_state.bias, initial_biases=()),
            help="A weight on an input that is always 1: lets a neuron be on when all its inputs are 0.",
        )
        if len(bench.settings["hidden"]) > 1:
            for layer in range(len(bench.settings["hidden"])):
                activation_of(bench, layer, st.container())
        by_hand(bench)
