"""The controls: the five that everybody needs, and the rest under "More". Each changes the visit's draft."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from engine import ACTIVATIONS, INITIALIZERS, LIMITS, LOSSES, OPTIMIZERS
from pages.reading.epoch_choices import EPOCHS
from pages.state.bound_widget import bind
from pages.state.visit import Visit
from pages.widgets.settings.derived_inputs import show_derived_inputs
from pages.widgets.settings.freezing import show_freezing
from pages.widgets.settings.number_boxes import show_number_box
from pages.widgets.settings.reshape import reshape_network
from pages.widgets.settings.scaling_controls import show_scales, show_scaling
from pages.widgets.settings.select_boxes import select_options, select_record
from pages.widgets.settings.start_weights import show_start_weights

HIDDEN_CHOICES = ("none", "2", "3", "4", "8", "4, 4", "8, 8", "16, 16")


def show_controls(visit: Visit) -> None:
    """The five in pairs, first the network and then its training; with hidden layers there is a sixth."""
    hidden, locked = bool(visit.draft.settings["hidden"]), "controls" in visit.link.restrictions.fixed_parts
    pairs = st.container(key="pairs of controls")
    shape = ", ".join(map(str, visit.draft.settings["hidden"])) or "none"
    pairs.selectbox(
        "Hidden layers",
        accept_new_options=True,
        disabled=locked,
        format_func=describe_layers,
        help="Layers between input and output. Type your own: 4 for one layer of four neurons, 8, 8 for two of eight.",
        **select_options(
            "hidden", shape, dict.fromkeys((*HIDDEN_CHOICES, shape)), lambda text: set_hidden_layers(visit, text)
        ),
    )
    if hidden:
        choose_activation(visit, None if len(visit.draft.settings["hidden"]) > 1 else 0, pairs, locked)
    pairs.selectbox(
        "Output activation" if hidden else "Activation",
        disabled=locked,
        format_func=lambda name: ACTIVATIONS[name].label,
        help="What the output makes of its sum: sigmoid for yes or no, linear for numbers, softmax for classes.",
        **select_options(
            "output activation",
            visit.draft.settings["activations"][-1],
            ACTIVATIONS,
            lambda name: visit.draft.set_activation(-1, name),
        ),
    )
    pairs.selectbox(
        "Loss",
        disabled=locked,
        help="The number that training makes small: how wrong the outputs are.",
        **select_record(visit, "loss", LOSSES),
    )
    settings = visit.draft.settings
    about = "How big a step each update takes. Too small is slow, too big jumps past the goal."
    rate = settings["learning_rate"]
    show_number_box(pairs, visit, "learning_rate", "Learning rate", about, rate, is_locked=locked)
    about = "How often training goes through the whole table. Type a number, or slide."
    show_number_box(pairs, visit, "epochs", "Epochs", about, settings["epochs"], is_whole=True, is_locked=locked)
    typed = visit.draft.settings["epochs"]
    slid = typed if typed in range(1, LIMITS["epochs"] + 1) else visit.run.wanted.epochs
    stops = sorted({*EPOCHS, slid})
    pairs.select_slider(
        "Epochs, on a log scale",
        stops,
        slid,
        disabled=locked,
        format_func=lambda value: f"{value:,}",
        label_visibility="collapsed" if hidden else "hidden",
        **bind("epochs slid", slid, lambda stop: visit.draft.change(epochs=stop), stops),
    )


def describe_layers(shape: str) -> str:
    """A choice of hidden layers in words: a number alone would be taken for the number of layers.

    >>> describe_layers("4"), describe_layers("8, 8"), describe_layers("none")
    ('one layer of 4', 'two layers: 8, 8', 'none')
    """
    counts = ("no", "one", "two", "three", "four", "five", "six")
    units = shape.split(", ")
    if not all(unit.isdecimal() for unit in units) or len(units) >= len(counts):
        return shape
    return f"one layer of {shape}" if len(units) == 1 else f"{counts[len(units)]} layers: {shape}"


def effective_batch_size(size: object, rows: int) -> object:
    """The batch size as typed; None if a batch would have all rows."""
    return None if size is None or (isinstance(size, int) and size >= rows) else size


def set_hidden_layers(visit: Visit, text: str | None) -> None:
    """Set the hidden layers as typed, "8, 8", each with an activation."""
    words = [
        word for word in (text or "").replace("none", "").replace(";", ",").replace("x", ",").split(",") if word.strip()
    ]
    words = words[: LIMITS["hidden layers"] + 1]  # one too many is enough for the error message
    hidden = tuple(int(word) if word.strip().isdecimal() and len(word) < 9 else word.strip() for word in words)
    activations = visit.draft.settings["activations"]
    inner = (activations[:-1] or ("tanh",))[: len(hidden)]
    inner += inner[-1:] * (len(hidden) - len(inner))
    reshape_network(visit, hidden=hidden, activations=(*inner, activations[-1]))


def choose_activation(visit: Visit, layer: int | None, place: DeltaGenerator, locked: bool) -> None:
    """A select box for the activation of one hidden layer, or of all."""
    inner = visit.draft.settings["activations"][:-1]
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
            lambda name: visit.draft.set_activation(layer, name),
        ),
    )


def show_more_controls(visit: Visit) -> None:
    """The other settings, in an expander whose contents are drawn only when it is open."""
    fold = st.expander("More", key="more", on_change="rerun")
    if not fold.open:
        return
    with fold:
        locked = "more" in visit.link.restrictions.fixed_parts
        show_derived_inputs(visit, locked)
        left, right = st.columns(2, gap="small")
        rows = visit.run.wanted.most_trained_rows
        size = visit.draft.settings["batch_size"]
        left.selectbox(
            "Optimizer",
            disabled=locked,
            help="How a gradient becomes a step.",
            **select_record(visit, "optimizer", OPTIMIZERS),
        )
        show_number_box(
            right,
            visit,
            "batch_size",
            "Batch size",
            f"Rows looked at before each update, in the table's order. {rows:,} or more: all of them.",
            rows if size is None else size,
            lambda typed: visit.draft.change(batch_size=effective_batch_size(typed, rows)),
            is_whole=True,
            is_locked=locked,
        )
        left.selectbox(
            "Start weights",
            disabled=locked,
            help="How the start weights are drawn.",
            **select_record(visit, "initializer", INITIALIZERS),
        )
        about = "The number the start weights are drawn from: the same seed, the same weights."
        seed = visit.draft.settings["seed"]
        show_number_box(right, visit, "seed", "Seed", about, seed, is_whole=True, is_locked=locked)
        for place, field, about in (
            (left, "l1", "Pulls weights towards exactly 0, by the same amount each."),
            (right, "l2", "Pulls large weights towards 0."),
        ):
            penalty = visit.draft.settings[field]
            show_number_box(place, visit, field, f"{field.upper()} penalty", about, penalty, is_locked=locked)
        show_scaling(visit, (left, right), locked)
        show_scales(visit.run.wanted)
        st.toggle(
            "Bias",
            visit.draft.settings["bias"],
            disabled=locked,
            help="A weight on an input that is always 1: lets a neuron be on when all its inputs are 0.",
            **bind("bias", visit.draft.settings["bias"], visit.draft.switch_bias),
        )
        if len(visit.draft.settings["hidden"]) > 1:
            for layer in range(len(visit.draft.settings["hidden"])):
                choose_activation(
                    visit, layer, st.container(), locked or "controls" in visit.link.restrictions.fixed_parts
                )
        if not locked:  # the start weights can be read at epoch 0
            show_start_weights(visit)
        show_freezing(visit, locked)
